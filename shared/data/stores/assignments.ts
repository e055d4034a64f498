import type { Consequences } from '../../domain/pipeline/consequences.ts'
import { rowOf, type Task } from '../../domain/tasks/task.ts'
import * as keys from '../keys.ts'
import type { Item, Table, Write } from '../tablePort.ts'
import { decodeTask, listKeys } from './tasks.ts'

const linkOf = (task: Task, userId: string): Item => ({
  ...keys.assignmentKey(task.workspaceId, userId, task.id),
  ...rowOf({ ...task, assigneeIds: [...task.assigneeIds], tags: [...task.tags] }),
  ...listKeys(task),
  itemType: 'assignment',
  list: keys.assigneeListPk(task.workspaceId, userId, task.status),
})

/** Whose lists a change touches. */
export const touched = ({ listed, unassigned }: Consequences): readonly string[] => [
  ...unassigned,
  ...(listed?.assigneeIds ?? []),
]

/**
 * Links of the people whom some changes touch, as the tasks are now: whichever change is applied last, or again,
 * leaves what a later one made. A task moves once more only with a record of its own behind these.
 */
export const linkWrites = async (
  table: Table,
  workspaceId: string,
  part: readonly Consequences[],
): Promise<Write[]> => {
  const people = new Map<string, Set<string>>()
  for (const one of part) {
    const { taskId } = one.event
    people.set(taskId, new Set([...(people.get(taskId) ?? []), ...touched(one)]))
  }
  const writesOf = async ([taskId, userIds]: [string, Set<string>]): Promise<Write[]> => {
    if (userIds.size === 0) return []
    const item = await table.get(keys.taskKeyOf(workspaceId, taskId))
    const task = item && decodeTask(item)
    const listed = task?.trashedAt === null ? task : undefined
    return [...userIds].map((userId) =>
      listed?.assigneeIds.includes(userId)
        ? { put: linkOf(listed, userId) }
        : { delete: keys.assignmentKey(workspaceId, userId, taskId) },
    )
  }
  return (await Promise.all([...people].map(writesOf))).flat()
}
