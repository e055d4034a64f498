import { expect, test } from 'vitest'
import { listAudit } from '../../shared/api/routes/audit.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { newPerson } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

const everything = {
  title: 'Sign the lease 🖋️',
  description: '**Now**\n\n- [ ] with Ana\n- مرحبا',
  status: 'in_progress',
  priority: 'high',
  due: { dateTime: '2030-03-31T02:30', zone: 'Europe/Madrid' },
  start: { date: '2030-03-01' },
  estimateMinutes: 90,
  tags: ['law', 'δ'],
  reminders: [
    { relativeTo: 'due', minutesBefore: 60 },
    { dateTime: '2030-03-30T08:00', zone: 'Asia/Tokyo', for: 'me' },
  ],
}

test('a task keeps every field to the letter, gets a human id, and reads the same by either', async () => {
  const team = await newTeam()
  const { api, id: me } = team.owner
  const { workspaceId, projectId } = team
  const made = await api.ok(tasks.createTask, {
    params: { workspaceId, projectId },
    body: { ...everything, assigneeIds: [me] },
  })
  const { reminders, start, ...rest } = everything
  expect(made.body).toMatchObject({
    ...rest,
    assigneeIds: [me],
    createdBy: me,
    key: 'OPS-1',
    completedAt: null,
  })
  // A day without a zone takes the workspace's; 02:30 does not exist on that day and moves forward by the gap.
  expect(made.body.start).toEqual({ date: '2030-03-01', zone: 'Europe/Madrid' })
  expect(made.body.dueAt).toBe('2030-03-31T01:30:00.000Z')
  expect(made.body.reminders).toMatchObject([
    { relativeTo: 'due', minutesBefore: 60, userId: null },
    { dateTime: '2030-03-30T08:00', zone: 'Asia/Tokyo', userId: me },
  ])
  const params = { workspaceId, taskId: made.body.id }
  expect(made.headers.get('location')).toBe(`/v1/workspaces/${workspaceId}/tasks/${made.body.id}`)
  const read = await api.ok(tasks.getTask, { params })
  expect(read.body).toEqual(made.body)
  expect(read.headers.get('etag')).toBe(made.headers.get('etag'))
  const { status } = await api.send(tasks.getTask, {
    params,
    headers: { 'if-none-match': String(read.headers.get('etag')) },
  })
  expect(status).toBe(304)
  const sparse = await api.send(tasks.getTask, { params, query: { fields: 'id,title' } })
  expect(sparse.body).toEqual({ id: made.body.id, title: everything.title })
  await soon(async () => {
    const found = await api.ok(tasks.findTask, { params: { workspaceId, key: 'OPS-1' } })
    expect(found.body).toEqual({ id: made.body.id, key: 'OPS-1' })
  })
  await api.refused('not-found', tasks.findTask, { params: { workspaceId, key: 'OPS-2' } })
})

test('a task with a title alone has the defaults of the requirement', async () => {
  const team = await newTeam()
  expect(await team.addTask({ title: 'Bare' })).toMatchObject({
    description: '',
    status: 'open',
    priority: 'none',
    due: null,
    dueAt: null,
    start: null,
    estimateMinutes: null,
    assigneeIds: [],
    tags: [],
    reminders: [],
    version: 1,
  })
})

test('a merge patch changes what it names, clears with null, and the history tells it from and to', async () => {
  const team = await newTeam()
  const { api, id: me } = team.owner
  const { id } = await team.addTask({ title: 'Draft', due: { date: '2030-05-01' }, tags: ['old'] })
  const params = { workspaceId: team.workspaceId, taskId: id }
  const first = await api.ok(tasks.editTask, {
    params,
    body: { title: 'Final', due: null, tags: ['new'], priority: 'urgent' },
  })
  expect(first.body).toMatchObject({ title: 'Final', due: null, dueAt: null, tags: ['new'], version: 2 })
  expect(first.headers.get('etag')).toBe('"2"')
  const same = await api.ok(tasks.editTask, { params, body: { title: 'Final' } })
  expect(same.body).toEqual(first.body)
  await api.ok(tasks.completeTask, { params, body: {} })
  await soon(async () => {
    const { items } = (await api.ok(tasks.listTaskHistory, { params })).body
    const told = items.map((entry) => [entry.type, 'taskVersion' in entry && entry.taskVersion, entry.by])
    expect(told).toEqual([
      ['task.changed', 3, me],
      ['task.changed', 2, me],
      ['task.created', 1, me],
    ])
    expect(items[1]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'title', from: 'Draft', to: 'Final' },
        { field: 'due', from: { date: '2030-05-01', zone: 'Europe/Madrid' }, to: null },
        { field: 'tags', from: ['old'], to: ['new'] },
        { field: 'priority', from: 'none', to: 'urgent' },
      ]),
    )
    expect(items[1]?.changes).toHaveLength(4)
  })
})

test('the events of a workspace are numbered without a gap', async () => {
  const team = await newTeam()
  const { api } = team.owner
  const made = await Promise.all(
    Array.from({ length: 8 }, (_, index) => team.addTask({ title: `Task ${index}` })),
  )
  await Promise.all(
    made.map(({ id }) =>
      api.ok(tasks.completeTask, { params: { workspaceId: team.workspaceId, taskId: id }, body: {} }),
    ),
  )
  await soon(async () => {
    const histories = await Promise.all(
      made.map(({ id }) =>
        api.ok(tasks.listTaskHistory, { params: { workspaceId: team.workspaceId, taskId: id } }),
      ),
    )
    const log = await api.ok(listAudit, { params: { workspaceId: team.workspaceId } })
    const ofTasks = histories.flatMap(({ body }) => body.items.map(({ sequence }) => sequence))
    expect(ofTasks).toHaveLength(16)
    const numbers = [...ofTasks, ...log.body.items.map(({ sequence }) => sequence)]
    expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1))
  })
})

test('completing closes a task once; reopening clears when it was completed', async () => {
  const team = await newTeam()
  const { api } = team.owner
  const { id } = await team.addTask({ title: 'Close me' })
  const params = { workspaceId: team.workspaceId, taskId: id }
  const done = await api.ok(tasks.completeTask, { params, body: {} })
  expect(done.body).toMatchObject({ status: 'done', completedAt: expect.any(String), version: 2 })
  expect((await api.ok(tasks.completeTask, { params, body: {} })).body).toEqual(done.body)
  const reopened = await api.ok(tasks.editTask, { params, body: { status: 'open' } })
  expect(reopened.body).toMatchObject({ status: 'open', completedAt: null })
})

test('a deleted task is gone from everywhere but the trash, and deleting it again answers 404', async () => {
  const team = await newTeam()
  const { api } = team.owner
  const { workspaceId, projectId } = team
  const { id } = await team.addTask({ title: 'Delete me' })
  const params = { workspaceId, taskId: id }
  const stale = { params, headers: { 'if-match': '"7"' } }
  await api.refused('precondition-failed', tasks.deleteTask, stale)
  await api.ok(tasks.deleteTask, { params, headers: { 'if-match': '"1"' } })
  await api.refused('not-found', tasks.deleteTask, { params })
  const { body } = await api.ok(tasks.getTask, { params })
  expect(Date.parse(body.purgeAt ?? '') - Date.parse(body.trashedAt ?? '')).toBe(30 * 86_400_000)
  await api.refused('not-found', tasks.editTask, { params, body: { title: 'Back' } })
  await api.refused('not-found', tasks.completeTask, { params, body: {} })
  await soon(async () => {
    const history = await api.ok(tasks.listTaskHistory, { params })
    expect(history.body.items[0]?.type).toBe('task.deleted')
    const list = await api.ok(tasks.listProjectTasks, { params: { workspaceId, projectId } })
    expect(list.body.items).toEqual([])
  })
})

test('members edit their own and what is assigned to them; guests see what is assigned to them alone', async () => {
  const [team, member, guest] = await Promise.all([newTeam(), newPerson('Mem'), newPerson('Gus')])
  await Promise.all([team.admit(member, 'member'), team.admit(guest, 'guest')])
  const { workspaceId } = team
  const foreign = await team.addTask({ title: 'Of the owner' })
  const shared = await team.addTask({ title: 'Shared', assigneeIds: [member.id, guest.id] })
  const paramsOf = ({ id }: { id: string }) => ({ workspaceId, taskId: id })
  const body = { priority: 'low' }
  await member.api.ok(tasks.editTask, { params: paramsOf(shared), body })
  const read = await member.api.ok(tasks.getTask, { params: paramsOf(foreign) })
  expect(read.body.allowedActions).toEqual(['task.read', 'task.create'])
  await member.api.refused('forbidden', tasks.editTask, { params: paramsOf(foreign), body })
  await member.api.refused('forbidden', tasks.deleteTask, { params: paramsOf(foreign) })
  await guest.api.ok(tasks.getTask, { params: paramsOf(shared) })
  await guest.api.refused('forbidden', tasks.editTask, { params: paramsOf(shared), body })
  await guest.api.refused('not-found', tasks.getTask, { params: paramsOf(foreign) })
  await guest.api.refused('not-found', tasks.editTask, { params: paramsOf(foreign), body })
  const mine = { params: { workspaceId, userId: '@me' } }
  await soon(async () => {
    const { items } = (await guest.api.ok(tasks.listAssignedTasks, mine)).body
    expect(items.map(({ title }) => title)).toEqual(['Shared'])
  })
})
