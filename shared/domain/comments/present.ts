import type { CommentReply } from '../../api/schemas/comments.ts'
import { allowedOn, may, type Target } from '../access/target.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Comment } from './comment.ts'

/** A comment is its author's own, wherever the task stands. */
export const aboutComment = (task: Task, { createdBy }: Comment): Target => {
  const { projectIds = [] } = aboutTask(task)
  return { owners: [createdBy], projectIds }
}

/** What somebody may do: with the place of a deleted comment, only read; the same with all that lies in the trash. */
const allowedWith = (task: Task, comment: Comment, member: Member) => {
  const ofTask = allowedOn(member, 'comment', aboutTask(task))
  const [edit, remove] = (['comment.edit', 'comment.delete'] as const).map((action) =>
    may(member, action, aboutComment(task, comment)),
  )
  const isFixed = task.trashedAt !== null || comment.deletedAt !== null
  return ofTask
    .filter((action) => action === 'comment.read' || (action === 'comment.create' && task.trashedAt === null))
    .concat(edit && !isFixed ? ['comment.edit'] : [], remove && !isFixed ? ['comment.delete'] : [])
}

export const presentComment = (comment: Comment, task: Task, member: Member): CommentReply => ({
  id: comment.id,
  workspaceId: comment.workspaceId,
  taskId: comment.taskId,
  replyTo: comment.replyTo,
  body: comment.body,
  mentions: { userIds: [...comment.mentions.userIds], groupIds: [...comment.mentions.groupIds] },
  reactions: comment.reactions.map(({ emoji, userIds }) => ({ emoji, userIds: [...userIds] })),
  replies: comment.replies,
  resolvedAt: comment.resolvedAt,
  resolvedBy: comment.resolvedBy,
  createdAt: comment.createdAt,
  createdBy: comment.createdBy,
  editedAt: comment.editedAt,
  deletedAt: comment.deletedAt,
  version: comment.version,
  allowedActions: allowedWith(task, comment, member),
})
