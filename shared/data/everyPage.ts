import { pagesOf } from '../domain/pages.ts'
import type { Item, Range, Table } from './tablePort.ts'

/**
 * All items of a range, page by page.
 * @param placeOf the sort key of an item in the table, or in the index that the range is of
 */
export const everyPage = (
  table: Table,
  range: Omit<Range, 'after'>,
  placeOf: (item: Item) => string,
): AsyncGenerator<readonly Item[]> =>
  pagesOf((after) => table.query(after === undefined ? range : { ...range, after }), placeOf)
