import { type Inbox, keptDays, type LedgerRow } from '../../domain/notices/ledger.ts'
import { daysAfter } from '../../domain/time/daysAfter.ts'
import { after, codec, ttlOf, written } from '../codec.ts'
import { type Key, noticeBound, noticeKey, noticePk, noticePrefix } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'

type Owner = Pick<LedgerRow, 'id' | 'workspaceId' | 'userId'>

const keyOf = ({ id, ...owner }: Owner): Key => noticeKey(owner, id)

const rows = codec<LedgerRow>('notice', keyOf, ({ createdAt }) => ({
  ttl: ttlOf(daysAfter(createdAt, keptDays)),
}))
export const decodeNotice = rows.decode

export const ledgerStore = (table: Table): Inbox => ({
  row: async (owner) => {
    const item = await table.get(keyOf(owner))
    return item && rows.decode(item)
  },
  page: async ({ limit, before, until, where, read, ...owner }) => {
    const ends = [before && noticeKey(owner, before).SK, until && noticeBound(until)]
    const end = ends.filter((bound) => bound !== undefined).sort()[0]
    const { items, more } = await sliceOf(
      table,
      {
        pk: noticePk(owner),
        prefix: noticePrefix,
        ...(end !== undefined && { before: end }),
        descending: true,
        limit: Math.max(read, limit),
      },
      rows.decode,
    )
    const passing = items.filter(where)
    const shown = passing.slice(0, limit)
    const last = passing.length > limit ? shown.at(-1) : more ? items.at(-1) : undefined
    return { rows: shown, reached: last?.id }
  },
  write: (row) => written(table.put(rows.encode(row), after(row)), rows.decode),
})
