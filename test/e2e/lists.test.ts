import { beforeAll, expect, test } from 'vitest'
import { getProjectStatistics, getStatistics } from '../../shared/api/routes/projects.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { priorities, statuses, type TaskReply, type TaskRow } from '../../shared/api/schemas/task.ts'
import { newPerson, type Person } from '../support/e2e/people.ts'
import { newTeam, soon, type Team } from '../support/e2e/team.ts'

/** Every status with every priority, some due on days or at times, some assigned. */
const count = statuses.length * priorities.length
const drafts = (assignee: Person) =>
  Array.from({ length: count }, (_, index) => ({
    title: `Task ${index}`,
    status: statuses[index % statuses.length],
    priority: priorities[Math.floor(index / statuses.length)],
    due:
      index % 3 === 0
        ? null
        : index % 3 === 1
          ? { date: `2031-01-${String(28 - index).padStart(2, '0')}`, zone: 'UTC' }
          : { dateTime: `2031-01-${String(index + 1).padStart(2, '0')}T12:00`, zone: 'UTC' },
    assigneeIds: index % 2 === 0 ? [assignee.id] : [],
  }))

let team: Team
let assignee: Person
let all: TaskReply[]
/** The same list for everybody: a project, or what is assigned to somebody. */
let sources: { name: string; read: typeof readPage; expected: TaskReply[] }[]

type Page = { items: TaskRow[]; next?: string | undefined }
let readPage: (query: Record<string, string>) => Promise<Page>

beforeAll(async () => {
  ;[team, assignee] = await Promise.all([newTeam(), newPerson('Assignee')])
  await team.admit(assignee, 'member')
  all = []
  // One after another, so that the times of creation differ and have an order.
  for (const draft of drafts(assignee)) all.push(await team.addTask(draft))
  const { workspaceId, projectId } = team
  const inProject = { workspaceId, projectId }
  const ofAssignee = { workspaceId, userId: assignee.id }
  const { api } = team.owner
  readPage = async (query) => (await api.ok(tasks.listProjectTasks, { params: inProject, query })).body
  sources = [
    { name: 'project', read: readPage, expected: all },
    {
      name: 'assignee',
      read: async (query) => (await api.ok(tasks.listAssignedTasks, { params: ofAssignee, query })).body,
      expected: all.filter(({ assigneeIds }) => assigneeIds.includes(assignee.id)),
    },
  ]
  await soon(async () => {
    for (const { read, expected } of sources) {
      expect((await read({ limit: '100' })).items).toHaveLength(expected.length)
    }
  })
})

/** Follows `next` to the end, as a client does. */
async function wholeList(read: typeof readPage, query: Record<string, string>): Promise<TaskRow[]> {
  const rows: TaskRow[] = []
  let next: Record<string, string> | undefined = query
  while (next !== undefined) {
    const page: Page = await read(next)
    expect(page.items.length).toBeLessThanOrEqual(Number(query.limit ?? 50))
    rows.push(...page.items)
    next =
      page.next === undefined ? undefined : Object.fromEntries(new URL(page.next, 'http://x').searchParams)
  }
  return rows
}

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)
const rank = (row: TaskRow): number => priorities.indexOf(row.priority)
const at = (time: string | null): number => (time === null ? Number.POSITIVE_INFINITY : Date.parse(time))

/** What makes a list sorted, ascending: each pair of neighbours in order. Ties are in any order. */
const values: Record<string, (row: TaskRow) => number> = {
  due: ({ dueAt }) => at(dueAt),
  priority: rank,
  created: ({ createdAt }) => at(createdAt),
  updated: ({ createdAt }) => at(createdAt),
}

test.each(Object.keys(values))(
  'sorted by %s, up and down, in one page and in pages of 4: whole, no repeats, in order',
  async (sort) => {
    const value = values[sort] ?? rank
    for (const { read, expected, name } of sources) {
      for (const direction of ['asc', 'desc']) {
        const one = await wholeList(read, { sort, direction, limit: '100' })
        const many = await wholeList(read, { sort, direction, limit: '4' })
        expect(ids(many), `${name} ${direction}`).toEqual(ids(one))
        expect(ids(one).sort()).toEqual(ids(expected).sort())
        const dated = one.map(value).filter((number) => Number.isFinite(number))
        expect(dated).toEqual([...dated].sort((a, b) => (direction === 'asc' ? a - b : b - a)))
      }
    }
  },
)

test.each(
  statuses
    .map((status) => [status])
    .concat([
      ['open', 'done'],
      ['blocked', 'cancelled', 'in_progress'],
    ]),
)('filtered by status %s %s %s: those and no others', async (...wanted) => {
  const status = wanted.filter(Boolean).join(',')
  for (const { read, expected } of sources) {
    const rows = await wholeList(read, { status, limit: '3' })
    const right = expected.filter((task) => status.split(',').includes(task.status))
    expect(ids(rows).sort()).toEqual(ids(right).sort())
  }
})

test('bounded by due: from is included, before is not; what has no due date is out', async () => {
  const dated = all.filter(({ dueAt }) => dueAt !== null).sort((a, b) => at(a.dueAt) - at(b.dueAt))
  const from = dated[3]?.dueAt ?? ''
  const before = dated[9]?.dueAt ?? ''
  const query = { sort: 'due', dueFrom: from, dueBefore: before, limit: '2' }
  for (const { read, expected } of sources) {
    const right = expected.filter(({ dueAt }) => at(dueAt) >= at(from) && at(dueAt) < at(before))
    expect(ids(await wholeList(read, query)).sort()).toEqual(ids(right).sort())
  }
})

test('a row is the task as it reads by id, without what only the task itself shows', async () => {
  const [row] = (await readPage({ limit: '1' })).items
  const task = all.find(({ id }) => id === row?.id)
  expect(task).toMatchObject(row ?? {})
})

test('statistics equal a count over the list', async () => {
  const { workspaceId, projectId } = team
  const { api } = team.owner
  const rows = await wholeList(readPage, { limit: '100' })
  const counted = (names: readonly string[], of: (row: TaskRow) => string) =>
    Object.fromEntries(names.map((name) => [name, rows.filter((row) => of(row) === name).length]))
  const expected = {
    total: rows.length,
    byStatus: counted(statuses, ({ status }) => status),
    byPriority: counted(priorities, ({ priority }) => priority),
  }
  await soon(async () => {
    expect((await api.ok(getStatistics, { params: { workspaceId } })).body).toEqual(expected)
    expect((await api.ok(getProjectStatistics, { params: { workspaceId, projectId } })).body).toEqual(
      expected,
    )
  })
})

test('a cursor serves the query and the person it was given to, and no other', async () => {
  const { workspaceId, projectId } = team
  const params = { workspaceId, projectId }
  const { next } = await readPage({ limit: '5', sort: 'due' })
  const cursor = new URL(String(next), 'http://x').searchParams.get('cursor') ?? ''
  const { api } = team.owner
  for (const query of [
    { sort: 'priority', cursor },
    { sort: 'due', status: 'open', cursor },
    { sort: 'due', cursor: `${cursor}x` },
    { sort: 'due', cursor: 'eyJhIjoxfQ' },
  ]) {
    await api.refused('invalid-cursor', tasks.listProjectTasks, { params, query })
  }
  const query = { sort: 'due', cursor }
  await assignee.api.refused('invalid-cursor', tasks.listProjectTasks, { params, query })
  await api.ok(tasks.listProjectTasks, { params, query: { ...query, limit: '7' } })
})

test.each([
  [{ sort: 'title' }, '?sort'],
  [{ status: 'finished' }, '?status'],
  [{ limit: '0' }, '?limit'],
  [{ limit: '101' }, '?limit'],
  [{ limit: 'many' }, '?limit'],
  [{ dueFrom: '2031-01-01T00:00:00.000Z' }, '?sort'],
  [{ sort: 'due', dueFrom: 'tomorrow' }, '?dueFrom'],
  [{ assignee: 'me' }, '?assignee'],
])('the query %j is refused, naming %s', async (query, pointer) => {
  const { workspaceId, projectId } = team
  const request = { params: { workspaceId, projectId }, query }
  const { errors } = await team.owner.api.refused('invalid-request', tasks.listProjectTasks, request)
  expect(errors).toEqual([{ pointer, detail: expect.any(String) }])
})
