import type { CommentReply } from '../../api/schemas/comments.ts'
import { requireVersion } from '../edited.ts'
import { Failure } from '../failure.ts'
import { existing } from '../tasks/change.ts'
import type { UseCase } from '../useCase.ts'
import type { Comment } from './comment.ts'
import {
  about,
  answer,
  type CommentAsk,
  type CommentWorld,
  changeComment,
  changed,
  type Loaded,
  load,
  visible,
} from './commentCase.ts'

const requireThread = ({ replyTo }: Comment): void => {
  if (replyTo === null) return
  const detail = 'A thread is resolved as a whole: name the comment that it began with.'
  throw new Failure('conflict', detail, { extra: { commentId: replyTo } })
}

/** Closes a thread, or opens it again. One that is so already stays as it is. */
const setResolved = (isResolved: boolean): UseCase<CommentAsk, CommentWorld, Loaded, CommentReply> => ({
  load,
  about,
  run: async (call, loaded, { comments }) => {
    const { ask, member } = call
    const task = existing(loaded.task)
    const resolve = (present: Comment): Comment => {
      requireThread(present)
      // Also to whoever asks again: the first time has made another version of it.
      if ((present.resolvedAt !== null) === isResolved) return present
      requireVersion(present, ask.expected)
      const values = isResolved
        ? { resolvedAt: ask.now, resolvedBy: ask.userId }
        : { resolvedAt: null, resolvedBy: null }
      return changed(present, values, call)
    }
    return answer(await changeComment(visible(loaded.comment), resolve, comments), task, member)
  },
})

export const resolveComment = setResolved(true)
export const reopenComment = setResolved(false)
