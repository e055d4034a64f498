import type { Through } from '../../api/schemas/record.ts'
import type { RequestMark } from '../tasks/task.ts'

export interface Mentions {
  readonly userIds: readonly string[]
  readonly groupIds: readonly string[]
}

export interface Reaction {
  readonly emoji: string
  readonly userIds: readonly string[]
}

/** A comment on a task, or a reply to one. */
export interface Comment {
  readonly id: string
  readonly workspaceId: string
  readonly taskId: string
  /** The comment that began the thread; `null`: this one. */
  readonly replyTo: string | null
  /** Markdown; empty once it is deleted. */
  readonly body: string
  /** Random, and goes with the text: without it nobody can try out what the digests of the history stand for. */
  readonly salt: string
  /** Those whom the text mentions and who count, as of when it was written. */
  readonly mentions: Mentions
  /** In the order in which they first came, with people in the order in which they did. */
  readonly reactions: readonly Reaction[]
  /** Replies that are not deleted. */
  readonly replies: number
  readonly resolvedAt: string | null
  readonly resolvedBy: string | null
  readonly createdAt: string
  readonly createdBy: string
  /** When the text was last changed. */
  readonly editedAt: string | null
  /** A deleted comment stays, without its text, as long as it has replies; what nobody sees any more, with its task. */
  readonly deletedAt: string | null
  /** Of the latest change that is an event. */
  readonly updatedAt: string
  readonly updatedBy: string
  readonly through: Through
  /** Grows with every write; the ETag. */
  readonly version: number
  /** The version that has the text of now. */
  readonly bodyVersion: number
  /** The request that made it. */
  readonly origin: RequestMark | null
}

/** Deleted, and nothing hangs on it: it is gone to everybody. */
export const isGone = ({ deletedAt, replies }: Pick<Comment, 'deletedAt' | 'replies'>): boolean =>
  deletedAt !== null && replies === 0
