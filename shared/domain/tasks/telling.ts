import type { Cause } from '../../api/schemas/record.ts'
import { isGroupId } from '../groups/everybody.ts'
import type { Task } from './task.ts'

/** A cause of several changes at once, which tells each person once. */
type SharedCause = Extract<Cause, { told?: unknown }>

/** Who is newly assigned by a change, people and groups; never the one who made it. */
export const newlyAssigned = (before: Task | undefined, after: Task): string[] =>
  (['assigneeIds', 'assigneeGroupIds'] as const).flatMap((field) =>
    after[field].filter((id) => id !== after.updatedBy && !(before?.[field].includes(id) ?? false)),
  )

/** How many of these tasks are newly assigned to whom, told with the first task of each person and of each group. */
export const tellTogether = (
  before: readonly (Task | undefined)[],
  after: readonly Task[],
  causeOf: (task: Task, index: number) => SharedCause,
): Task[] => {
  const assigned = after.map((task, index) => newlyAssigned(before[index], task))
  const count = (userId: string) => assigned.filter((ids) => ids.includes(userId)).length
  const isFirst = (userId: string, index: number) =>
    assigned.findIndex((ids) => ids.includes(userId)) === index
  // Somebody may be told by name and through groups, with different tasks: by this it is found to be one notice.
  const hasGroups = assigned.flat().some(isGroupId)
  const together = hasGroups && { toldWith: String(after[0]?.id) }
  return after.map((task, index) => {
    if (task === before[index]) return task
    const mine = (assigned[index] ?? []).filter((userId) => isFirst(userId, index))
    const told = Object.fromEntries(mine.map((userId) => [userId, count(userId)]))
    return { ...task, cause: { ...causeOf(task, index), told, ...together } }
  })
}

/** Whether a change tells nobody by itself, since those beside it tell for it. */
export const isToldTogether = ({ cause }: Task): boolean => cause !== null && 'told' in cause

/** The cause as people see it: whom a change tells is between it and them. */
export const shownCause = (cause: Cause): Cause => {
  if (cause === null || !('told' in cause)) return cause
  const { told: _, toldWith: __, ...shown } = cause
  return shown
}
