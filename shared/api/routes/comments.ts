import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { comment, commentCreate, commentPatch, emoji } from '../schemas/comments.ts'
import { commentId, taskId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'

const tag = 'comments'
const ofTask = z.strictObject({ workspaceId, taskId })
const params = z.strictObject({ workspaceId, taskId, commentId })
const withEmoji = z.strictObject({ workspaceId, taskId, commentId, emoji })
const comments = '/v1/workspaces/{workspaceId}/tasks/{taskId}/comments'
const one = `${comments}/{commentId}` as const
const reading = { kind: 'member', action: 'comment.read' } as const
const writing = { kind: 'member', action: 'comment.create' } as const
const merging = 'A stale If-Match is refused only when the text has been changed since.'

export const createComment = route({
  name: 'createComment',
  method: 'POST',
  path: comments,
  summary: 'Comment on a task',
  description:
    'Markdown. `@[label](id)` mentions a person or a group; `mentions` of the answer says who counts. `replyTo` answers a comment, which then is a thread.',
  tag,
  access: writing,
  params: ofTask,
  query: nothing,
  body: commentCreate,
  reply: { status: 201, schema: comment },
  problems: ['idempotency-mismatch'],
  etag: true,
  // Up to 50 people and groups whom it mentions are looked up in the same batch.
  uses: { table: ['BatchGetItem', 'PutItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 9, writeUnits: 14 },
})

export const listComments = route({
  name: 'listComments',
  method: 'GET',
  path: comments,
  summary: 'List the comments of a task, newest first',
  description: 'Comments and replies in one list. Follows the writes by a moment; reads by id are strong.',
  tag,
  access: reading,
  params: ofTask,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(comment) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query:byPerson'] },
  budget: { depth: 1, calls: 2, readUnits: 12, writeUnits: 0 },
})

export const getComment = route({
  name: 'getComment',
  method: 'GET',
  path: one,
  summary: 'Get a comment',
  tag,
  access: reading,
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: comment },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 5, writeUnits: 0 },
})

export const editComment = route({
  name: 'editComment',
  method: 'PATCH',
  path: one,
  summary: 'Edit a comment of your own',
  description: `Tells those whom only the new text mentions. ${merging}`,
  tag,
  access: writing,
  params,
  query: nothing,
  body: commentPatch,
  reply: { status: 200, schema: comment },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 8, writeUnits: 5 },
})

export const deleteComment = route({
  name: 'deleteComment',
  method: 'DELETE',
  path: one,
  summary: 'Delete a comment',
  description: `One of your own, or, as a manager, any. Its text is gone for good; where it has replies its place stays. ${merging}`,
  tag,
  access: writing,
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'TransactWriteItems'] },
  budget: { depth: 3, calls: 3, readUnits: 8, writeUnits: 14 },
})

const resolving = (name: string, verb: string, summary: string) =>
  route({
    name,
    method: 'POST',
    path: `${one}/${verb}` as const,
    summary,
    tag,
    access: writing,
    params,
    query: nothing,
    body: nothing,
    reply: { status: 200, schema: comment },
    problems: ['conflict', 'precondition-failed'],
    etag: true,
    uses: { table: ['BatchGetItem', 'PutItem'] },
    budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
  })

export const resolveComment = resolving('resolveComment', 'resolve', 'Resolve a thread')
export const reopenComment = resolving('reopenComment', 'reopen', 'Open a resolved thread again')

export const addReaction = route({
  name: 'addReaction',
  method: 'PUT',
  path: `${one}/reactions/{emoji}`,
  summary: 'React to a comment with an emoji',
  description: 'Doing so again changes nothing.',
  tag,
  access: writing,
  params: withEmoji,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: comment },
  problems: ['conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
})

export const removeReaction = route({
  name: 'removeReaction',
  method: 'DELETE',
  path: `${one}/reactions/{emoji}`,
  summary: 'Take back a reaction of your own',
  tag,
  access: writing,
  params: withEmoji,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['conflict'],
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
})
