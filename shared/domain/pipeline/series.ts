import type { Stores, Tasks } from '../ports.ts'
import { revise, trash } from '../tasks/edit.ts'
import { successorOf } from '../tasks/successor.ts'
import type { Task } from '../tasks/task.ts'
import { addOnce } from './addOnce.ts'
import type { TaskChange } from './record.ts'
import { repeatSubtree } from './repeat.ts'

const projectKeyOf = (key: string): string => key.slice(0, key.lastIndexOf('-'))

/** The occurrence before it, as what made it, took it back or brought it back. */
const becauseOf = ({ id, updatedAt: now, updatedBy: userId }: Task) => ({
  userId,
  now,
  zone: 'UTC',
  cause: { kind: 'cascade', taskId: id } as const,
})

/** Takes back an occurrence that nobody has touched, after its predecessor's completion was undone. */
const withdraw = async (id: string, predecessor: Task, tasks: Tasks): Promise<void> => {
  for (;;) {
    const task = await tasks.task(predecessor.workspaceId, id)
    if (task === undefined || task.version > 1) return
    if ((await tasks.replace(trash(task, becauseOf(predecessor)))).won) return
  }
}

const isWithdrawn = ({ trashedAt, cause }: Task, predecessor: Task): boolean =>
  trashedAt !== null && cause?.kind === 'cascade' && cause.taskId === predecessor.id

/** Brings back what `withdraw` took, after the undo was undone; not when the record of the completion comes again. */
const bringBack = async (occurrence: Task, predecessor: Task, tasks: Tasks): Promise<void> => {
  if (!isWithdrawn(occurrence, predecessor)) return
  const present = await tasks.task(predecessor.workspaceId, predecessor.id)
  if (present?.successorId !== predecessor.successorId) return
  let task: Task | undefined = occurrence
  while (task !== undefined && isWithdrawn(task, predecessor)) {
    const values = { trashedAt: null, trashedWith: null }
    const result = await tasks.replace(revise(task, values, becauseOf(predecessor)))
    if (result.won) return
    task = result.present
  }
}

/**
 * Makes the next occurrence that a completion has named, or takes back the one that an undo has unnamed. Making it
 * again meets the one that is there.
 */
export const followSeries = async (
  { before, after }: TaskChange,
  stores: Pick<Stores, 'tasks' | 'records'>,
): Promise<void> => {
  const { tasks } = stores
  if (before === undefined || after === undefined || before.successorId === after.successorId) return
  const { workspaceId, projectId, key } = after
  if (before.successorId !== null) await withdraw(before.successorId, after, tasks)
  if (after.successorId !== null) {
    const number = (await tasks.lastNumber(workspaceId, projectId)) + 1
    const next = successorOf(after, projectKeyOf(key), number)
    const there = await addOnce(next, stores)
    if (there === undefined) return
    await bringBack(there, after, tasks)
    await repeatSubtree(after, next, stores)
    const present = await tasks.task(workspaceId, after.id)
    // Undone since: the record of that may have been here before this one, which was parked, and found nothing.
    if (present !== undefined && present.successorId !== next.id) await withdraw(next.id, present, tasks)
  }
}
