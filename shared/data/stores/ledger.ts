import type { LedgerRow } from '../../domain/notices/ledger.ts'
import type { Ledger } from '../../domain/notices/send.ts'
import { codec, written } from '../codec.ts'
import { type Key, noticeKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

type Owner = Pick<LedgerRow, 'id' | 'workspaceId' | 'userId'>

const keyOf = ({ id, ...owner }: Owner): Key => noticeKey(owner, id)

const rows = codec<LedgerRow>('notice', keyOf)
export const decodeNotice = rows.decode

export const ledgerStore = (table: Table): Ledger => ({
  row: async (owner) => {
    const item = await table.get(keyOf(owner))
    return item && rows.decode(item)
  },
  write: (row, seen) =>
    written(
      table.put(rows.encode(row), seen === undefined ? { absent: true } : { equals: { claim: seen.claim } }),
      rows.decode,
    ),
})
