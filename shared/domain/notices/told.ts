import { isAssignee } from '../tasks/assignees.ts'
import type { Task } from '../tasks/task.ts'
import type { Facts } from './facts.ts'
import type { Subject } from './subject.ts'

/** What leaves this much after its time says so. */
const lateAfterMs = 90_000

export const isLate = (at: string, now: string): boolean => Date.parse(now) - Date.parse(at) > lateAfterMs

/** Whether nobody at all is in the groups that a task is assigned to. */
const areEmpty = async ({ workspaceId, assigneeGroupIds }: Task, { groups }: Facts): Promise<boolean> => {
  const first = await Promise.all(assigneeGroupIds.map((id) => groups.places(workspaceId, id, 1)))
  return first.every(({ items }) => items.length === 0)
}

/**
 * The same as `recipientsOf` of one person, without reading who else there is unless that matters.
 * @param userId whom alone it is for, or `null`
 */
export const isToldOf = async (
  { task, member }: Subject,
  userId: string | null,
  facts: Facts,
): Promise<boolean> => {
  if (userId !== null) return userId === member.userId
  if (isAssignee(member, task)) return true
  return task.assigneeIds.length === 0 && member.userId === task.createdBy && areEmpty(task, facts)
}
