import type { Key } from '../../../../shared/data/keys.ts'
import type { Item, Table } from '../../../../shared/data/tablePort.ts'

const nameOf = ({ PK, SK }: Key): string => JSON.stringify([PK, SK])

/** An item as the first read of it still sees it: not at all, or as it was. */
export interface Late {
  readonly key: Key
  readonly was?: Item | undefined
}

/** A table of whose items some are late by one read each, as parts of a transaction that is just being written may be. */
export const lateTable = (table: Table, late: readonly Late[]): Table => {
  const waiting = new Map(late.map(({ key, was }) => [nameOf(key), was]))
  const seen = (item: Item): Item | undefined => {
    const name = nameOf(item)
    if (!waiting.has(name)) return item
    const was = waiting.get(name)
    waiting.delete(name)
    return was
  }
  return {
    ...table,
    get: async (key) => {
      const item = await table.get(key)
      return item && seen(item)
    },
    query: async (range) => {
      const { items, more } = await table.query(range)
      return { items: items.flatMap((item) => seen(item) ?? []), more }
    },
  }
}
