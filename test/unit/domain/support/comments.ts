import type { Comment } from '../../../../shared/domain/comments/comment.ts'
import { aTask, idOf, iso, start, userOf, workspaceId } from './builders.ts'

/** A comment of Ana's on the plain task. */
export const aComment = (changes: Partial<Comment> = {}): Comment => ({
  id: idOf('comment', 'first'),
  workspaceId,
  taskId: aTask().id,
  replyTo: null,
  body: 'Looks **good**',
  salt: 'salt',
  mentions: { userIds: [], groupIds: [] },
  reactions: [],
  replies: 0,
  resolvedAt: null,
  resolvedBy: null,
  createdAt: iso(start),
  createdBy: userOf('ana'),
  editedAt: null,
  deletedAt: null,
  updatedAt: iso(start),
  updatedBy: userOf('ana'),
  through: 'web',
  version: 1,
  bodyVersion: 1,
  origin: null,
  ...changes,
})
