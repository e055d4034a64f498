import type { Written } from '../domain/ports.ts'
import type { Key } from './keys.ts'
import { beforeAttempt } from './patience.ts'
import type { Condition, Item, TransactionResult, WriteResult } from './tablePort.ts'
import { Throttled } from './throttled.ts'

/** Attributes that serve keys and indexes and are no part of any entity. */
const plumbing = new Set([
  'PK',
  'SK',
  'itemType',
  'list',
  'dueKey',
  'priorityKey',
  'createdKey',
  'updatedKey',
  'rankKey',
  'reminderShard',
  'reminderKey',
  'person',
  'personKey',
  'ttl',
])

/** Makes items of one kind and reads them back; an item of another kind under the same key is a bug, and loud. */
export const codec = <Entity extends object>(
  itemType: string,
  keyOf: (entity: Entity) => Key,
  indexes: (entity: Entity) => Record<string, unknown> = () => ({}),
) => ({
  encode: (entity: Entity): Item => ({ ...entity, ...indexes(entity), ...keyOf(entity), itemType }),
  decode: (item: Record<string, unknown>): Entity => {
    if (item.itemType !== itemType)
      throw new Error(`expected an item of type ${itemType}, found ${String(item.itemType)}`)
    return Object.fromEntries(Object.entries(item).filter(([name]) => !plumbing.has(name))) as Entity
  },
})

/** Seconds since the epoch, as DynamoDB's time to live wants them. */
export const ttlOf = (instant: string): number => Math.ceil(Date.parse(instant) / 1000)

/** A version is written over the one before, the first where there is nothing. */
export const after = ({ version }: { readonly version: number }): Condition =>
  version === 1 ? { absent: true } : { equals: { version: version - 1 } }

/** The verdict on a write, with what stood in its way as an entity. */
export const written = async <Entity>(
  write: Promise<WriteResult>,
  decode: (item: Record<string, unknown>) => Entity,
): Promise<Written<Entity>> => {
  const result = await write
  return result.won ? result : { won: false, present: result.present && decode(result.present) }
}

/** The same for a transaction: what stood in the way of its write number `index`. A mere conflict runs it again. */
export const transacted = async <Entity>(
  write: () => Promise<TransactionResult>,
  decode: (item: Record<string, unknown>) => Entity,
  index = 0,
): Promise<Written<Entity>> => {
  for (let attempt = 1; ; attempt++) {
    const result = await write()
    if (result.won) return result
    const isConflict = result.lost.every((lost) => lost === undefined)
    if (isConflict && attempt < conflictAttempts) {
      await beforeAttempt(attempt)
      continue
    }
    if (isConflict) throw new Throttled('the transaction met others each time it was tried')
    const present = result.lost[index]?.present
    return { won: false, present: present && decode(present) }
  }
}

const conflictAttempts = 10
