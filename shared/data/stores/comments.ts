import type { Comment } from '../../domain/comments/comment.ts'
import type { Comments } from '../../domain/ports.ts'
import { transacted, written } from '../codec.ts'
import { everyPage } from '../everyPage.ts'
import * as keys from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Condition, Table } from '../tablePort.ts'
import { commentCodec } from './commentLines.ts'

const { encode, decode } = commentCodec
const pageSize = 100

const unwritten = ({ version }: Comment): Condition =>
  version === 1 ? { absent: true } : { equals: { version: version - 1 } }

export const commentStore = (table: Table): Comments => ({
  comment: async (workspaceId, taskId, commentId) => {
    const item = await table.get(keys.commentKey(workspaceId, taskId, commentId))
    // The key holds only parts of both ids; the rest must agree as well.
    const comment = item && decode(item)
    return comment?.id === commentId && comment.taskId === taskId ? comment : undefined
  },
  madeAs: async (workspaceId, taskId, commentId) => {
    const item = await table.get(keys.commentKey(workspaceId, taskId, commentId))
    const comment = item && decode(item)
    return comment?.taskId === taskId ? comment : undefined
  },
  add: (comment) => written(table.put(encode(comment), unwritten(comment)), decode),
  replace: (comment) => written(table.put(encode(comment), unwritten(comment)), decode),
  writeReply: async (reply, thread) => {
    const writes = [reply, thread].map((one) => ({ put: encode(one), condition: unwritten(one) }))
    return (await transacted(() => table.transact(writes), decode)).won
  },
  list: (workspaceId, taskId, limit, before) => {
    const range = {
      index: 'byPerson' as const,
      pk: keys.commentsPk(workspaceId, taskId),
      ...(before !== undefined && { before }),
      descending: true,
      limit,
    }
    return sliceOf(table, range, decode)
  },
  all: async (workspaceId, taskId) => {
    const { PK } = keys.taskKeyOf(workspaceId, taskId)
    const range = { pk: PK, prefix: keys.commentPrefix, limit: pageSize }
    const found: Comment[] = []
    for await (const items of everyPage(table, range, ({ SK }) => SK)) found.push(...items.map(decode))
    // The key of a task may be used again: what stands there may be another one's.
    return found.filter((comment) => comment.taskId === taskId)
  },
  drop: async ({ workspaceId, taskId, id }) => {
    await table.delete(keys.commentKey(workspaceId, taskId, id), { equals: { id } })
  },
})
