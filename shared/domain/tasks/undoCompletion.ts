import type { Stores } from '../ports.ts'
import { nextRecurrence } from '../recurrence/recurrence.ts'
import type { Editor } from './edit.ts'
import type { Tracked } from './paths.ts'
import { withSuccessor, zoneOfSeries } from './recurring.ts'
import type { Task } from './task.ts'

/** Whether the occurrence that a completion had named is there to come back, and the rule still leads to one. */
const isThere = async (
  { workspaceId }: Task,
  { recurrence, due, series, completedAt, successorId }: Tracked,
  { tasks }: Pick<Stores, 'tasks'>,
): Promise<boolean> => {
  if (recurrence === null || due === null || completedAt === null || successorId === null) return false
  if (nextRecurrence(recurrence, zoneOfSeries(series, due), completedAt) === undefined) return false
  const next = await tasks.task(workspaceId, successorId)
  return next !== undefined && next.purge === null
}

/** An occurrence that somebody has worked on stays when its predecessor opens again, and stays the one it leads to. */
const isKept = async (
  { workspaceId, successorId }: Task,
  { tasks }: Pick<Stores, 'tasks'>,
): Promise<boolean> => {
  const next = successorId === null ? undefined : await tasks.task(workspaceId, successorId)
  return next !== undefined && next.version > 1 && next.trashedAt === null && next.purge === null
}

/**
 * Values that an undo puts back, with the next occurrence if they complete a task that recurs. Rule and occurrence may
 * have changed since that completion: it names the one it had named, or else completes now and names another.
 */
export const withOccurrence = async (
  task: Task,
  values: Tracked,
  editor: Editor,
  stores: Pick<Stores, 'tasks'>,
): Promise<Partial<Tracked>> => {
  if (values.successorId === null && (await isKept(task, stores))) {
    return { ...values, successorId: task.successorId }
  }
  if (values.status !== 'done' || task.status === 'done' || task.successorId !== null) return values
  if (await isThere(task, values, stores)) return values
  const named = withSuccessor(task, { ...values, successorId: null }, editor)
  return named.successorId === null ? named : { ...named, completedAt: editor.now }
}
