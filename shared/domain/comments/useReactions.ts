import type { CommentReply } from '../../api/schemas/comments.ts'
import { Failure } from '../failure.ts'
import { existing } from '../tasks/change.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import type { Comment, Reaction } from './comment.ts'
import {
  about,
  answer,
  type CommentParams,
  type CommentWorld,
  changeComment,
  changed,
  type Loaded,
  load,
  standing,
} from './commentCase.ts'

/** As many different emoji as one comment may have, and as many people as may use each. */
const mostEmoji = 20
const mostPeople = 100

type ReactionAsk = Ask<CommentParams & { readonly emoji: string }>

const withMine = (reactions: readonly Reaction[], emoji: string, userId: string): readonly Reaction[] => {
  const there = reactions.find((one) => one.emoji === emoji)
  if (there === undefined && reactions.length >= mostEmoji) {
    throw new Failure('conflict', `A comment has at most ${mostEmoji} different reactions: use one of them.`)
  }
  if (there === undefined) return [...reactions, { emoji, userIds: [userId] }]
  if (there.userIds.includes(userId)) return reactions
  if (there.userIds.length >= mostPeople) {
    throw new Failure('conflict', `At most ${mostPeople} people may use one reaction.`)
  }
  return reactions.map((one) => (one === there ? { emoji, userIds: [...one.userIds, userId] } : one))
}

const withoutMine = (reactions: readonly Reaction[], emoji: string, userId: string): readonly Reaction[] => {
  const isMine = (one: Reaction) => one.emoji === emoji && one.userIds.includes(userId)
  if (!reactions.some(isMine)) return reactions
  return reactions
    .map((one) => (isMine(one) ? { ...one, userIds: one.userIds.filter((other) => other !== userId) } : one))
    .filter(({ userIds }) => userIds.length > 0)
}

const reacting = (
  call: Call<ReactionAsk>,
  { task, comment }: Loaded,
  { comments }: CommentWorld,
  reactionsAfter: typeof withMine,
): Promise<Comment> => {
  existing(task)
  const { userId, params } = call.ask
  const react = (present: Comment): Comment => {
    const { reactions } = standing(present)
    const after = reactionsAfter(reactions, params.emoji, userId)
    return after === reactions ? present : changed(present, { reactions: after }, call)
  }
  return changeComment(standing(comment), react, comments)
}

/** One's own reaction; it is there once, however often it is set. */
export const addReaction: UseCase<ReactionAsk, CommentWorld, Loaded, CommentReply> = {
  load,
  about,
  run: async (call, loaded, world) =>
    answer(await reacting(call, loaded, world, withMine), existing(loaded.task), call.member),
}

export const removeReaction: UseCase<ReactionAsk, CommentWorld, Loaded, undefined> = {
  load,
  about,
  run: async (call, loaded, world) => {
    await reacting(call, loaded, world, withoutMine)
    return { body: undefined }
  },
}
