import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Status, sorts, statuses } from '../../../../shared/api/schemas/task.ts'
import { taskStore } from '../../../../shared/data/stores/tasks.ts'
import { derivedSeed, makeId } from '../../../../shared/domain/ids.ts'
import type { ListRequest } from '../../../../shared/domain/ports.ts'
import { passes } from '../../../../shared/domain/tasks/fieldFilters.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aTask, idOf, minutes, projectId, start, workspaceId } from '../../domain/support/builders.ts'
import { memoryTable } from '../support/memoryTable.ts'

const fieldId = idOf('customField', 'carrier')
const where = passes([{ fieldId, value: 'Rail' }])

const task = (n: number, status: Status, isWanted: boolean): Task =>
  aTask({
    id: makeId('task', start + n * 1000, derivedSeed(`t${n}`)),
    updatedAt: minutes((n * 7) % 13),
    status,
    customFields: isWanted ? { [fieldId]: 'Rail' } : {},
  })

const stored = async (all: readonly Task[], pageSize?: number) => {
  const { table, queries } = memoryTable(pageSize)
  const store = taskStore(table)
  for (const one of all) await store.add(one)
  return { store, queries }
}
type Store = Awaited<ReturnType<typeof stored>>['store']
const request = (changes: Partial<ListRequest>): ListRequest => ({
  workspaceId,
  of: { projectId },
  life: 'active',
  statuses,
  sort: 'created',
  descending: false,
  limit: 5,
  ...changes,
})

/** All pages, as a client follows them. */
const follow = async (store: Store, asked: ListRequest): Promise<string[][]> => {
  const pages: string[][] = []
  let position: string | undefined
  for (;;) {
    const { rows, more, reached } = await store.list({ ...asked, position })
    pages.push(rows.map(({ row }) => row.id))
    if (!more) return pages
    const next = reached ?? rows.at(-1)?.position
    // Every page gets on, also one that found nothing.
    expect(next === undefined || next === position).toBe(false)
    position = next
  }
}

test('a filtered list, followed page by page, is what remains of the whole one, in order, each once', async () => {
  const some = fc
    .array(fc.tuple(fc.constantFrom(...statuses), fc.boolean()), { maxLength: 30 })
    .map((all) => all.map(([status, isWanted], n) => task(n, status, isWanted)))
  const asked = fc.record({
    statuses: fc.subarray([...statuses], { minLength: 1 }),
    sort: fc.constantFrom(...sorts),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 8 }),
  })
  const pageSize = fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY)
  await fc.assert(
    fc.asyncProperty(some, asked, pageSize, async (all, query, size) => {
      const { store } = await stored(all, size)
      const whole = (await follow(store, request(query))).flat()
      const isWanted = (id: string) => all.some((one) => one.id === id && where(one))
      const pages = await follow(store, request({ ...query, where }))
      expect(pages.flat()).toEqual(whole.filter(isWanted))
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(query.limit)
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['one status', ['open'] as const, 500],
  ['all of them', statuses, 505],
])(
  'of %s it reads about five hundred rows for a page, then answers what it has found',
  async (_what, some, most) => {
    const all = Array.from({ length: 1_200 }, (_, n) => task(n, 'open', n === 700))
    const { store, queries } = await stored(all)
    const asked = request({ statuses: some, where, limit: 100 })
    const first = await store.list(asked)
    expect(first).toMatchObject({ rows: [], more: true })
    expect(queries.reduce((sum, { limit }) => sum + limit, 0)).toBeLessThanOrEqual(most)
    const pages = await follow(store, asked)
    expect(pages.flat()).toEqual([all[700]?.id])
  },
)

test('a page that is full goes on behind its last row, not where reading stopped', async () => {
  const all = Array.from({ length: 20 }, (_, n) => task(n, 'open', n % 2 === 0))
  const { store } = await stored(all)
  const { rows, more, reached } = await store.list(request({ where, limit: 3 }))
  expect([rows.map(({ row }) => row.id), more, reached]).toEqual([
    [0, 2, 4].map((n) => all[n]?.id),
    true,
    undefined,
  ])
})
