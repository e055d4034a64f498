import { allSettled } from '../allSettled.ts'

/** What is due in a shard of the time index, earliest first; `next` is where the page after this one begins. */
export interface DuePage<Item> {
  readonly items: readonly Item[]
  readonly next?: string | undefined
}

type ReadPage<Item> = (shard: string, after: string | undefined) => Promise<DuePage<Item>>

const ofShard = async <Item>(
  shard: string,
  page: ReadPage<Item>,
  deal: (items: readonly Item[]) => Promise<number>,
): Promise<number> => {
  let dealt = 0
  let after: string | undefined
  do {
    const { items, next } = await page(shard, after)
    dealt += await deal(items)
    after = next
  } while (after !== undefined)
  return dealt
}

/**
 * Deals with everything that is due, page by page, shard beside shard; answers how much that was, as `deal` counts.
 * A shard that fails does not stop the others, but fails the whole.
 */
export const dealWithDue = async <Item>(
  shards: readonly string[],
  page: ReadPage<Item>,
  deal: (items: readonly Item[]) => Promise<number>,
): Promise<number> => {
  const dealt = await allSettled(shards.map((shard) => ofShard(shard, page, deal)))
  return dealt.reduce((sum, count) => sum + count, 0)
}
