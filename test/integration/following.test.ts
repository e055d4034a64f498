import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProject } from '../../shared/api/routes/projects.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import { statuses } from '../../shared/api/schemas/task.ts'
import type { ListOwner, ListRequest } from '../../shared/domain/ports.ts'
import { revise, trash } from '../../shared/domain/tasks/edit.ts'
import type { Task } from '../../shared/domain/tasks/task.ts'
import { type App, type Someone, startApp } from '../support/app.ts'
import { aTask, idOf, minutes } from '../unit/domain/support/builders.ts'

let app: App
let owner: Someone
let workspaceId: string
let projectId: string

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga Owner')
  const workspace = await app.call(owner, createWorkspace, { body: { name: 'Acme', zone: 'Europe/Madrid' } })
  workspaceId = workspace.body.id
  const project = await app.call(owner, createProject, {
    params: { workspaceId },
    body: { name: 'Operations', key: 'OPS' },
  })
  projectId = project.body.id
})
afterAll(() => app.close())

const editor = (at: number) => ({ userId: owner.userId, now: minutes(at), zone: 'UTC' })
let last = 100
/** A task in the workspace, under others from the top down. */
const put = async (name: string, changes: Partial<Task> = {}, ...above: string[]): Promise<Task> => {
  last += 1
  const ancestorIds = above.map((one) => idOf('task', one))
  const place = { parentId: ancestorIds.at(-1) ?? null, ancestorIds }
  const ids = { id: idOf('task', name), workspaceId, projectId, key: `OPS-${last}` }
  const task = aTask({ ...ids, ranks: { [projectId]: 'h1' }, ...place, ...changes })
  expect(await app.stores.tasks.add(task)).toEqual({ won: true })
  return task
}
const read = async (name: string): Promise<Task> => {
  const task = await app.stores.tasks.task(workspaceId, idOf('task', name))
  if (task === undefined) throw new Error(`no task ${name}`)
  return task
}
const write = async (name: string, change: (task: Task) => Task) =>
  expect(await app.stores.tasks.replace(change(await read(name)))).toEqual({ won: true })
const list = async (of: ListOwner, changes: Partial<ListRequest> = {}): Promise<string[]> => {
  const request = {
    workspaceId,
    of,
    life: 'active',
    statuses,
    sort: 'created',
    descending: false,
    limit: 50,
  } as const
  const { rows } = await app.stores.tasks.list({ ...request, ...changes })
  return rows.map(({ row }) => row.id)
}

describe('links', () => {
  const further = idOf('project', 'further')
  const everywhere = () => ({ assigneeIds: [owner.userId], ranks: { [projectId]: 'h2', [further]: 'h1' } })
  const owners = (): ListOwner[] => [
    { assigneeId: owner.userId },
    { projectId: further },
    { parentId: idOf('task', 'above') },
  ]

  test('of every kind find the task in the state of its life that is asked for', async () => {
    await put('above')
    const { id } = await put('linked', everywhere(), 'above')
    const found = async () => {
      await app.drain()
      const lives = ['active', 'archived', 'trashed'] as const
      return Promise.all(
        owners().map(async (of) =>
          (await Promise.all(lives.map((life) => list(of, { life })))).flatMap((ids, n) =>
            ids.includes(id) ? [lives[n]] : [],
          ),
        ),
      )
    }
    expect(await found()).toEqual([['active'], ['active'], ['active']])
    await write('linked', (task) =>
      revise(task, { archivedAt: minutes(1), archivedWith: task.id }, editor(1)),
    )
    expect(await found()).toEqual([['archived'], ['archived'], ['archived']])
    await write('linked', (task) => trash(task, editor(2)))
    expect(await found()).toEqual([['trashed'], ['trashed'], ['trashed']])
    const nowhere = { assigneeIds: [], ranks: { [projectId]: 'h2' }, parentId: null, ancestorIds: [] }
    await write('linked', (task) => revise(task, nowhere, editor(3)))
    expect(await found()).toEqual([[], [], []])
  })

  test('of a project stand in the order given there, beside no order of an assignee', async () => {
    const ids: string[] = []
    for (const [n, rank] of ['h3', 'h1', 'h2', 'h1V'].entries()) {
      const place = { ranks: { [projectId]: `h${n + 4}`, [further]: rank }, assigneeIds: [owner.userId] }
      ids.push((await put(`ranked ${n}`, place)).id)
    }
    await app.drain()
    const [first, second, third, fourth] = ids
    const order = [second, fourth, third, first]
    expect(await list({ projectId: further }, { sort: 'rank' })).toEqual(order)
    expect(await list({ projectId: further }, { sort: 'rank', descending: true })).toEqual(order.reverse())
    expect((await list({ projectId }, { sort: 'rank' })).filter((id) => ids.includes(id))).toEqual(ids)
    expect(await list({ assigneeId: owner.userId }, { sort: 'rank' })).toEqual([])
  })
})

describe('a family', () => {
  const lies = async (...names: string[]) =>
    Promise.all(names.map(async (name) => (await read(name)).trashedAt !== null))
  const total = async () => (await app.stores.records.statistics(workspaceId, projectId)).total

  test('goes into the trash and comes back, counted and added up right all the way', async () => {
    await app.drain()
    const before = await total()
    await put('top')
    await put('middle', { estimateMinutes: 20 }, 'top')
    for (const n of [0, 1, 2]) await put(`leaf ${n}`, { estimateMinutes: 5 }, 'top', 'middle')
    await write('leaf 0', (task) => trash(task, editor(1)))
    await app.drain()
    const rollup = async () => app.stores.records.rollup(workspaceId, idOf('task', 'top'))
    expect(await rollup()).toMatchObject({ subtasks: 3, estimateMinutes: 30 })
    expect(await total()).toBe(before + 4)

    await write('top', (task) => trash(task, editor(2)))
    await app.drain()
    expect(await lies('top', 'middle', 'leaf 0', 'leaf 1', 'leaf 2')).toEqual([true, true, true, true, true])
    expect([await total(), (await rollup()).subtasks]).toEqual([before, 0])

    await write('top', (task) => revise(task, { trashedAt: null, trashedWith: null }, editor(3)))
    await app.drain()
    expect(await lies('top', 'middle', 'leaf 0', 'leaf 1', 'leaf 2')).toEqual([
      false,
      false,
      true,
      false,
      false,
    ])
    expect(await rollup()).toMatchObject({ subtasks: 3, estimateMinutes: 30 })
    expect(await total()).toBe(before + 4)
  })

  test('is found page by page in one order, with each subtask once', async () => {
    await put('many')
    const ids = new Set<string>()
    for (let n = 0; n < 9; n++) ids.add((await put(`child ${n}`, {}, 'many')).id)
    await app.drain()
    const found: string[] = []
    let after: string | undefined
    do {
      const { items, more } = await app.stores.tasks.children(workspaceId, idOf('task', 'many'), 4, after)
      found.push(...items)
      after = more ? items.at(-1) : undefined
    } while (after !== undefined)
    expect(found).toHaveLength(9)
    expect(new Set(found)).toEqual(ids)
  })
})

describe('through the routes', () => {
  const create = (body: unknown) =>
    app.call(owner, tasks.createTask, { params: { workspaceId, projectId }, body })

  test('a task that recurs has its next occurrence a moment after it is completed, once', async () => {
    const due = { dateTime: '2031-03-28T09:00', zone: 'Europe/Madrid' }
    const recurrence = { rule: 'FREQ=DAILY;INTERVAL=2' }
    const { body: made } = await create({
      title: 'Water the plants',
      due,
      recurrence,
      assigneeIds: [owner.userId],
    })
    const params = { workspaceId, taskId: made.id }
    const done = await app.call(owner, tasks.completeTask, { params, body: {} })
    await app.call(owner, tasks.completeTask, { params, body: {} })
    await app.drain()
    const { successorId } = done.body
    const next = await app.call(owner, tasks.getTask, { params: { workspaceId, taskId: successorId } })
    expect(next.body).toMatchObject({
      title: 'Water the plants',
      status: 'open',
      due: { dateTime: '2031-03-30T09:00', zone: 'Europe/Madrid' },
      // The clocks have changed that night.
      dueAt: '2031-03-30T07:00:00.000Z',
      recurrence: { number: 2 },
      successorId: null,
    })
    const listed = await list({ projectId }, { statuses: ['open'], limit: 100 })
    expect(listed.filter((id) => id === successorId)).toHaveLength(1)
    expect(await app.stores.tasks.idOf(workspaceId, next.body.key)).toBe(successorId)
  })

  test('metadata come back to the letter', async () => {
    const metadata = {
      numbers: [0, -1.5, 1e-129, 2 ** 53 - 1, 1 - 2 ** 53, 0.1 + 0.2],
      texts: ['', ' ', '語🧾', 'ה\u200f', '\u0001\t\n'],
      'a name with / and ~ and .': { empty: {}, list: [], nothing: null, deep: [[[[[{ x: true }]]]]] },
    }
    const { status, body } = await create({ title: 'Metadata', metadata })
    expect(status).toBe(201)
    const { body: stored } = await app.call(owner, tasks.getTask, {
      params: { workspaceId, taskId: body.id },
    })
    expect(stored.metadata).toEqual(metadata)
    const patch = { texts: null, 'a name with / and ~ and .': { empty: null, list: [1] } }
    const edited = await app.call(owner, tasks.editTask, {
      params: { workspaceId, taskId: body.id },
      body: { metadata: patch },
    })
    expect(edited.body.metadata).toEqual({
      numbers: metadata.numbers,
      'a name with / and ~ and .': { list: [1], nothing: null, deep: [[[[[{ x: true }]]]]] },
    })
  })
})
