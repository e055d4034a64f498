import { noticesOfComment } from '../comments/notices.ts'
import { nobody, type Told } from '../notices/groupNotices.ts'
import type { AllStores } from '../ports.ts'
import type { Record } from './record.ts'

type World = Pick<AllStores, 'tasks' | 'comments'>

/**
 * Whom a new comment or another text tells. One that was written while its task went, and did not go along with the
 * others, is found here to have no task, and dropped.
 */
const followComment = async (
  { before, after }: Extract<Record, { kind: 'comment' }>,
  { tasks, comments }: World,
): Promise<Told> => {
  if (after === undefined || before?.bodyVersion === after.bodyVersion) return nobody
  const { workspaceId, taskId, replyTo } = after
  const [task, thread] = await Promise.all([
    tasks.task(workspaceId, taskId),
    replyTo === null ? undefined : comments.comment(workspaceId, taskId, replyTo),
  ])
  if (task !== undefined) return noticesOfComment(before, after, task, thread)
  await comments.drop(after)
  return nobody
}

/** What follows for comments: whom they tell, and that they go with their task. */
export const followComments = async (records: readonly Record[], world: World): Promise<Told[]> => {
  const told: Told[] = []
  for (const record of records) {
    if (record.kind === 'comment') told.push(await followComment(record, world))
    if (record.kind !== 'task' || record.before === undefined || record.after !== undefined) continue
    const all = await world.comments.all(record.before.workspaceId, record.before.id)
    await Promise.all(all.map((one) => world.comments.drop(one)))
  }
  return told
}
