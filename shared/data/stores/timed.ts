import { type Timed, timeShardOf } from '../keys.ts'
import type { Item, Table } from '../tablePort.ts'

const pageSize = 50

/** Puts an item into the time index, to be found once `at` (RFC 3339, UTC, milliseconds) has come. */
export const timedAttributes = (sort: Timed, at: string, id: string): Record<string, string> => ({
  reminderShard: timeShardOf(sort, id),
  reminderKey: `${at}#${id}`,
})

/**
 * What lies in one shard of the time index at or before an instant, earliest first, as it is in the table by now: the
 * index trails the table. A page of it, behind `after`; `next` is where the page after this one begins.
 */
export const dueItems = async (
  table: Pick<Table, 'query' | 'get'>,
  shard: string,
  now: string,
  after?: string,
): Promise<{ readonly items: readonly Item[]; readonly next: string | undefined }> => {
  const { items: keys, more } = await table.query({
    index: 'byReminder',
    pk: shard,
    ...(after !== undefined && { after }),
    // Keys go on behind the instant; `~` sorts after all of them.
    to: `${now}~`,
    limit: pageSize,
  })
  const found = await Promise.all(keys.map(({ PK, SK }) => table.get({ PK, SK })))
  return {
    items: found.flatMap((item) => item ?? []),
    next: more ? String(keys.at(-1)?.reminderKey) : undefined,
  }
}
