import type { Slice } from '../domain/ports.ts'
import type { Range, Table } from './tablePort.ts'

/**
 * A page of at most `limit` entities. One more than those is read: DynamoDB says that there may be more whenever a
 * limit was reached, and a list must not offer a next page that is empty.
 */
export const sliceOf = async <Entity>(
  table: Table,
  range: Range,
  decode: (item: Record<string, unknown>) => Entity,
): Promise<Slice<Entity>> => {
  const { limit } = range
  const { items, more } = await table.query({ ...range, limit: limit + 1 })
  return { items: items.slice(0, limit).map(decode), more: more || items.length > limit }
}
