import type { ExportStore } from '../../domain/account/exportPorts.ts'
import type { Exports } from '../../domain/account/exports.ts'
import { codec, ttlOf, written } from '../codec.ts'
import { exportsKey, noticeKey, sessionKey } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'
import { decodeNotice, ledgerStore } from './ledger.ts'
import { sessionCodec } from './peopleByKey.ts'
import { preferencesStore } from './preferences.ts'

/** Notices of one person that belong to no workspace: a handful in a lifetime. */
const mostNotices = 100

export const exportsCodec = codec<Exports>(
  'exports',
  ({ userId }) => exportsKey(userId),
  ({ all }) => {
    const last = all.at(-1)
    return last === undefined ? {} : { ttl: ttlOf(last.expiresAt) }
  },
)

export const exportStore = (table: Table): ExportStore => ({
  exports: async (userId) => {
    const item = await table.get(exportsKey(userId))
    return item && exportsCodec.decode(item)
  },
  write: (next, seen) =>
    written(
      table.put(
        exportsCodec.encode(next),
        seen === undefined ? { absent: true } : { equals: { version: seen.version } },
      ),
      exportsCodec.decode,
    ),
  sessions: (userId, limit, after) => {
    const { PK, SK } = sessionKey(userId, after ?? '')
    const range = { pk: PK, prefix: sessionKey(userId, '').SK, limit }
    return sliceOf(table, after === undefined ? range : { ...range, after: SK }, sessionCodec.decode)
  },
  notices: async (userId) => {
    const { PK, SK } = noticeKey({ workspaceId: null, userId }, '')
    const { items } = await table.query({ pk: PK, prefix: SK, limit: mostNotices })
    return items.map(decodeNotice)
  },
  noticesOf: async (workspaceId, userId, limit, before) => {
    const where = () => true
    const page = await ledgerStore(table).page({ workspaceId, userId, limit, before, where, read: limit })
    return { items: page.rows, more: page.reached !== undefined }
  },
  preferences: preferencesStore(table).preferences,
})
