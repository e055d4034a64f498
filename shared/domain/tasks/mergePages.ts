import type { ListPage, ListRequest } from '../ports.ts'

/** How far a page says anything; `undefined` when to the end. */
const endOf = ({ rows, more, reached }: ListPage): string | undefined =>
  more ? (reached ?? rows.at(-1)?.position ?? '') : undefined

/**
 * Merges pages of several lists in one order into one of at most `limit` rows; a task that stands in several appears
 * once. Behind the end of a page that goes on nothing is known, so nothing is said either.
 */
export const mergePages = (
  pages: readonly ListPage[],
  { descending, limit }: Pick<ListRequest, 'descending' | 'limit'>,
): ListPage => {
  const precedes = (a: string, b: string): boolean => (descending ? a > b : a < b)
  const ends = pages.map(endOf).filter((end) => end !== undefined)
  const known = pages
    .flatMap(({ rows }) => rows)
    .filter(({ position }) => !ends.some((end) => precedes(end, position)))
    .sort((a, b) => (precedes(a.position, b.position) ? -1 : precedes(b.position, a.position) ? 1 : 0))
  // The first that is met stays: links of one task may follow it at different moments, and differ for one.
  const rows = [...new Map(known.toReversed().map((one) => [one.row.id, one])).values()].toReversed()
  return { rows: rows.slice(0, limit), more: rows.length > limit || ends.length > 0 }
}
