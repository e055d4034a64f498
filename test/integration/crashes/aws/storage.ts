import { isDeepStrictEqual } from 'node:util'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import type { IndexName } from '../../../../shared/api/declaration.ts'
import type { Key } from '../../../../shared/data/keys.ts'
import { tableDefinition } from '../../../../shared/data/table.ts'
import type { Item, Table, Write } from '../../../../shared/data/tablePort.ts'
import { memoryTable } from '../../../unit/data/support/memoryTable.ts'

/** A table, and the records of its stream since they were last taken. */
export interface Storage {
  readonly table: Table
  /** It costs next to nothing to ask it anything. */
  readonly isNear: boolean
  takeRecords(): Promise<DynamoDBRecord[]>
  /** The earliest instant, RFC 3339, at which something of these partitions of the time index is due. */
  earliest(shards: readonly string[]): Promise<string | undefined>
  items(): Promise<readonly Item[]>
}

const nameOf = ({ PK, SK }: Key): string => JSON.stringify([PK, SK])

const keyOf = (write: Write): Key =>
  'put' in write
    ? write.put
    : 'update' in write
      ? write.update
      : 'delete' in write
        ? write.delete
        : write.check

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

/** What DynamoDB keeps of a value: no attribute that is `undefined`, and no part that anybody else holds. */
const stored = (value: unknown): unknown => {
  if (value instanceof Uint8Array || value instanceof Set) return value
  if (Array.isArray(value)) return value.map(stored)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(entries.map(([name, one]) => [name, stored(one)]))
}

/** What an index shows of an item. */
const projected = (item: Item, index: IndexName | undefined): Item => {
  if (index === undefined) return item
  const { pk, sk, projection } = tableDefinition.indexes[index]
  if (projection === 'ALL') return item
  const shown: string[] = ['PK', 'SK', pk, sk, ...(projection === 'KEYS_ONLY' ? [] : projection)]
  return Object.fromEntries(Object.entries(item).filter(([name]) => shown.includes(name))) as Item
}

const { pk, sk } = tableDefinition.indexes.byReminder

/**
 * The table in memory, as the real engine behaves (a test compares them): with a stream, and with indexes that may
 * trail it. `lag`: milliseconds until an index shows a write; `later` runs something then.
 */
export const memoryStorage = (
  { now, lag, later }: { now: () => number; lag: () => number; later: (ms: number, run: () => void) => void },
  from: ReadonlyMap<string, Item> = new Map(),
) => {
  const { table: memory, items } = memoryTable()
  const { table: replica, items: shown } = memoryTable()
  for (const [name, item] of from) {
    items.set(name, item)
    shown.set(name, item)
  }
  const records: DynamoDBRecord[] = []
  let sequence = 0
  let shownUntil = 0

  const imageOf = (item: Item): Record<string, AttributeValue> => marshall(item)

  const show = (name: string, item: Item | undefined): void => {
    if (item === undefined) shown.delete(name)
    else shown.set(name, item)
  }
  /** An index shows writes in their order. */
  const showLater = (name: string, item: Item | undefined): void => {
    shownUntil = Math.max(shownUntil, now() + lag())
    if (shownUntil === now()) show(name, item)
    else later(shownUntil - now(), () => show(name, item))
  }

  const note = (key: Key, before: Item | undefined, after: Item | undefined): void => {
    if (before === after) return
    showLater(nameOf(key), after)
    // A write that changes nothing makes no record.
    if (before !== undefined && after !== undefined && isDeepStrictEqual(before, after)) return
    sequence += 1
    records.push({
      eventID: String(sequence),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventSource: 'aws:dynamodb',
      eventSourceARN: 'arn:aws:dynamodb:eu-west-1:000000000000:table/duely/stream/1',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now() / 1000),
        SequenceNumber: String(sequence).padStart(21, '0'),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        Keys: marshall({ PK: key.PK, SK: key.SK }),
        ...(before && { OldImage: imageOf(before) }),
        ...(after && { NewImage: imageOf(after) }),
      } as NonNullable<DynamoDBRecord['dynamodb']>,
    })
  }

  const noted = async <Result>(keys: readonly Key[], write: () => Promise<Result>): Promise<Result> => {
    const before = keys.map((key) => items.get(nameOf(key)))
    const result = await write()
    keys.forEach((key, n) => {
      const name = nameOf(key)
      const after = items.get(name)
      if (after !== undefined && after !== before[n]) items.set(name, frozen(stored(after) as Item))
      note(key, before[n], items.get(name))
    })
    return result
  }

  const table: Table = {
    get: memory.get,
    query: async (range) => {
      if (range.index === undefined) return memory.query(range)
      const { items, more } = await replica.query(range)
      return { items: items.map((item) => projected(item, range.index)), more }
    },
    put: (item, condition) => noted([item], () => memory.put(item, condition)),
    update: (key, change, condition) => noted([key], () => memory.update(key, change, condition)),
    delete: (key, condition) => noted([key], () => memory.delete(key, condition)),
    transact: (writes) => noted(writes.map(keyOf), () => memory.transact(writes)),
  }
  return {
    table,
    isNear: true,
    takeRecords: async () => records.splice(0),
    earliest: async (shards: readonly string[]) => {
      let first: string | undefined
      for (const item of items.values()) {
        if (!shards.includes(String(item[pk]))) continue
        const key = String(item[sk])
        if (first === undefined || key < first) first = key
      }
      return first?.split('#')[0]
    },
    items: async () => [...items.values()],
    /** All there is, to begin from again. */
    snapshot: (): ReadonlyMap<string, Item> => new Map(items),
  }
}
export type MemoryStorage = ReturnType<typeof memoryStorage>
