import type { CommentEvent, CommentRecords } from '../../domain/ports.ts'
import { codec } from '../codec.ts'
import { commentEventKey, historyPk } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'

export const commentEventCodec = codec<CommentEvent>('commentEvent', ({ workspaceId, taskId, sequence }) =>
  commentEventKey(workspaceId, taskId, sequence),
)

const lastSequence = 9_999_999_999

export const commentRecordStore = (table: Table): CommentRecords => ({
  commentHistory: async (workspaceId, taskId, limit, before = lastSequence + 1) => {
    const range = {
      pk: historyPk(workspaceId, taskId),
      from: commentEventKey(workspaceId, taskId, 0).SK,
      to: commentEventKey(workspaceId, taskId, before - 1).SK,
      descending: true,
      limit,
    }
    return sliceOf(table, range, commentEventCodec.decode)
  },
})
