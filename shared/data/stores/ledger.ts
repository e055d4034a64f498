import { keptDays, type Ledger, type LedgerRow } from '../../domain/notices/ledger.ts'
import { daysAfter } from '../../domain/time/daysAfter.ts'
import { after, codec, ttlOf, written } from '../codec.ts'
import { type Key, noticeKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

type Owner = Pick<LedgerRow, 'id' | 'workspaceId' | 'userId'>

const keyOf = ({ id, ...owner }: Owner): Key => noticeKey(owner, id)

const rows = codec<LedgerRow>('notice', keyOf, ({ createdAt }) => ({
  ttl: ttlOf(daysAfter(createdAt, keptDays)),
}))
export const decodeNotice = rows.decode

export const ledgerStore = (table: Table): Ledger => ({
  row: async (owner) => {
    const item = await table.get(keyOf(owner))
    return item && rows.decode(item)
  },
  write: (row) => written(table.put(rows.encode(row), after(row)), rows.decode),
})
