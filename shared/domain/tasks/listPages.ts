import { pagesOf } from '../pages.ts'
import type { ListPage, ListRequest, Tasks } from '../ports.ts'

type Listed = ListPage['rows'][number]

/** All pages of a list of tasks, one after the other. */
export const listPages = (
  request: Omit<ListRequest, 'position'>,
  tasks: Pick<Tasks, 'list'>,
): AsyncGenerator<readonly Listed[]> => {
  const page = async (position: string | undefined) => {
    const { rows, more } = await tasks.list({ ...request, position })
    return { items: rows, more }
  }
  return pagesOf<Listed>(page, ({ position }) => position)
}
