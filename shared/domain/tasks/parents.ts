import { invalidField } from '../failure.ts'
import { pathUnder, refuseDepth } from '../structure/hierarchy.ts'
import type { Task } from './task.ts'

/** A task that a body names as the one above. What lies in the trash or elsewhere is as good as absent. */
export const asParent = (parent: Task | undefined): Task => {
  if (parent === undefined || parent.trashedAt !== null || parent.purge !== null) {
    throw invalidField('/parentId', 'must be a task of this workspace')
  }
  return parent
}

/** Where a new task stands that names this one above it. */
export const placeOfNew = (
  parentId: string | null,
  parent: Task | undefined,
): Pick<Task, 'parentId' | 'ancestorIds'> => {
  if (parentId === null) return { parentId, ancestorIds: [] }
  const above = asParent(parent)
  refuseDepth(above.ancestorIds.length, 1)
  return { parentId, ancestorIds: pathUnder(above) }
}
