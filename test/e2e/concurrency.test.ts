import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import * as invitations from '../../shared/api/routes/invitations.ts'
import * as projects from '../../shared/api/routes/projects.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import * as workspaces from '../../shared/api/routes/workspaces.ts'
import type { TaskReply } from '../../shared/api/schemas/task.ts'
import { problemIn } from '../support/e2e/api.ts'
import { freshAddress, newPerson } from '../support/e2e/people.ts'
import { newTeam, soon, type Team } from '../support/e2e/team.ts'

let team: Team
beforeAll(async () => {
  team = await newTeam()
})

const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)))
const inProject = () => ({ workspaceId: team.workspaceId, projectId: team.projectId })
const withKey = (key: string) => ({ 'idempotency-key': key })

test('a hundred creations at once with one Idempotency-Key make one task, and each is told of it', async () => {
  const { api } = team.owner
  const request = { params: inProject(), body: { title: 'Once' }, headers: withKey(randomUUID()) }
  const replies = await times(100, () => api.send(tasks.createTask, request))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  await soon(async () => {
    const { items } = (await api.ok(tasks.listProjectTasks, { params: inProject(), query: { limit: '100' } }))
      .body
    expect(items.filter(({ title }) => title === 'Once')).toHaveLength(1)
  })
})

test('the same key replays status and body after the task has changed, refuses another payload, and is one person’s own', async () => {
  const { api } = team.owner
  const other = await newPerson('Other')
  await team.admit(other, 'member')
  const request = { params: inProject(), body: { title: 'Replay' }, headers: withKey(randomUUID()) }
  const made = await api.ok(tasks.createTask, request)
  const params = { workspaceId: team.workspaceId, taskId: made.body.id }
  await api.ok(tasks.editTask, { params, body: { title: 'Changed', priority: 'high' } })
  await soon(async () => {
    const replayed = await api.ok(tasks.createTask, request)
    expect(replayed.body).toEqual(made.body)
    expect(replayed.headers.get('location')).toBe(made.headers.get('location'))
  })
  await api.refused('idempotency-mismatch', tasks.createTask, { ...request, body: { title: 'Different' } })
  const theirs = await other.api.ok(tasks.createTask, request)
  expect(theirs.body.id).not.toBe(made.body.id)
})

test('creating a workspace, a project or an invitation twice under one key makes one', async () => {
  const person = await newPerson('Twice')
  const { api } = person
  const key = withKey(randomUUID())
  const founding = { body: { name: 'Twice' }, headers: key }
  const founded = await times(10, () => api.ok(workspaces.createWorkspace, founding))
  expect(new Set(founded.map(({ body }) => body.id)).size).toBe(1)
  const params = { workspaceId: founded[0]?.body.id ?? '' }
  const project = { params, body: { name: 'One', key: 'ONE' }, headers: key }
  const made = await times(10, () => api.ok(projects.createProject, project))
  expect(new Set(made.map(({ body }) => body.id)).size).toBe(1)
  await api.refused('idempotency-mismatch', projects.createProject, {
    ...project,
    body: { name: 'Two', key: 'TWO' },
  })
  const invitation = { params, body: { email: freshAddress('twice'), role: 'member' }, headers: key }
  const invited = await times(10, () => api.ok(invitations.invite, invitation))
  expect(new Set(invited.map(({ body }) => body.id)).size).toBe(1)
})

test.each([['é'], ['x'.repeat(256)]])('the Idempotency-Key %j is refused by name', async (key) => {
  const request = { params: inProject(), body: { title: 'Bad key' }, headers: withKey(key) }
  const { errors } = await team.owner.api.refused('invalid-request', tasks.createTask, request)
  expect(errors).toEqual([{ pointer: 'Idempotency-Key', detail: expect.any(String) }])
})

test('fifty tasks created at once have fifty human ids, and statistics count them all', async () => {
  const own = await newTeam(team.owner)
  const made = await times(50, (index) => own.addTask({ title: `At once ${index}` }))
  expect(new Set(made.map(({ key }) => key)).size).toBe(50)
  await soon(async () => {
    const params = { workspaceId: own.workspaceId }
    expect((await own.owner.api.ok(projects.getStatistics, { params })).body.total).toBe(50)
  })
})

const editUnder = (task: TaskReply, etag: string, body: object) =>
  team.owner.api.send(tasks.editTask, {
    params: { workspaceId: team.workspaceId, taskId: task.id },
    headers: { 'if-match': etag },
    body,
  })

test('fifty edits at once under one ETag: one winner for each field, and everybody else is told why', async () => {
  const task = await team.addTask({ title: 'Base', description: 'Base' })
  const fields = ['title', 'description'] as const
  const replies = await times(50, async (index) => {
    const field = fields[index % 2] ?? 'title'
    const mine = `Mine ${index}`
    return { field, mine, reply: await editUnder(task, '"1"', { [field]: mine }) }
  })
  const { body } = await team.owner.api.ok(tasks.getTask, {
    params: { workspaceId: team.workspaceId, taskId: task.id },
  })
  for (const field of fields) {
    const rivals = replies.filter((one) => one.field === field)
    const winners = rivals.filter(({ reply }) => reply.status === 200)
    expect(winners.map(({ mine }) => mine)).toEqual([body[field]])
    for (const { reply, mine } of rivals.filter((one) => !winners.includes(one))) {
      const { conflicts } = problemIn(reply, 'precondition-failed')
      expect(conflicts).toMatchObject([{ field, mine, theirs: body[field] }])
      expect(['Base', undefined]).toContain(conflicts?.[0]?.base)
    }
  }
  expect(body.version).toBe(3)
})

test('a stale edit of the same field is refused with base, mine and theirs; of another one it is merged', async () => {
  const task = await team.addTask({ title: 'Base', priority: 'low' })
  const won = await editUnder(task, '"1"', { title: 'Theirs' })
  expect(won.status).toBe(200)
  await soon(async () => {
    const lost = problemIn(
      await editUnder(task, '"1"', { title: 'Mine', priority: 'high' }),
      'precondition-failed',
    )
    expect(lost.conflicts).toEqual([{ field: 'title', base: 'Base', mine: 'Mine', theirs: 'Theirs' }])
    expect(lost.version).toBe(2)
  })
  const merged = await editUnder(task, '"1"', { priority: 'urgent' })
  expect(merged.body).toMatchObject({ title: 'Theirs', priority: 'urgent', version: 3 })
  const agreed = await editUnder(task, '"1"', { title: 'Theirs' })
  expect(agreed.status).toBe(200)
})

test.each([['1'], ['W/"1"'], ['"one"'], ['"1", "2"']])('the If-Match %s is refused by name', async (etag) => {
  const task = await team.addTask({ title: 'If-Match' })
  const refusal = problemIn(await editUnder(task, etag, { title: 'New' }), 'invalid-request')
  expect(refusal.errors).toEqual([{ pointer: 'If-Match', detail: expect.any(String) }])
})

test('a version that does not exist yet matches nothing', async () => {
  const task = await team.addTask({ title: 'Future' })
  problemIn(await editUnder(task, '"99"', { title: 'New' }), 'precondition-failed')
})
