import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  lifeStates,
  priorities,
  type Sort,
  type Status,
  sorts,
  statuses,
} from '../../../../shared/api/schemas/task.ts'
import { taskStore } from '../../../../shared/data/stores/tasks.ts'
import type { Item } from '../../../../shared/data/tablePort.ts'
import { derivedSeed, makeId } from '../../../../shared/domain/ids.ts'
import type { ListRequest } from '../../../../shared/domain/ports.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import {
  aTask,
  idOf,
  iso,
  minutes,
  projectId,
  start,
  userOf,
  workspaceId,
} from '../../domain/support/builders.ts'
import { memoryTable } from '../support/memoryTable.ts'

const task = (n: number, changes: Partial<Task> = {}): Task =>
  aTask({
    id: makeId('task', start + n * 1000, derivedSeed(`t${n}`)),
    updatedAt: minutes((n * 7) % 13),
    ...changes,
  })
const someTasks = fc
  .array(
    fc.record({
      status: fc.constantFrom(...statuses),
      priority: fc.constantFrom(...priorities),
      due: fc.option(fc.integer({ min: 0, max: 40 })),
      trashed: fc.boolean(),
      archived: fc.boolean(),
      rank: fc.constantFrom('h1', 'h2', 'h2V', 'h3'),
    }),
    { maxLength: 25 },
  )
  .map((all) =>
    all.map(({ status, priority, due, trashed, archived, rank }, n) =>
      task(n, {
        status,
        priority,
        due: due === null ? null : { dateTime: minutes(due).slice(0, 16), zone: 'UTC' },
        trashedAt: trashed ? iso(start) : null,
        archivedAt: archived ? iso(start) : null,
        ranks: { [projectId]: rank },
      }),
    ),
  )

const request = (changes: Partial<ListRequest> = {}): ListRequest => ({
  workspaceId,
  of: { projectId },
  life: 'active',
  statuses,
  sort: 'created',
  descending: false,
  limit: 5,
  ...changes,
})
const stored = async (all: readonly Task[], pageSize?: number) => {
  const { table, queries } = memoryTable(pageSize)
  const store = taskStore(table)
  for (const one of all) await store.add(one)
  return { store, queries }
}
const rank: Record<Sort, (one: Task) => string> = {
  due: ({ dueAt }) => dueAt ?? '9',
  priority: ({ priority }) => String(priorities.indexOf(priority)),
  created: () => '',
  updated: ({ updatedAt }) => updatedAt,
  rank: ({ ranks }) => String(ranks[projectId]),
}
/** The trash comes before the archive: what lies in both is in the trash. */
const isIn: Record<ListRequest['life'], (one: Task) => boolean> = {
  active: ({ trashedAt, archivedAt }) => trashedAt === null && archivedAt === null,
  archived: ({ trashedAt, archivedAt }) => trashedAt === null && archivedAt !== null,
  trashed: ({ trashedAt }) => trashedAt !== null,
}
/** What a list has to hold, in its order, worked out from the tasks themselves. */
const wanted = (all: readonly Task[], asked: ListRequest): string[] => {
  const { statuses: some, sort, descending, dueFrom, dueBefore } = asked
  const place = (one: Task) => `${rank[sort](one)}#${one.id}`
  return all
    .filter((one) => isIn[asked.life](one) && some.includes(one.status))
    .filter(({ dueAt }) => (dueFrom ?? dueBefore) === undefined || dueAt !== null)
    .filter(({ dueAt }) => dueFrom === undefined || String(dueAt) >= dueFrom)
    .filter(({ dueAt }) => dueBefore === undefined || String(dueAt) < dueBefore)
    .sort((a, b) => (place(a) < place(b) ? -1 : 1) * (descending ? -1 : 1))
    .map(({ id }) => id)
}

describe('a list', () => {
  const asked = fc.record({
    statuses: fc.subarray([...statuses], { minLength: 1 }),
    life: fc.constantFrom(...lifeStates),
    sort: fc.constantFrom(...sorts),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 8 }),
    bounds: fc.option(
      fc.record(
        {
          dueFrom: fc.integer({ min: 0, max: 40 }).map(minutes),
          dueBefore: fc.integer({ min: 0, max: 40 }).map(minutes),
        },
        { requiredKeys: [] },
      ),
    ),
  })

  test('followed page by page holds what it should, in order, each once, wherever DynamoDB cuts', async () => {
    const pageSize = fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY)
    await fc.assert(
      fc.asyncProperty(someTasks, asked, pageSize, async (all, { bounds, ...query }, size) => {
        const bounded = bounds === null ? {} : { ...bounds, sort: 'due' as const }
        const given = request({ ...query, ...bounded })
        fc.pre((given.dueFrom ?? '') <= (given.dueBefore ?? '9'))
        // A page cut to one item that is then left out would be empty; DynamoDB's megabyte holds seventy rows.
        fc.pre(size > 1 || given.dueFrom === undefined)
        const { store } = await stored(all, size)
        const found: string[] = []
        let position: string | undefined
        do {
          const { rows, more } = await store.list({ ...given, position })
          expect(rows.length).toBeLessThanOrEqual(given.limit)
          expect(more && rows.length === 0).toBe(false)
          found.push(...rows.map(({ row }) => row.id))
          position = more ? rows.at(-1)?.position : undefined
        } while (position !== undefined)
        expect(found).toEqual(wanted(all, given))
      }),
      { numRuns: 400 },
    )
  })

  test('goes on where it was although what it stopped at is gone', async () => {
    const all = Array.from({ length: 6 }, (_, n) => task(n))
    const { store } = await stored(all)
    const { rows } = await store.list(request({ limit: 3 }))
    const { store: later } = await stored(all.filter(({ id }) => id !== rows[2]?.row.id))
    const rest = await later.list(request({ limit: 3, position: rows[2]?.position }))
    expect(rest.rows.map(({ row }) => row.id)).toEqual(all.slice(3).map(({ id }) => id))
  })

  test.each(['2199-12-31T00:00:00.000Z', '9000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])(
    'bounded by %s leaves out what has no due date',
    async (bound) => {
      const { store } = await stored([task(1), task(2, { due: { date: '2026-12-01', zone: 'UTC' } })])
      for (const descending of [false, true]) {
        const { rows } = await store.list(request({ sort: 'due', dueBefore: bound, descending }))
        expect(rows.map(({ row }) => row.due)).toEqual([{ date: '2026-12-01', zone: 'UTC' }])
      }
      expect((await store.list(request({ sort: 'due', dueFrom: bound }))).rows).toEqual([])
    },
  )

  test('asks as many questions as statuses, however many tasks there are', async () => {
    const { store, queries } = await stored(Array.from({ length: 300 }, (_, n) => task(n)))
    await store.list(request({ statuses: ['open', 'done'] as Status[], limit: 2 }))
    expect(queries).toHaveLength(2)
    for (const { limit } of queries) expect(limit).toBeLessThanOrEqual(3)
  })
})

describe('a stored task', () => {
  test('is found by its whole id only, in its own workspace only', async () => {
    const { store } = await stored([task(1)])
    const { id } = task(1)
    expect(await store.task(workspaceId, id)).toEqual(task(1))
    const otherTime = makeId('task', start, derivedSeed('t1'))
    expect(otherTime.slice(-16)).toBe(id.slice(-16))
    expect(await store.task(workspaceId, otherTime)).toBeUndefined()
    expect((await store.madeAs(workspaceId, otherTime))?.id).toBe(id)
    expect(await store.task(idOf('workspace', 'other'), id)).toBeUndefined()
  })

  test('in the trash is in the list of the trash alone and in no sweep, and is dropped thirty days later', async () => {
    const { table, items } = memoryTable()
    const reminder = { id: idOf('reminder', 'a'), userId: null, dateTime: '2026-12-01T09:00', zone: 'UTC' }
    const store = taskStore(table)
    await store.add(task(1, { reminders: [reminder] }))
    expect(Object.keys([...items.values()][0] ?? {})).toEqual(
      expect.arrayContaining(['list', 'reminderShard']),
    )
    await store.replace(
      task(1, { reminders: [reminder], trashedAt: iso(start), remindAt: null, revision: 2 }),
    )
    const [item = {}] = [...items.values()] as Record<string, unknown>[]
    expect(Object.keys(item).filter((name) => /reminder(Shard|Key)$/.test(name))).toEqual([])
    const found = await Promise.all(lifeStates.map((life) => store.list(request({ life }))))
    expect(found.map(({ rows }) => rows.length)).toEqual([0, 0, 1])
    expect(item.ttl).toBe(start / 1000 + 30 * 86_400)
  })

  test('in the archive is kept for good, in lists of its own and in no sweep', async () => {
    const { table, items } = memoryTable()
    const store = taskStore(table)
    await store.add(task(1, { archivedAt: iso(start) }))
    const [item = {}] = [...items.values()] as Record<string, unknown>[]
    expect([item.ttl, item.reminderShard]).toEqual([undefined, undefined])
    const found = await Promise.all(lifeStates.map((life) => store.list(request({ life }))))
    expect(found.map(({ rows }) => rows.length)).toEqual([0, 1, 0])
  })

  test('of before a field came up has it empty, and comes first in its project', async () => {
    const { table, items } = memoryTable()
    const store = taskStore(table)
    await store.add(task(1))
    const [[name, item] = ['', {}]] = [...items]
    const later = [
      'ranks',
      'recurrence',
      'metadata',
      'customFields',
      'checklist',
      'links',
      'cause',
      'archivedAt',
    ]
    items.set(name, Object.fromEntries(Object.entries(item).filter(([one]) => !later.includes(one))) as Item)
    const { ranks, ...old } = (await store.task(workspaceId, task(1).id)) as Task
    const { ranks: fresh, ...whole } = task(1)
    expect(old).toEqual(whole)
    expect(String(ranks[projectId]) < String(fresh[projectId])).toBe(true)
  })

  test('is replaced by nobody who has not seen it as it is', async () => {
    const { store } = await stored([task(1)])
    const next = { ...task(1), title: 'x', revision: 2 }
    expect(await store.replace({ ...next, revision: 3 })).toEqual({ won: false, present: task(1) })
    expect(await store.replace(next)).toEqual({ won: true })
    expect(await store.replace(next)).toEqual({ won: false, present: next })
  })

  test('is renumbered only from the human id that was seen', async () => {
    const { store } = await stored([task(1)])
    expect(await store.renumber(task(1), 'OPS-7')).toEqual({ won: true })
    const lost = await store.renumber(task(1), 'OPS-8')
    expect(lost).toMatchObject({ won: false, present: { key: 'OPS-7', revision: 2, version: 1 } })
  })

  test('of many is put with the others or not at all', async () => {
    const { store } = await stored([task(1)])
    expect(await store.addAll([task(2), task(1), task(3)])).toBe(false)
    expect(await store.task(workspaceId, task(2).id)).toBeUndefined()
    const all = Array.from({ length: 100 }, (_, n) => task(n + 2))
    expect(await store.addAll(all)).toBe(true)
    for (const one of all) expect(await store.task(workspaceId, one.id)).toEqual(one)
  })

  test('claims a number once; the last one is the highest', async () => {
    const { store } = await stored([])
    expect(await store.lastNumber(workspaceId, projectId)).toBe(0)
    for (const number of [9, 10, 2]) expect(await store.claimNumber(task(1), number)).toBe(true)
    expect(await store.claimNumber(task(1), 10)).toBe(true)
    expect(await store.claimNumber(task(2), 10)).toBe(false)
    expect(await store.lastNumber(workspaceId, projectId)).toBe(10)
    expect(userOf('ana')).toHaveLength(36)
  })
})
