import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addTaskProject, moveTask, removeTaskProject } from '../../../shared/api/routes/boards.ts'
import { editMember } from '../../../shared/api/routes/members.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask, editTask } from '../../../shared/api/routes/tasks.ts'
import * as routes from '../../../shared/api/routes/webhooks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { succeed } from '../../support/ordinary/team.ts'
import { type WebhookRunner, webhookRunner } from '../../support/webhooks.ts'

let app: App
let run: WebhookRunner
let owner: Someone
let admin: Someone
let workspaceId: string
let projectId: string

beforeAll(async () => {
  app = await startApp()
  run = webhookRunner(app)
  owner = await app.person('Olga')
  admin = await app.person('Adam')
})
afterAll(() => app.close())
beforeEach(async () => {
  workspaceId = (await succeed(app, owner, createWorkspace, { body: { name: 'Port' } })).body.id
  await app.join(admin, workspaceId, 'admin', 'Adam')
  projectId = await newProject('OPS')
  run.answer = () => ({ status: 204, reason: null, milliseconds: 7 })
  await run.settle()
  run.held.length = 0
  run.sent.length = 0
})

const newProject = async (key: string): Promise<string> =>
  (await succeed(app, owner, createProject, { params: { workspaceId }, body: { name: key, key } })).body.id
const newTask = async (title: string) =>
  (await succeed(app, owner, createTask, { params: { workspaceId, projectId }, body: { title } })).body
const newWebhook = async (changes: object, who = owner) => {
  const { body } = await succeed(app, who, routes.createWebhook, {
    params: { workspaceId },
    body: { url: 'https://hooks.acme.com/duely', events: ['*'], ...changes },
  })
  await run.settle()
  run.sent.length = 0
  return { workspaceId, webhookId: body.id as string }
}
const move = (taskId: string, to: string) =>
  succeed(app, owner, moveTask, { params: { workspaceId, taskId }, body: { projectId: to } })
const bodies = () => run.sent.map(({ body }) => JSON.parse(body))

test('an owner who corrects the description of an admin’s webhook does not hand the audit log to its receiver', async () => {
  const params = await newWebhook({}, admin)
  await succeed(app, owner, routes.editWebhook, { params, body: { description: 'Spelled right' } })
  const { userId } = await app.person('Mia')
  await app.join({ ...owner, userId }, workspaceId, 'member', 'Mia')
  await succeed(app, owner, editMember, { params: { workspaceId, userId }, body: { role: 'manager' } })
  await run.settle()
  expect(bodies().filter(({ type }) => type.startsWith('member.'))).toEqual([])
})

test('a delivery that waited until its task was in none of the projects is put down as such, and is not waited for', async () => {
  const params = await newWebhook({ projectIds: [projectId], events: ['task.created'] })
  const other = await newProject('SHIP')
  run.answer = () => ({ status: 500, reason: 'it answers 500', milliseconds: 3 })
  const task = await newTask('Secret plans')
  await run.settle()
  await move(task.id, other)
  run.sent.length = 0
  app.clock.now += 60_000
  await run.settle()
  expect(run.sent).toEqual([])
  const { items } = (await succeed(app, owner, routes.listWebhookDeliveries, { params })).body
  expect(items).toMatchObject([{ state: 'suppressed', reason: expect.stringMatching(/project/) }])
})

test('of a task that has left its projects a webhook hears that it has, and not what it is by now', async () => {
  await newWebhook({ projectIds: [projectId], events: ['task.*'] })
  const other = await newProject('SHIP')
  const task = await newTask('Plans')
  await run.settle()
  run.sent.length = 0
  const edit = (body: object) =>
    succeed(app, owner, editTask, { params: { workspaceId, taskId: task.id }, body })
  await move(task.id, other)
  await edit({ title: 'Named in the other project' })
  await run.settle()
  expect(bodies()).toHaveLength(1)
  expect(bodies()[0].data).toMatchObject({ event: { taskId: task.id }, task: null })
  expect(JSON.stringify(bodies())).not.toContain('Named in the other project')
})

test('a webhook for a further project hears when a task leaves that', async () => {
  const other = await newProject('SHIP')
  await newWebhook({ projectIds: [other], events: ['task.*'] })
  const { id } = await newTask('Plans')
  const params = { workspaceId, taskId: id, projectId: other }
  await succeed(app, owner, addTaskProject, { params, body: {} })
  await run.settle()
  run.sent.length = 0
  await succeed(app, owner, removeTaskProject, { params })
  await run.settle()
  expect(bodies()).toMatchObject([{ type: 'task.changed', data: { task: null } }])
})
