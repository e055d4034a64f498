import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import * as projects from '../../shared/api/routes/projects.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import * as templates from '../../shared/api/routes/templates.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import { memberKey } from '../../shared/data/keys.ts'
import { type App, type Request, type Someone, startApp } from '../support/app.ts'

let app: App
let owner: Someone
let member: Someone
let guest: Someone
let workspaceId: string
let projectId: string

const call = (route: RouteDeclaration, request: Request = {}, who = owner) =>
  app.call(who, route, { ...request, params: { workspaceId, ...request.params } })
const newProject = async (key: string) =>
  String((await call(projects.createProject, { body: { name: key, key } })).body.id)

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga Owner')
  member = await app.person('Mia Member')
  guest = await app.person('Gus Guest')
  const workspace = await app.call(owner, createWorkspace, { body: { name: 'Acme', zone: 'Europe/Madrid' } })
  workspaceId = workspace.body.id
  await app.join(member, workspaceId, 'member')
  await app.join(guest, workspaceId, 'guest')
  projectId = await newProject('OPS')
})
afterAll(() => app.close())

const onboarding = () => ({
  kind: 'task',
  name: 'Onboarding',
  tasks: [
    { title: 'Welcome somebody', due: { inDays: 30 }, tags: ['people'], checklist: ['Badge', 'Keys'] },
    {
      title: 'First talk',
      parent: 0,
      due: { inDays: 1, time: '09:30' },
      reminders: [{ relativeTo: 'due', minutesBefore: 60 }],
      assigneeIds: [member.userId],
    },
    { title: 'Room', parent: 1, start: { inDays: 0 }, due: { inDays: 1, time: '09:00', zone: 'Asia/Tokyo' } },
  ],
})
const create = (body: unknown, who = owner, headers = {}) =>
  call(templates.createTemplate, { body, headers }, who)
const apply = (templateId: string, body: unknown, who = owner, headers = {}) =>
  call(templates.applyTemplate, { params: { templateId }, body, headers }, who)
const read = async (taskId: string) => (await call(tasks.getTask, { params: { taskId } })).body
const rowsOf = async (id: string) =>
  (await call(tasks.listProjectTasks, { params: { projectId: id }, query: { sort: 'rank' } })).body.items

describe('a template', () => {
  test('is created, read, listed, edited and deleted', async () => {
    const made = await create(onboarding())
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const params = { templateId: made.body.id }
    expect(made.headers.location).toBe(`/v1/workspaces/${workspaceId}/templates/${made.body.id}`)
    expect((await call(templates.getTemplate, { params })).body).toEqual(made.body)
    const { tasks: _, ...row } = made.body
    expect(row.count).toBe(3)
    expect((await call(templates.listTemplates)).body.items).toContainEqual(row)
    const edited = await call(templates.editTemplate, {
      params,
      body: { name: 'Onboarding 2' },
      headers: { 'If-Match': '"1"' },
    })
    expect(edited.body).toMatchObject({ name: 'Onboarding 2', version: 2, tasks: made.body.tasks })
    const stale = { params, body: { name: 'x' }, headers: { 'If-Match': '"1"' } }
    expect((await call(templates.editTemplate, stale)).status).toBe(412)
    const removal = (version: number) => ({ params, headers: { 'If-Match': `"${version}"` } })
    expect((await call(templates.deleteTemplate, removal(1))).status).toBe(412)
    expect((await call(templates.deleteTemplate, removal(2))).status).toBe(204)
    expect((await call(templates.getTemplate, { params })).status).toBe(404)
    expect((await apply(made.body.id, { projectId, startDate: '2027-01-01' })).status).toBe(404)
  })

  test('is created once for one Idempotency-Key', async () => {
    const key = { 'Idempotency-Key': randomUUID() }
    const [one, two] = [await create(onboarding(), owner, key), await create(onboarding(), owner, key)]
    expect(two.body).toEqual(one.body)
    expect((await create({ ...onboarding(), name: 'Other' }, owner, key)).status).toBe(422)
  })

  test.each([
    ['/tasks/0/parent', [{ title: 'a', parent: 0 }]],
    ['/tasks/1/parent', [{ title: 'a' }, { title: 'b' }]],
    [
      '/tasks/8/parent',
      Array.from({ length: 9 }, (_, n) => ({ title: 'a', parent: n === 0 ? null : n - 1 })),
    ],
    ['/tasks/0/assigneeIds/0', [{ title: 'a', assigneeIds: [randomUUID()] }]],
    ['/tasks/0/recurrence', [{ title: 'a', recurrence: { rule: 'FREQ=DAILY' } }]],
    ['/tasks/0/recurrence/rule', [{ title: 'a', due: { inDays: 0 }, recurrence: { rule: 'FREQ=NOW' } }]],
    [
      '/tasks',
      Array.from({ length: 5 }, (_, n) => ({
        title: 'a',
        description: 'x'.repeat(50_000),
        parent: n === 0 ? null : 0,
      })),
    ],
  ])('that cannot be used is refused at %s', async (pointer, list) => {
    const refused = await create({ kind: 'task', name: 'Bad', tasks: list })
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([400, pointer])
  })

  test('of eight levels is taken', async () => {
    const list = Array.from({ length: 8 }, (_, n) => ({ title: 'a', parent: n === 0 ? null : n - 1 }))
    const { body } = await create({ kind: 'task', name: 'Deep', tasks: list })
    const made = await apply(body.id, { projectId, startDate: '2027-01-01' })
    expect((await read(made.body.items[7].id)).ancestorIds).toHaveLength(7)
  })

  test('is not for guests, and edited by members only when it is their own', async () => {
    const { body } = await create(onboarding())
    const params = { templateId: body.id }
    // What one may not know of is not there.
    expect((await call(templates.getTemplate, { params }, guest)).status).toBe(404)
    expect((await create(onboarding(), guest)).status).toBe(404)
    expect((await call(templates.editTemplate, { params, body: { name: 'x' } }, member)).status).toBe(403)
    expect((await call(templates.deleteTemplate, { params }, member)).status).toBe(403)
    const own = (await create(onboarding(), member)).body.id
    const edit = { params: { templateId: own }, body: { name: 'x' } }
    expect((await call(templates.editTemplate, edit, member)).status).toBe(200)
  })

  test('of another workspace is not there', async () => {
    const { body } = await create(onboarding())
    const stranger = await app.person('Sam Stranger')
    const other = await app.call(stranger, createWorkspace, { body: { name: 'Other', zone: 'UTC' } })
    const params = { workspaceId: other.body.id, templateId: body.id }
    expect((await app.call(stranger, templates.getTemplate, { params })).status).toBe(404)
  })
})

describe('using a template', () => {
  test('makes its tasks in their places, in their order, with dates from the start date', async () => {
    const { body } = await create(onboarding())
    const into = await newProject('USE')
    const titles = { 0: 'Welcome Ana' }
    const made = await apply(body.id, { projectId: into, startDate: '2026-03-28', titles })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body.projectId).toBe(into)
    expect(made.headers.location).toBe(`/v1/workspaces/${workspaceId}/tasks/${made.body.items[0].id}`)
    const [root, talk, room] = await Promise.all(made.body.items.map(({ id }: { id: string }) => read(id)))
    expect(root).toMatchObject({
      title: 'Welcome Ana',
      key: 'USE-1',
      due: { date: '2026-04-27', zone: 'Europe/Madrid' },
      tags: ['people'],
      parentId: null,
      status: 'open',
    })
    expect(root.checklist.map(({ text, done }: { text: string; done: boolean }) => [text, done])).toEqual([
      ['Badge', false],
      ['Keys', false],
    ])
    // The clocks of Madrid go forward that night.
    expect(talk).toMatchObject({
      parentId: root.id,
      key: 'USE-2',
      due: { dateTime: '2026-03-29T09:30', zone: 'Europe/Madrid' },
      dueAt: '2026-03-29T07:30:00.000Z',
      assigneeIds: [member.userId],
    })
    expect(talk.reminders).toMatchObject([{ relativeTo: 'due', minutesBefore: 60 }])
    expect(room).toMatchObject({
      ancestorIds: [root.id, talk.id],
      start: { date: '2026-03-28', zone: 'Europe/Madrid' },
      due: { dateTime: '2026-03-29T09:00', zone: 'Asia/Tokyo' },
    })
    await app.drain()
    const titlesOf = (await rowsOf(into)).map(({ title }: { title: string }) => title)
    expect(titlesOf).toEqual(['Welcome Ana', 'First talk', 'Room'])
    const history = await call(tasks.listTaskHistory, { params: { taskId: root.id } })
    expect(history.body.items[0].cause).toEqual({ kind: 'template', templateId: body.id })
  })

  test.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2027-01-31', 31, '2027-03-03'],
    ['2026-10-24', 1, '2026-10-25'],
    ['2027-01-01', -1, '2026-12-31'],
  ])('counts by the calendar: %s and %i days are %s', async (startDate, inDays, date) => {
    const list = [{ title: 'a', due: { inDays } }]
    const { body } = await create({ kind: 'task', name: 'Day', tasks: list })
    const made = await apply(body.id, { projectId, startDate })
    expect(made.body.items[0].due).toEqual({ date, zone: 'Europe/Madrid' })
  })

  test('moves a local time that the clocks skip, and begins recurrences on their day', async () => {
    const recurrence = { rule: 'FREQ=DAILY' }
    const list = [{ title: 'a', due: { inDays: 1, time: '02:30' }, recurrence }]
    const { body } = await create({ kind: 'task', name: 'Skip', tasks: list })
    const made = await apply(body.id, { projectId, startDate: '2026-03-28' })
    expect(made.body.items[0].dueAt).toBe('2026-03-29T01:30:00.000Z')
    expect((await read(made.body.items[0].id)).recurrence.anchor).toBe('2026-03-29T02:30')
  })

  test('once for one Idempotency-Key, with the same answer after the tasks have changed', async () => {
    const { body } = await create(onboarding())
    const into = await newProject('ONCE')
    const key = { 'Idempotency-Key': randomUUID() }
    const request = { projectId: into, startDate: '2027-01-01' }
    const first = await apply(body.id, request, owner, key)
    const params = { taskId: first.body.items[1].id }
    await call(tasks.editTask, { params, body: { title: 'Changed' } })
    await call(templates.deleteTemplate, { params: { templateId: body.id } })
    await app.drain()
    const again = await apply(body.id, request, owner, key)
    expect([again.status, again.body]).toEqual([201, first.body])
    expect(await rowsOf(into)).toHaveLength(3)
    const other = await apply(body.id, { ...request, startDate: '2027-01-02' }, owner, key)
    expect(other.status).toBe(422)
  })

  test.each([
    ['/projectId', {}],
    ['/projectId', { projectId: 'own', newProject: { name: 'N', key: 'NEW' } }],
    ['/projectId', { projectId: 'prj_00000000000000000000000000' }],
    ['/newProject', { newProject: { name: 'N', key: 'NEW' } }],
    ['/titles/3', { projectId: 'own', titles: { 3: 'x' } }],
    ['/titles/00', { projectId: 'own', titles: { '00': 'x' } }],
    ['/startDate', { projectId: 'own', startDate: '2027-02-29' }],
    ['/startDate', { projectId: 'own', startDate: '2199-12-31' }],
  ])('is refused at %s for %j, and writes nothing', async (pointer, given) => {
    const { body } = await create(onboarding())
    await app.drain()
    const own = { ...given, ...('projectId' in given && given.projectId === 'own' && { projectId }) }
    const refused = await apply(body.id, { startDate: '2027-01-01', ...own })
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([400, pointer])
    expect(await app.stream.read()).toEqual([])
  })

  test('leaves out people who are no longer members', async () => {
    const stays = await create(onboarding())
    await app.table.delete(memberKey(workspaceId, member.userId), { present: true })
    const made = await apply(stays.body.id, { projectId, startDate: '2027-01-01' })
    expect(made.body.items[1].assigneeIds).toEqual([])
    await app.join(member, workspaceId, 'member')
  })
})

describe('a template of a project', () => {
  const launch = {
    kind: 'project',
    name: 'Launch',
    tasks: [{ title: 'Plan' }, { title: 'Build' }, { title: 'Test', parent: 1 }],
  }

  test('makes the project and its tasks', async () => {
    const { body } = await create(launch)
    const key = { 'Idempotency-Key': randomUUID() }
    const request = { newProject: { name: 'Launch 1', key: 'LAU' }, startDate: '2027-01-01' }
    const made = await apply(body.id, request, owner, key)
    expect(made.status).toBe(201)
    expect(made.body.items.map(({ key }: { key: string }) => key)).toEqual(['LAU-1', 'LAU-2', 'LAU-3'])
    const params = { projectId: made.body.projectId }
    expect(made.headers.location).toBe(`/v1/workspaces/${workspaceId}/projects/${params.projectId}`)
    expect((await call(projects.getProject, { params })).body.name).toBe('Launch 1')
    expect((await apply(body.id, request, owner, key)).body).toEqual(made.body)
    expect((await apply(body.id, request, owner)).status).toBe(409)
  })

  test('that was cut off behind the project is completed by the same request', async () => {
    const { body } = await create(launch)
    const key = { 'Idempotency-Key': randomUUID() }
    const request = { newProject: { name: 'Cut', key: 'CUT' }, startDate: '2027-01-01' }
    const cutting = vi.spyOn(app.stores.tasks, 'addAll').mockRejectedValueOnce(new Error('cut off'))
    const cut = await apply(body.id, request, owner, key)
    cutting.mockRestore()
    expect(cut.status).toBe(500)
    const made = await apply(body.id, request, owner, key)
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body.items).toHaveLength(3)
    await app.drain()
    expect(await rowsOf(made.body.projectId)).toHaveLength(3)
  })

  test('needs the right to create projects', async () => {
    const { body } = await create(launch)
    const request = { newProject: { name: 'No', key: 'NOPE' }, startDate: '2027-01-01' }
    expect((await apply(body.id, request, member)).status).toBe(403)
    expect((await apply(body.id, { projectId, startDate: '2027-01-01' }, member)).status).toBe(201)
  })
})

describe('a template of what exists', () => {
  const add = async (into: string, body: unknown) =>
    (await call(tasks.createTask, { params: { projectId: into }, body })).body.id
  const past = { dateTime: '2026-12-01T08:00', zone: 'Europe/Madrid' }

  test('has the task with its subtasks, dates counted from the earliest', async () => {
    const into = await newProject('SRC')
    const root = await add(into, {
      title: 'Root',
      due: past,
      reminders: [
        { relativeTo: 'due', minutesBefore: 5 },
        { dateTime: '2026-12-01T07:00', zone: 'UTC' },
      ],
      recurrence: { rule: 'FREQ=WEEKLY' },
      checklist: [{ text: 'One', done: true }],
    })
    for (const title of ['Child', 'Next', 'Last']) {
      app.clock.now += 1
      await add(into, { title, parentId: root, due: { date: '2026-11-28' } })
    }
    const gone = await add(into, { title: 'Gone', parentId: root })
    await call(tasks.deleteTask, { params: { taskId: gone } })
    await app.drain()
    const made = await create({ name: 'Copy', fromTaskId: root })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body.kind).toBe('task')
    expect(made.body.tasks).toMatchObject([
      {
        title: 'Root',
        parent: null,
        due: { inDays: 3, time: '08:00', zone: 'Europe/Madrid' },
        reminders: [{ relativeTo: 'due', minutesBefore: 5, for: 'assignees' }],
        recurrence: { rule: 'FREQ=WEEKLY' },
        checklist: ['One'],
      },
      { title: 'Child', parent: 0, due: { inDays: 0, zone: 'Europe/Madrid' } },
      { title: 'Next', parent: 0 },
      { title: 'Last', parent: 0 },
    ])
    expect(made.body.tasks[0].reminders).toHaveLength(1)
    const used = await apply(made.body.id, { projectId: into, startDate: '2028-02-26' })
    expect(used.body.items[0].due).toEqual({ dateTime: '2028-02-29T08:00', zone: 'Europe/Madrid' })
  })

  test('has the open tasks of a project in their order, each behind the one above it', async () => {
    const into = await newProject('ALL')
    const first = await add(into, { title: 'First' })
    app.clock.now += 5
    await add(into, { title: 'Second' })
    app.clock.now += 5
    await add(into, { title: 'Below first', parentId: first })
    await add(into, { title: 'Done', status: 'done' })
    const made = await create({ name: 'All', fromProjectId: into })
    const places = made.body.tasks.map(({ title, parent }: { title: string; parent: number }) => [
      title,
      parent,
    ])
    expect(places).toEqual([
      ['First', null],
      ['Below first', 0],
      ['Second', null],
    ])
  })

  test('of more than it holds is refused for what stands there, not for a field of the request', async () => {
    const into = await newProject('LARGE')
    for (let n = 0; n < 4; n++) await add(into, { title: 'Large', description: 'x'.repeat(60_000) })
    await app.drain()
    const { status, body } = await create({ name: 'x', fromProjectId: into })
    expect([status, body.errors]).toEqual([409, undefined])
    expect(body.detail).toContain('200 KB')
  })

  test('of what is absent or foreign is refused alike', async () => {
    const refusals = await Promise.all([
      create({ name: 'x', fromTaskId: 'tsk_00000000000000000000000000' }),
      create({ name: 'x', fromProjectId: 'prj_00000000000000000000000000' }),
    ])
    expect(refusals.map(({ body }) => body.errors)).toEqual([
      [{ pointer: '/fromTaskId', detail: 'must be a task of this workspace' }],
      [{ pointer: '/fromProjectId', detail: 'must be a project of this workspace' }],
    ])
    const empty = await newProject('EMPTY')
    expect((await create({ name: 'x', fromProjectId: empty })).status).toBe(409)
  })
})
