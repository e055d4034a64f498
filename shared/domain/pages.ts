import type { Slice } from './ports.ts'

/**
 * All pages of a list, one after the other.
 * @param page reads the one behind `after`, or the first
 * @param placeOf what a page behind this entry is asked for by
 */
export async function* pagesOf<Entity>(
  page: (after: string | undefined) => Promise<Slice<Entity>>,
  placeOf: (entry: Entity) => string,
): AsyncGenerator<readonly Entity[]> {
  for (let after: string | undefined; ; ) {
    const { items, more } = await page(after)
    yield items
    const last = items.at(-1)
    if (!more || last === undefined) return
    after = placeOf(last)
  }
}

/** The same in one list. */
export const allOf = async <Entity>(...list: Parameters<typeof pagesOf<Entity>>): Promise<Entity[]> => {
  const all: Entity[] = []
  for await (const items of pagesOf(...list)) all.push(...items)
  return all
}
