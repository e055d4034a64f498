import type { Suppression, Suppressions } from '../../domain/mail/suppression.ts'
import { codec, written } from '../codec.ts'
import { addressHash, suppressionKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

const suppressionsOf = (address: string) =>
  codec<Suppression>('suppression', () => suppressionKey(addressHash(address)))

export const suppressionStore = (table: Table): Suppressions => ({
  suppression: async (address) => {
    const item = await table.get(suppressionKey(addressHash(address)))
    return item && suppressionsOf(address).decode(item)
  },
  write: (address, next, seen) =>
    written(
      table.put(
        suppressionsOf(address).encode(next),
        seen === undefined ? { absent: true } : { equals: { version: seen.version } },
      ),
      suppressionsOf(address).decode,
    ),
})
