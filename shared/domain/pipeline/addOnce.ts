import type { Stores } from '../ports.ts'
import type { Task } from '../tasks/task.ts'

/**
 * Puts a task that follows from another one. A record that comes again meets what it made, and brings nothing back
 * that has been purged since: the history, which outlives the task, knows of it.
 * @returns the task that stands there, made now or before; `undefined` when it has gone
 */
export const addOnce = async (
  task: Task,
  { tasks, records }: Pick<Stores, 'tasks' | 'records'>,
): Promise<Task | undefined> => {
  const { workspaceId, id } = task
  if ((await records.event(workspaceId, id, 1)) !== undefined) return tasks.task(workspaceId, id)
  const result = await tasks.add(task)
  return result.won ? task : result.present
}
