import { randomBytes } from 'node:crypto'
import type { CommentCreate, CommentReply } from '../../api/schemas/comments.ts'
import { Failure, invalidField } from '../failure.ts'
import { derivedSeed, makeId, randomSeed } from '../ids.ts'
import { existing } from '../tasks/change.ts'
import type { Task } from '../tasks/task.ts'
import type { TaskParams } from '../tasks/taskCase.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import type { Comment } from './comment.ts'
import { about, answer, type CommentWorld } from './commentCase.ts'
import { counting, mentionedIn, type Named } from './mentions.ts'

type CreateAsk = Ask<TaskParams, unknown, CommentCreate>

interface Loaded {
  readonly id: string
  readonly task: Task | undefined
  readonly made: Comment | undefined
  readonly thread: Comment | undefined
  readonly named: Named
}

/** Makes digests of a text say nothing to whoever does not have it. */
export const newSalt = (): string => randomBytes(16).toString('base64url')

/** The id that a request gives its comment: with an Idempotency-Key it ends the same each time. */
const idFor = ({ mark, userId, now }: CreateAsk): string =>
  makeId('comment', Date.parse(now), mark === null ? randomSeed() : derivedSeed(userId, mark.key))

/** The comment that a body asks for. */
export const commentOf = (
  { ask, member }: Pick<Call<Ask<unknown, unknown, CommentCreate>>, 'ask' | 'member'>,
  { id, named }: Pick<Loaded, 'id' | 'named'>,
  task: Task,
): Comment => ({
  id,
  workspaceId: task.workspaceId,
  taskId: task.id,
  replyTo: ask.body.replyTo ?? null,
  body: ask.body.body,
  salt: newSalt(),
  mentions: counting(named, task, member),
  reactions: [],
  replies: 0,
  resolvedAt: null,
  resolvedBy: null,
  createdAt: ask.now,
  createdBy: ask.userId,
  editedAt: null,
  deletedAt: null,
  updatedAt: ask.now,
  updatedBy: ask.userId,
  through: ask.through,
  version: 1,
  bodyVersion: 1,
  origin: ask.mark,
})

/** The comment that a repeated request made. */
const replay = ({ mark }: CreateAsk, made: Comment): Comment => {
  if (made.origin?.payload !== mark?.payload) throw new Failure('idempotency-mismatch')
  return made
}

/**
 * The thread that a reply goes to, with one reply more.
 * @throws Failure `invalid-request` where it is none
 */
export const withReply = (thread: Comment | undefined): Comment => {
  if (thread === undefined || thread.replyTo !== null || thread.deletedAt !== null) {
    throw invalidField('/replyTo', 'must be a comment of this task that is no reply itself and not deleted')
  }
  return { ...thread, replies: thread.replies + 1, version: thread.version + 1 }
}

const attempts = 20

/** Both answer the comment there is: of two runs of one request the first one's. */
const addReply = async (
  reply: Comment,
  loaded: Comment | undefined,
  world: CommentWorld,
): Promise<Comment> => {
  const { workspaceId, taskId, id } = reply
  let thread = loaded
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await world.comments.writeReply(reply, withReply(thread))) return reply
    const [made, present] = await Promise.all([
      world.comments.madeAs(workspaceId, taskId, id),
      world.comments.comment(workspaceId, taskId, String(reply.replyTo)),
    ])
    if (made !== undefined) return made
    thread = present
  }
  throw new Failure('unavailable', 'Too many others are answering this comment at the same time.')
}

const addFirst = async (comment: Comment, { comments }: CommentWorld): Promise<Comment> => {
  const result = await comments.add(comment)
  if (result.won) return comment
  if (result.present === undefined) throw new Error('a lost insert names what stood in its way')
  return result.present
}

/** Writes a comment, or a reply to one. */
export const createComment: UseCase<CreateAsk, CommentWorld, Loaded, CommentReply> = {
  load: async (ask, { tasks, workspaces, comments }) => {
    const { workspaceId, taskId } = ask.params
    const { body, replyTo } = ask.body
    const id = idFor(ask)
    const [task, made, thread, named] = await Promise.all([
      tasks.task(workspaceId, taskId),
      ask.mark === null ? undefined : comments.madeAs(workspaceId, taskId, id),
      replyTo === undefined ? undefined : comments.comment(workspaceId, taskId, replyTo),
      mentionedIn(body, workspaceId, workspaces),
    ])
    return { id, task, made, thread, named }
  },
  about,
  run: async (call, loaded, world) => {
    const { ask, member } = call
    const task = existing(loaded.task)
    const { workspaceId, id: taskId } = task
    const reply = (comment: Comment) => ({
      ...answer(comment, task, member),
      location: `/v1/workspaces/${workspaceId}/tasks/${taskId}/comments/${comment.id}`,
    })
    if (loaded.made !== undefined) return reply(replay(ask, loaded.made))
    const comment = commentOf(call, loaded, task)
    const there =
      comment.replyTo === null
        ? await addFirst(comment, world)
        : await addReply(comment, loaded.thread, world)
    return reply(there === comment ? comment : replay(ask, there))
  },
}
