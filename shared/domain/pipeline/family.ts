import { pagesOf } from '../pages.ts'
import type { Stores, Tasks } from '../ports.ts'
import { isTooDeep, pathUnder } from '../structure/hierarchy.ts'
import { revise } from '../tasks/edit.ts'
import type { Task } from '../tasks/task.ts'
import { unborn } from '../tasks/unborn.ts'
import type { TaskChange } from './record.ts'

const pageSize = 100

/**
 * Its place. A subtask that was made while the one above it moved to the lowest level stands beside that one: tasks
 * nest eight levels deep, and no write knows of the other.
 */
const placeUnder = (parent: Task): Pick<Task, 'parentId' | 'ancestorIds'> =>
  isTooDeep(parent)
    ? { parentId: parent.parentId, ancestorIds: parent.ancestorIds }
    : { parentId: parent.id, ancestorIds: pathUnder(parent) }

/** Whether a task lies in the trash or in the archive along with the one above it. At the top it lies with nobody. */
const inherited = (child: Task, parent: Task | undefined): Partial<Task> => {
  const { trashedAt, trashedWith, archivedAt, archivedWith } = parent ?? unborn
  const went = { trashed: child.trashedWith, archived: child.archivedWith }
  return {
    ...(trashedAt !== null && child.trashedAt === null && { trashedAt, trashedWith }),
    // What went along comes back along; what went by itself before stays where it is.
    ...(trashedAt === null && went.trashed !== child.id && { trashedAt, trashedWith }),
    ...(archivedAt !== null && child.archivedAt === null && { archivedAt, archivedWith }),
    ...(archivedAt === null && went.archived !== child.id && { archivedAt, archivedWith }),
  }
}

/** Below one that is gone for good nothing can be put: at the top it can. What lies in the trash goes with that one. */
const orphaned = ({ trashedAt }: Task): Partial<Task> =>
  trashedAt === null ? { parentId: null, ancestorIds: [] } : {}

/** The change of the two that this follows from is the later one: no time goes back by it. */
const causeOf = (child: Task, parent: Task = child): Task =>
  parent.updatedAt < child.updatedAt ? child : parent

/** The child as it stands under its parent, or at the top; the very same object when nothing changes. */
const under = (child: Task, parentId: string | null, parent: Task | undefined): Task => {
  if (child.parentId !== parentId) return child
  const { updatedBy: userId, updatedAt: now } = causeOf(child, parent)
  const values =
    parentId !== null && parent === undefined
      ? orphaned(child)
      : { ...(parent && placeUnder(parent)), ...inherited(child, parent) }
  return revise(child, values, {
    userId,
    now,
    zone: 'UTC',
    cause: { kind: 'cascade', taskId: parentId ?? child.id },
  })
}

type Place = Pick<Task, 'workspaceId' | 'parentId'>
type Structured = Pick<Stores, 'tasks' | 'structure'>

/** A change of parent counts as one of the structure: nobody may judge by the hierarchy as it was. */
const write = async (child: Task, next: Task, version: number, { tasks, structure }: Structured) =>
  next.parentId === child.parentId
    ? (await tasks.replace(next)).won
    : structure.write(child.workspaceId, version, [next])

/** Writes the child as its place wants it, from whatever state both have by now. */
const settle = async (
  childId: string,
  { workspaceId, parentId }: Place,
  stores: Structured,
): Promise<void> => {
  for (;;) {
    const [child, parent, version] = await Promise.all([
      stores.tasks.task(workspaceId, childId),
      parentId === null ? undefined : stores.tasks.task(workspaceId, parentId),
      stores.structure.version(workspaceId),
    ])
    if (child === undefined) return
    const next = under(child, parentId, parent)
    if (next === child || (await write(child, next, version, stores))) return
  }
}

/** Does something for every task right below one, whatever its state. */
export const eachChild = async (
  parent: Task,
  tasks: Tasks,
  visit: (childId: string) => Promise<void>,
): Promise<void> => {
  const page = (after?: string) => tasks.children(parent.workspaceId, parent.id, pageSize, after)
  for await (const ids of pagesOf(page, (id) => id)) await Promise.all(ids.map(visit))
}

const inheritable = ['ancestorIds', 'trashedAt', 'archivedAt'] as const satisfies readonly (keyof Task)[]

const hasMoved = ({ before, after }: TaskChange, fields: readonly (keyof Task)[]): boolean =>
  fields.some((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]))

/** Whether a task came to where it stands, or back: the one above it may have gone elsewhere meanwhile. */
const hasArrived = (before: Task | undefined, after: Task): boolean => {
  const isBack = (field: 'trashedAt' | 'archivedAt') => before?.[field] != null && after[field] === null
  return (before?.parentId ?? null) !== after.parentId || isBack('trashedAt') || isBack('archivedAt')
}

/**
 * What follows from a change of a task for those below it, one level at a time: each child's own record goes on with
 * the next. A child that arrives looks at its parent as well, which may have changed before it could know of the child.
 */
export const settleFamily = async ({ before, after }: TaskChange, stores: Structured): Promise<void> => {
  if (after === undefined) return
  const change = { before, after }
  if (hasArrived(before, after)) await settle(after.id, after, stores)
  if (before !== undefined && hasMoved(change, inheritable)) {
    const place = { workspaceId: after.workspaceId, parentId: after.id }
    await eachChild(after, stores.tasks, (id) => settle(id, place, stores))
  }
}
