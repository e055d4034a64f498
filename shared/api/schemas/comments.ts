import * as z from 'zod/mini'
import { actions } from '../actions.ts'
import * as id from './ids.ts'
import { text } from './text.ts'
import { instant } from './time.ts'

/** Markdown. `@[label](id)` mentions a person or a group. */
const body = text(1, 10_000)

export const commentCreate = z.strictObject({
  body,
  /** The comment that began the thread; a thread has one level of replies. */
  replyTo: z.optional(id.commentId),
})
export type CommentCreate = z.infer<typeof commentCreate>

export const commentPatch = z.strictObject({ body: z.optional(body) })
export type CommentPatch = z.infer<typeof commentPatch>

const isEmoji = (text: string): boolean => /^\p{RGI_Emoji}$/v.test(text)

const decoded = (segment: string): string =>
  /^(%[0-9a-fA-F]{2})+$/.test(segment) ? Buffer.from(segment.replaceAll('%', ''), 'hex').toString() : segment

/** Some are typed without the mark that makes them pictures: with it they are the same. */
const asPicture = (text: string): string => {
  const picture = `${text}\uFE0F`
  return !isEmoji(text) && isEmoji(picture) ? picture : text
}

/**
 * A segment of a path: one emoji that Unicode recommends for general interchange (UTS 51, ED-27), which is one
 * grapheme. Percent-encoded or not: gateways hand it over either way.
 */
export const emoji = z.string().check(
  z.maxLength(200),
  z.overwrite((segment) => asPicture(decoded(segment))),
  z.refine(isEmoji, { error: 'must be one emoji' }),
  z.meta({ examples: ['👍'] }),
)

export const comment = z.strictObject({
  id: id.commentId,
  workspaceId: id.workspaceId,
  taskId: id.taskId,
  replyTo: z.nullable(id.commentId),
  /** Empty once the comment is deleted. */
  body: z.string(),
  /** Those whom the text mentions, and who may read the task. */
  mentions: z.strictObject({ userIds: z.array(id.userId), groupIds: z.array(id.groupId) }),
  /** In the order in which they first came. */
  reactions: z.array(z.strictObject({ emoji: z.string(), userIds: z.array(id.userId) })),
  /** How many replies there are. */
  replies: z.int(),
  resolvedAt: z.nullable(instant),
  resolvedBy: z.nullable(id.userId),
  createdAt: instant,
  createdBy: id.userId,
  /** When the text was last changed. */
  editedAt: z.nullable(instant),
  /** Set where only the place is left of a comment, for its replies. */
  deletedAt: z.nullable(instant),
  version: z.int(),
  allowedActions: z.array(z.enum(actions)),
})
export type CommentReply = z.infer<typeof comment>
