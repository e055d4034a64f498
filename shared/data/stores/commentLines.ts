import { type Comment, isGone } from '../../domain/comments/comment.ts'
import { codec } from '../codec.ts'
import * as keys from '../keys.ts'

/** A comment; in the list of its task as long as anybody sees it. */
export const commentCodec = codec<Comment>(
  'comment',
  ({ workspaceId, taskId, id }) => keys.commentKey(workspaceId, taskId, id),
  (comment) =>
    isGone(comment)
      ? {}
      : {
          person: keys.commentsPk(comment.workspaceId, comment.taskId),
          // Ids sort by the time at which a comment was made.
          personKey: comment.id,
        },
)
