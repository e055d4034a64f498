import type { Tasks } from '../ports.ts'
import { isTooDeep, pathUnder } from '../structure/hierarchy.ts'
import { revise } from '../tasks/edit.ts'
import type { Task } from '../tasks/task.ts'
import type { TaskChange } from './consume.ts'

const pageSize = 100

/**
 * Its place. A subtask that was made while the one above it moved to the lowest level stands beside that one: tasks
 * nest eight levels deep, and no write knows of the other.
 */
const placeUnder = (parent: Task): Pick<Task, 'parentId' | 'ancestorIds'> =>
  isTooDeep(parent)
    ? { parentId: parent.parentId, ancestorIds: parent.ancestorIds }
    : { parentId: parent.id, ancestorIds: pathUnder(parent) }

/** What a task has of the one above it: its place, and whether it lies in the trash or in the archive along with it. */
const inherited = (child: Task, parent: Task): Partial<Task> => {
  const went = { trashed: child.trashedWith, archived: child.archivedWith }
  return {
    ...placeUnder(parent),
    ...(parent.trashedAt !== null &&
      child.trashedAt === null && { trashedAt: parent.trashedAt, trashedWith: parent.trashedWith }),
    // What went along comes back along; what went by itself before stays where it is.
    ...(parent.trashedAt === null && went.trashed !== child.id && { trashedAt: null, trashedWith: null }),
    ...(parent.archivedAt !== null &&
      child.archivedAt === null && { archivedAt: parent.archivedAt, archivedWith: parent.archivedWith }),
    ...(parent.archivedAt === null && went.archived !== child.id && { archivedAt: null, archivedWith: null }),
  }
}

/** The child as it stands under its parent; the very same object when nothing changes. */
export const under = (child: Task, parent: Task): Task => {
  if (child.parentId !== parent.id) return child
  const { updatedBy: userId, updatedAt: now } = parent
  const cause = { kind: 'cascade', taskId: parent.id } as const
  return revise(child, inherited(child, parent), { userId, now, zone: 'UTC', cause })
}

/** Writes the child as its parent wants it, from whatever state both have by now. */
const settle = async (childId: string, parent: Task, tasks: Tasks): Promise<void> => {
  for (;;) {
    const [child, present] = await Promise.all([
      tasks.task(parent.workspaceId, childId),
      tasks.task(parent.workspaceId, parent.id),
    ])
    if (child === undefined || present === undefined) return
    const next = under(child, present)
    if (next === child || (await tasks.replace(next)).won) return
  }
}

/** Does something for every task right below one, whatever its state. */
export const eachChild = async (
  parent: Task,
  tasks: Tasks,
  visit: (childId: string) => Promise<void>,
): Promise<void> => {
  let after: string | undefined
  do {
    const { items, more } = await tasks.children(parent.workspaceId, parent.id, pageSize, after)
    await Promise.all(items.map(visit))
    after = more ? items.at(-1) : undefined
  } while (after !== undefined)
}

const inheritable = ['ancestorIds', 'trashedAt', 'archivedAt'] as const satisfies readonly (keyof Task)[]

const hasMoved = ({ before, after }: TaskChange, fields: readonly (keyof Task)[]): boolean =>
  fields.some((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]))

/**
 * What follows from a change of a task for those below it, one level at a time: each child's own record goes on with
 * the next. A child looks at its parent as well, for the parent may have moved while the child was made.
 */
export const settleFamily = async ({ before, after }: TaskChange, tasks: Tasks): Promise<void> => {
  if (after === undefined) return
  const change = { before, after }
  if (after.parentId !== null && hasMoved(change, ['parentId'])) {
    const parent = await tasks.task(after.workspaceId, after.parentId)
    if (parent !== undefined) await settle(after.id, parent, tasks)
  }
  if (before !== undefined && hasMoved(change, inheritable)) {
    await eachChild(after, tasks, (id) => settle(id, after, tasks))
  }
}
