import type { LedgerRow } from '../../domain/pipeline/notices.ts'
import type { Ledger } from '../../domain/pipeline/send.ts'
import { codec, written } from '../codec.ts'
import { type Key, noticeKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

type Owner = Pick<LedgerRow, 'id' | 'workspaceId' | 'userId'>

/** Notices of a workspace lie under it; the others under their person. */
const keyOf = ({ id, workspaceId, userId }: Owner): Key =>
  noticeKey(workspaceId === null ? { userId: String(userId) } : { workspaceId }, id)

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
