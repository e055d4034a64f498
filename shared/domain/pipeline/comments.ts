import type { AllStores } from '../ports.ts'
import type { Record } from './record.ts'

/**
 * Comments go with their task. One that was written while the task went, and was not among them, finds when its own
 * record comes that there is no task.
 */
export const followComments = async (
  record: Record,
  { tasks, comments }: Pick<AllStores, 'tasks' | 'comments'>,
): Promise<void> => {
  if (record.kind === 'task' && record.before !== undefined && record.after === undefined) {
    const all = await comments.all(record.before.workspaceId, record.before.id)
    await Promise.all(all.map(comments.drop))
  }
  if (record.kind === 'comment' && record.before === undefined && record.after !== undefined) {
    const { workspaceId, taskId } = record.after
    if ((await tasks.task(workspaceId, taskId)) === undefined) await comments.drop(record.after)
  }
}
