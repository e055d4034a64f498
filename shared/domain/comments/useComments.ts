import type { CommentPatch, CommentReply } from '../../api/schemas/comments.ts'
import { Failure } from '../failure.ts'
import type { Slice } from '../ports.ts'
import { existing, found } from '../tasks/change.ts'
import type { Task } from '../tasks/task.ts'
import type { TaskParams } from '../tasks/taskCase.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Comment } from './comment.ts'
import {
  about,
  aboutReading,
  answer,
  type CommentAsk,
  type CommentWorld,
  changeComment,
  changed,
  type Loaded,
  load,
  requireRight,
  requireText,
  standing,
  visible,
} from './commentCase.ts'
import { newSalt } from './createComment.ts'
import { counting, mentionedIn, type Named } from './mentions.ts'
import { presentComment } from './present.ts'

export const getComment: UseCase<CommentAsk, CommentWorld, Loaded, CommentReply> = {
  load,
  about: aboutReading,
  run: async ({ member }, { task, comment }) => answer(visible(comment), found(task), member),
}

type ListAsk = Ask<TaskParams, { limit: number }>
interface Listed {
  readonly task: Task | undefined
  readonly slice: Slice<Comment>
}

/** Comments and replies, newest first. */
export const listComments: UseCase<ListAsk, CommentWorld, Listed, { items: CommentReply[]; next?: string }> =
  {
    load: async ({ params: { workspaceId, taskId }, query, position }, { tasks, comments }) => {
      const [task, slice] = await Promise.all([
        tasks.task(workspaceId, taskId),
        comments.list(workspaceId, taskId, query.limit, position),
      ])
      return { task, slice }
    },
    about: aboutReading,
    run: async ({ member }, loaded) => {
      const task = found(loaded.task)
      const { items, more } = loaded.slice
      return {
        body: { items: items.map((comment) => presentComment(comment, task, member)) },
        nextPosition: more ? items.at(-1)?.id : undefined,
      }
    },
  }

interface EditLoaded extends Loaded {
  readonly named: Named
}

/** Gives one's own comment another text. */
export const editComment: UseCase<CommentAsk<CommentPatch>, CommentWorld, EditLoaded, CommentReply> = {
  load: async (ask, world) => {
    const { body = '' } = ask.body
    const [loaded, named] = await Promise.all([
      load(ask, world),
      mentionedIn(body, ask.params.workspaceId, world.workspaces),
    ])
    return { ...loaded, named }
  },
  about,
  run: async (call, loaded, { comments }) => {
    const { ask, member } = call
    const task = existing(loaded.task)
    const seen = standing(loaded.comment)
    requireRight('comment.edit', { task, comment: seen }, member)
    const mentions = counting(loaded.named, task, member)
    const edit = (present: Comment): Comment => {
      const { body = standing(present).body } = ask.body
      requireText(present, ask.expected, body)
      if (body === present.body) return present
      const values = { body, mentions, salt: newSalt(), editedAt: ask.now, bodyVersion: present.version + 1 }
      return changed(present, values, call)
    }
    return answer(await changeComment(seen, edit, comments), task, member)
  },
}

/** What is left of a comment. */
const emptied = { body: '', salt: '', mentions: { userIds: [], groupIds: [] }, reactions: [] }

const attempts = 20

/**
 * Deletes a comment with its text. As long as it has replies its place stays, and so does that of a deleted thread as
 * long as it has others.
 */
export const deleteComment: UseCase<CommentAsk, CommentWorld, Loaded, undefined> = {
  load,
  about,
  run: async (call, loaded, { comments }) => {
    const { ask, member } = call
    const { workspaceId, taskId } = ask.params
    const task = existing(loaded.task)
    const remove = (present: Comment): Comment => {
      requireRight('comment.delete', { task, comment: standing(present) }, member)
      requireText(present, ask.expected)
      return changed(present, { ...emptied, deletedAt: ask.now }, call)
    }
    const { replyTo } = standing(loaded.comment)
    if (replyTo === null) {
      await changeComment(visible(loaded.comment), remove, comments)
      return { body: undefined }
    }
    for (let attempt = 0, { comment } = loaded; attempt < attempts; attempt++) {
      const gone = remove(standing(comment))
      const thread = visible(await comments.comment(workspaceId, taskId, replyTo))
      const less = { ...thread, replies: thread.replies - 1, version: thread.version + 1 }
      if (await comments.writeReply(gone, less)) return { body: undefined }
      comment = await comments.comment(workspaceId, taskId, ask.params.commentId)
    }
    throw new Failure('unavailable', 'Too many others are changing this thread at the same time.')
  },
}
