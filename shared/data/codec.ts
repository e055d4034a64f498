import type { Key } from './keys.ts'
import type { Item } from './tablePort.ts'

/** Attributes that serve keys and indexes and are no part of any entity. */
const plumbing = new Set([
  'PK',
  'SK',
  'type',
  'list',
  'dueKey',
  'priorityKey',
  'createdKey',
  'updatedKey',
  'reminderShard',
  'reminderKey',
  'person',
  'personKey',
  'ttl',
])

/** Makes items of one kind and reads them back; an item of another kind under the same key is a bug, and loud. */
export const codec = <Entity extends object>(
  type: string,
  keyOf: (entity: Entity) => Key,
  indexes: (entity: Entity) => Record<string, unknown> = () => ({}),
) => ({
  encode: (entity: Entity): Item => ({ ...entity, ...indexes(entity), ...keyOf(entity), type }),
  decode: (item: Record<string, unknown>): Entity => {
    if (item.type !== type) throw new Error(`expected an item of type ${type}, found ${String(item.type)}`)
    return Object.fromEntries(Object.entries(item).filter(([name]) => !plumbing.has(name))) as Entity
  },
})

/** Seconds since the epoch, as DynamoDB's time to live wants them. */
export const ttlOf = (instant: string): number => Math.ceil(Date.parse(instant) / 1000)
