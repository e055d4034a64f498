import type { Key } from '../../../../shared/data/keys.ts'
import { tableDefinition } from '../../../../shared/data/table.ts'
import type {
  Change,
  Condition,
  Item,
  Lost,
  Range,
  Table,
  Write,
  WriteResult,
} from '../../../../shared/data/tablePort.ts'

const nameOf = ({ PK, SK }: Key): string => JSON.stringify([PK, SK])

const holds = (present: Item | undefined, condition: Condition | undefined): boolean => {
  if (condition === undefined) return true
  if ('absent' in condition) return present === undefined
  if ('present' in condition) return present !== undefined
  if ('between' in condition) {
    return Object.entries(condition.between).every(
      ([name, [low, high]]) => Number(present?.[name]) >= low && Number(present?.[name]) <= high,
    )
  }
  if ('absentOrAtMost' in condition) {
    const most = Object.entries(condition.absentOrAtMost)
    return present === undefined || most.every(([name, limit]) => Number(present[name]) <= limit)
  }
  const isEqual = Object.entries(condition.equals).every(([name, value]) => present?.[name] === value)
  const isWithin = ([name, bound]: [string, string]): boolean => {
    const value = present?.[name]
    return typeof value === 'string' && value <= bound
  }
  return isEqual && Object.entries(condition.atMost ?? {}).every(isWithin)
}

const changed = (key: Key, present: Item | undefined, { set = {}, remove = [], add = {} }: Change): Item => {
  const next: Record<string, unknown> = { ...present, ...key, ...set }
  for (const name of remove) delete next[name]
  for (const [name, more] of Object.entries(add)) {
    const there = next[name]
    next[name] =
      typeof more === 'number'
        ? Number(there ?? 0) + more
        : new Set([...((there as Set<string>) ?? []), ...more])
  }
  return next as Item
}

const within = (sk: string, { prefix = '', after, from, before, to }: Range): boolean =>
  sk.startsWith(prefix) &&
  (after === undefined || sk > after) &&
  (from === undefined || sk >= from) &&
  (before === undefined || sk < before) &&
  (to === undefined || sk <= to)

const keyOf = (write: Write): Key =>
  'put' in write
    ? write.put
    : 'update' in write
      ? write.update
      : 'delete' in write
        ? write.delete
        : write.check

/** By the sort key; what DynamoDB leaves open for equal ones of an index, an engine decides by the table's own keys. */
const orderIn = (item: Item, sk: string): string => `${item[sk]}\u0000${nameOf(item)}`

/**
 * The table's port in memory. Pages end as DynamoDB's do: at the limit or at `pageSize` items (which stands for the
 * megabyte), and `more` says that the page was ended so, whether or not anything lies behind it.
 */
export const memoryTable = (pageSize = Number.POSITIVE_INFINITY) => {
  const items = new Map<string, Item>()
  const queries: Range[] = []
  const settle = (
    key: Key,
    condition: Condition | undefined,
    next: (present: Item | undefined) => Item,
  ): WriteResult => {
    const present = items.get(nameOf(key))
    if (!holds(present, condition)) return { won: false, present }
    items.set(nameOf(key), next(present))
    return { won: true }
  }
  const apply = (write: Write): void => {
    if ('put' in write) items.set(nameOf(write.put), write.put)
    else if ('update' in write)
      items.set(nameOf(write.update), changed(write.update, items.get(nameOf(write.update)), write.change))
    else if ('delete' in write) items.delete(nameOf(write.delete))
  }
  const table: Table = {
    get: async (key) => items.get(nameOf(key)),
    put: async (item, condition) => settle(item, condition, () => item),
    update: async (key, change, condition) =>
      settle(key, condition, (present) => changed(key, present, change)),
    delete: async (key, condition) => {
      const present = items.get(nameOf(key))
      if (!holds(present, condition)) return { won: false, present }
      items.delete(nameOf(key))
      return { won: true }
    },
    transact: async (writes) => {
      const names = writes.map((write) => nameOf(keyOf(write)))
      if (new Set(names).size !== names.length) throw new Error('a transaction touches an item once')
      if (writes.length > 100) throw new Error('a transaction holds at most a hundred writes')
      if (Buffer.byteLength(JSON.stringify(writes)) > 4 * 1024 * 1024)
        throw new Error('a transaction holds at most 4 MB')
      const lost = writes.map((write): Lost | undefined => {
        const present = items.get(nameOf(keyOf(write)))
        if (holds(present, write.condition)) return undefined
        // A deletion does not ask what was in its way.
        return { present: 'delete' in write ? undefined : present }
      })
      if (lost.some((one) => one !== undefined)) return { won: false, lost }
      writes.forEach(apply)
      return { won: true }
    },
    query: async (range) => {
      queries.push(range)
      const [low = '', high = '\uffff'] = [range.from ?? range.after, range.before ?? range.to]
      if (low > high)
        throw new Error('BETWEEN requires upper bound to be greater than or equal to lower bound')
      const { pk, sk } = range.index === undefined ? tableDefinition : tableDefinition.indexes[range.index]
      // Between two bounds the upper one is read as well; it fills the page, and is dropped.
      const isRead = (place: string) =>
        within(place, range) ||
        (place === range.before && (range.from ?? range.after ?? range.prefix) !== undefined)
      const all = [...items.values()]
        .filter((item) => item[pk] === range.pk && typeof item[sk] === 'string' && isRead(item[sk] as string))
        .sort((a, b) => (orderIn(a, sk) < orderIn(b, sk) ? -1 : 1) * (range.descending ? -1 : 1))
      const end = Math.min(range.limit, pageSize)
      return {
        items: all.slice(0, end).filter((item) => within(item[sk] as string, range)),
        more: all.length >= end,
      }
    },
  }
  return { table, items, queries }
}
