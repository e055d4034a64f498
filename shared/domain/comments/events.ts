import { createHash } from 'node:crypto'
import type { CommentEntry, HistoryEntry } from '../../api/schemas/record.ts'
import type { CommentDraft } from '../audit/event.ts'
import type { Change } from '../pipeline/record.ts'
import type { Comment } from './comment.ts'

type Changes = HistoryEntry['changes']
type Told = Pick<CommentEntry, 'type' | 'changes'>

/**
 * What stands for a text in the log, which is kept for good: how long it is, in characters, and the SHA-256 of its
 * salt, a line feed and the text, base64url. `null`: it was deleted, or not there yet.
 */
const digestOf = (comment: Pick<Comment, 'salt' | 'body' | 'deletedAt'> | undefined) => {
  if (comment === undefined || comment.deletedAt !== null) return null
  const { salt, body } = comment
  const digest = createHash('sha256').update(`${salt}\n${body}`).digest('base64url')
  return { digest, length: [...body].length }
}

const bodyChange = (before: Comment | undefined, after: Comment): Changes[number] => ({
  field: 'body',
  from: digestOf(before),
  to: digestOf(after),
})

const peopleWith = ({ reactions }: Comment, emoji: string): readonly string[] =>
  reactions.find((one) => one.emoji === emoji)?.userIds ?? []

const reactionChanges = (before: Comment, after: Comment): Changes => {
  const all = new Set([...before.reactions, ...after.reactions].map(({ emoji }) => emoji))
  return [...all].flatMap((emoji) => {
    const [was, is] = [peopleWith(before, emoji), peopleWith(after, emoji)]
    const field = `reactions/${emoji}`
    return [
      ...was.filter((id) => !is.includes(id)).map((id) => ({ field, from: id, to: null })),
      ...is.filter((id) => !was.includes(id)).map((id) => ({ field, from: null, to: id })),
    ]
  })
}

const created = (comment: Comment): Told => ({
  type: 'comment.created',
  changes: [
    bodyChange(undefined, comment),
    ...(comment.replyTo === null ? [] : [{ field: 'replyTo', from: null, to: comment.replyTo }]),
  ],
})

const changed = (before: Comment, after: Comment): Told[] => {
  // Reactions go with the text: that nobody reacts to what is not there any more is no event of its own.
  if (after.deletedAt !== null) {
    return before.deletedAt === null
      ? [{ type: 'comment.deleted', changes: [bodyChange(before, after)] }]
      : []
  }
  const reactions = reactionChanges(before, after)
  const resolved = { field: 'resolvedAt', from: before.resolvedAt, to: after.resolvedAt }
  return [
    ...(before.bodyVersion === after.bodyVersion
      ? []
      : [{ type: 'comment.edited' as const, changes: [bodyChange(before, after)] }]),
    ...(before.resolvedAt === after.resolvedAt
      ? []
      : [
          {
            type: after.resolvedAt === null ? ('comment.reopened' as const) : ('comment.resolved' as const),
            changes: [resolved],
          },
        ]),
    ...(reactions.length === 0 ? [] : [{ type: 'comment.reacted' as const, changes: reactions }]),
  ]
}

/** What a write of a comment means to the history of its task. One that goes with its task is no event of its own. */
export const commentEvents = ({ before, after }: Change<Comment>): CommentDraft[] => {
  if (after === undefined) return []
  const { workspaceId, taskId, id: commentId, version, updatedAt: at, updatedBy: by, through } = after
  const told = before === undefined ? [created(after)] : changed(before, after)
  return told.map(({ type, changes }) => ({
    workspaceId,
    id: `${type}/${commentId}/${version}`,
    type,
    taskId,
    commentId,
    at,
    by,
    through,
    changes,
  }))
}
