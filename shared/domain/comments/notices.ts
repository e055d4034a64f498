import { nobody, type Told } from '../notices/groupNotices.ts'
import type { Task } from '../tasks/task.ts'
import type { Comment } from './comment.ts'

const aboutWrite = ({
  workspaceId,
  taskId,
  id: commentId,
  version,
  updatedAt: at,
  updatedBy: by,
}: Comment) => ({
  ...{ workspaceId, taskId, commentId, version, at, by },
})

/** Those whom the text mentions and the one before did not. */
const mentioned = (before: Comment | undefined, after: Comment): Told => {
  const notice = { kind: 'mentioned' as const, ...aboutWrite(after) }
  const { userIds = [], groupIds = [] } = before?.mentions ?? {}
  const people = after.mentions.userIds.filter((id) => id !== after.updatedBy && !userIds.includes(id))
  const groups = after.mentions.groupIds.filter((id) => !groupIds.includes(id))
  const except = { userIds: [...userIds, ...after.mentions.userIds], groupIds }
  return {
    notices: people.map((userId) => ({ ...notice, userId })),
    groupNotices: groups.map((groupId) => ({ groupId, notice, except })),
  }
}

/** Those whom the task concerns, and whoever wrote the comment that this one answers. */
const following = (after: Comment, task: Task, thread: Comment | undefined): Told => {
  const notice = { kind: 'commented' as const, ...aboutWrite(after) }
  const { createdBy, assigneeIds, watcherIds, assigneeGroupIds } = task
  const all = new Set([createdBy, ...assigneeIds, ...watcherIds, ...(thread ? [thread.createdBy] : [])])
  const people = [...all].filter((id) => id !== after.updatedBy)
  return {
    notices: people.map((userId) => ({ ...notice, userId })),
    groupNotices: assigneeGroupIds.map((groupId) => ({
      groupId,
      notice,
      except: { userIds: people, groupIds: [] },
    })),
  }
}

/**
 * Whom a write of a comment tells. One that is new: those it mentions, and those whom the task concerns; another text:
 * those whom only this one mentions. Anything else nobody. Who is to be told twice, `strongest` settles.
 * @param thread the comment that this one answers
 */
export const noticesOfComment = (
  before: Comment | undefined,
  after: Comment | undefined,
  task: Task,
  thread?: Comment,
): Told => {
  if (after === undefined || after.deletedAt !== null) return nobody
  if (before !== undefined)
    return before.bodyVersion === after.bodyVersion ? nobody : mentioned(before, after)
  const [told, others] = [mentioned(before, after), following(after, task, thread)]
  return {
    notices: [...told.notices, ...others.notices],
    groupNotices: [...told.groupNotices, ...others.groupNotices],
  }
}
