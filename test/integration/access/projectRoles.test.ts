import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as access from '../../../shared/api/routes/access.ts'
import { moveTask } from '../../../shared/api/routes/boards.ts'
import { duplicateTask, undoChange } from '../../../shared/api/routes/life.ts'
import * as projects from '../../../shared/api/routes/projects.ts'
import { quickAdd } from '../../../shared/api/routes/quickAdd.ts'
import { linkTask, setTaskParent } from '../../../shared/api/routes/structure.ts'
import * as tasks from '../../../shared/api/routes/tasks.ts'
import { createTemplate } from '../../../shared/api/routes/templates.ts'
import type { Request, Someone } from '../../support/app.ts'
import { type DetailTeam, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
/** A member who is but a guest in the project `hidden`; a guest who is a manager there. */
let narrowed: Someone
let widened: Someone
let hidden: string
/** Of the owner: in the open project, and in the hidden one. */
let open: string
let secret: string

const call = (who: Someone, route: RouteDeclaration, { params, ...request }: Request = {}) =>
  team.app.call(who, route, { ...request, params: { workspaceId: team.workspaceId, ...params } })
const give = (userId: string, role: string, who = team.owner, projectId = hidden) =>
  call(who, access.setProjectRole, { params: { projectId, userId }, body: { role } })
const add = async (projectId: string, fields: object = {}): Promise<string> =>
  (await team.create({ title: 'Task', ...fields }, projectId)).body.id

beforeAll(async () => {
  team = await startDetailTeam()
  hidden = await team.addProject('HIDE')
  narrowed = await team.colleague('member')
  widened = await team.colleague('guest')
  expect((await give(narrowed.userId, 'guest')).body).toMatchObject({ role: 'guest', isOfProject: true })
  expect((await give(widened.userId, 'manager')).status).toBe(200)
  open = await add(team.projectId)
  secret = await add(hidden)
  await team.app.drain()
})
afterAll(() => team.app.close())

describe('a weaker role in a project', () => {
  test('hides the project and its tasks, in lists as by their ids', async () => {
    const params = { projectId: hidden }
    expect((await call(narrowed, projects.getProject, { params })).status).toBe(404)
    expect((await call(narrowed, projects.getProjectStatistics, { params })).status).toBe(404)
    expect((await call(narrowed, tasks.listProjectTasks, { params })).status).toBe(404)
    expect((await call(narrowed, tasks.getTask, { params: { taskId: secret } })).status).toBe(404)
    expect((await call(narrowed, tasks.listTaskHistory, { params: { taskId: secret } })).status).toBe(404)
    const { key } = await team.read(secret)
    expect((await call(narrowed, tasks.findTask, { params: { key } })).status).toBe(404)
    const listed = await call(narrowed, projects.listProjects)
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([team.projectId])
    expect((await call(narrowed, tasks.getTask, { params: { taskId: open } })).status).toBe(200)
    const openKey = (await team.read(open)).key
    expect((await call(narrowed, tasks.findTask, { params: { key: openKey } })).body.id).toBe(open)
  })

  test('leaves what is assigned to the person, to be seen and not to be changed', async () => {
    const mine = await add(hidden, { assigneeIds: [narrowed.userId] })
    const seen = await call(narrowed, tasks.getTask, { params: { taskId: mine } })
    expect(seen.body.allowedActions).toEqual(['task.read', 'task.time'])
    const edited = await call(narrowed, tasks.editTask, { params: { taskId: mine }, body: { title: 'X' } })
    expect(edited.status).toBe(403)
    await team.app.drain()
    const list = await call(narrowed, tasks.listAssignedTasks, { params: { userId: '@me' } })
    expect(list.body.items.map(({ id }: { id: string }) => id)).toContain(mine)
  })

  test('hides the tasks of others from the lists of others', async () => {
    const colleague = await team.colleague('member')
    await add(hidden, { assigneeIds: [colleague.userId] })
    const visible = await add(team.projectId, { assigneeIds: [colleague.userId] })
    await team.app.drain()
    const list = await call(narrowed, tasks.listAssignedTasks, { params: { userId: colleague.userId } })
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([visible])
  })

  test('makes hidden tasks and projects absent from whatever a body names', async () => {
    const own = (await team.create({ title: 'Mine' }, team.projectId, {}, narrowed)).body.id
    const other = (await team.create({ title: 'Mine too' }, team.projectId, {}, narrowed)).body.id
    const before = await team.read(own)
    const attempts: [RouteDeclaration, Request][] = [
      [setTaskParent, { params: { taskId: own }, body: { parentId: secret } }],
      [linkTask, { params: { taskId: own, otherTaskId: secret }, body: { kind: 'relatesTo' } }],
      [moveTask, { params: { taskId: own }, body: { projectId: hidden } }],
      [duplicateTask, { params: { taskId: own }, body: { projectId: hidden } }],
      [createTemplate, { body: { name: 'T', fromProjectId: hidden } }],
      [createTemplate, { body: { name: 'T', fromTaskId: secret } }],
      [tasks.createTask, { params: { projectId: team.projectId }, body: { title: 'T', parentId: secret } }],
      [tasks.createTask, { params: { projectId: hidden }, body: { title: 'T' } }],
      [quickAdd, { params: { projectId: team.projectId }, body: { text: 'Tea +HIDE' } }],
    ]
    for (const [route, request] of attempts) {
      const { status } = await call(narrowed, route, request)
      expect([400, 404], route.name).toContain(status)
    }
    expect(await team.read(own)).toEqual(before)
    const linked = { params: { taskId: own, otherTaskId: other }, body: { kind: 'relatesTo' } }
    expect((await call(narrowed, linkTask, linked)).status).toBe(200)
  })
})

describe('what a task brings along', () => {
  test('is not copied from a hidden project with the task above it', async () => {
    const parent = (await team.create({ title: 'Mine' }, team.projectId, {}, narrowed)).body.id
    await add(team.projectId, { parentId: parent, title: 'Seen' })
    const below = await add(hidden, { parentId: parent, title: 'Secret' })
    await add(team.projectId, { parentId: below, title: 'Below it' })
    await team.app.drain()
    const body = { name: 'T', fromTaskId: parent }
    const template = await call(narrowed, createTemplate, { body })
    expect(template.body.tasks.map(({ title }: { title: string }) => title)).toEqual(['Mine', 'Seen'])
    const copy = await call(narrowed, duplicateTask, { params: { taskId: parent }, body: {} })
    await team.app.drain()
    const { items } = await team.app.stores.tasks.children(team.workspaceId, copy.body.id, 10)
    const titles = await Promise.all(items.map(async (id) => (await team.read(id)).title))
    expect(titles).toEqual(['Seen'])
  })

  test('does not go back into a hidden project by an undo', async () => {
    const task = await add(hidden, { assigneeIds: [narrowed.userId] })
    const moved = await call(team.owner, moveTask, {
      params: { taskId: task },
      body: { projectId: team.projectId },
    })
    await team.app.drain()
    const body = { version: moved.body.version }
    expect((await call(narrowed, undoChange, { params: { taskId: task }, body })).status).toBe(403)
    expect((await team.read(task)).projectId).toBe(team.projectId)
  })
})

describe('a stronger role in a project', () => {
  test('lets a guest work there as the role says, and nowhere else', async () => {
    const params = { projectId: hidden }
    expect((await call(widened, tasks.listProjectTasks, { params })).status).toBe(200)
    expect((await call(widened, tasks.createTask, { params, body: { title: 'T' } })).status).toBe(201)
    const edited = await call(widened, tasks.editTask, {
      params: { taskId: secret },
      body: { priority: 'low' },
    })
    expect(edited.status).toBe(200)
    expect((await call(widened, tasks.getTask, { params: { taskId: open } })).status).toBe(404)
    const elsewhere = { params: { projectId: team.projectId }, body: { title: 'T' } }
    expect((await call(widened, tasks.createTask, elsewhere)).status).toBe(404)
    const moved = { params: { taskId: secret }, body: { projectId: team.projectId } }
    expect((await call(widened, moveTask, moved)).status).toBe(400)
  })

  test('lets a manager of the project give roles in it, and in no other', async () => {
    const somebody = await team.colleague('guest')
    expect((await give(somebody.userId, 'member', widened)).status).toBe(200)
    expect((await give(somebody.userId, 'member', widened, team.projectId)).status).toBe(404)
    expect((await give(somebody.userId, 'member', narrowed)).status).toBe(404)
  })
})

describe('roles in projects', () => {
  test('are listed with the role that counts, for those who see the project', async () => {
    const { body } = await call(team.owner, access.listProjectMembers, { params: { projectId: hidden } })
    const of = ({ userId }: Someone) => body.items.find((one: { userId: string }) => one.userId === userId)
    expect(of(team.owner)).toMatchObject({ role: 'owner', isOfProject: false })
    expect(of(widened)).toMatchObject({ role: 'manager', isOfProject: true })
    expect(of(narrowed)).toBeUndefined()
  })

  test('end when they are taken away, at once', async () => {
    const somebody = await team.colleague('guest')
    await give(somebody.userId, 'member')
    const see = () => call(somebody, projects.getProject, { params: { projectId: hidden } })
    expect((await see()).status).toBe(200)
    const params = { projectId: hidden, userId: somebody.userId }
    expect((await call(team.owner, access.removeProjectRole, { params })).status).toBe(204)
    expect((await see()).status).toBe(404)
    expect((await call(team.owner, access.removeProjectRole, { params })).status).toBe(204)
  })

  test('are not for those who run the workspace, nor for people of elsewhere', async () => {
    expect((await give(team.owner.userId, 'guest')).status).toBe(409)
    const stranger = await team.app.person('Sam Stranger')
    expect((await give(stranger.userId, 'member')).status).toBe(404)
  })

  test('are written once, over the version that was seen', async () => {
    const somebody = await team.colleague('member')
    const first = await give(somebody.userId, 'guest')
    const again = await give(somebody.userId, 'guest')
    expect(again.headers.etag).toBe(first.headers.etag)
    const params = { projectId: hidden, userId: somebody.userId }
    const stale = { params, body: { role: 'manager' }, headers: { 'If-Match': '"1"' } }
    expect((await call(team.owner, access.setProjectRole, stale)).status).toBe(412)
  })
})

describe('an explanation', () => {
  const why = (query: Record<string, string>, who = team.owner) =>
    call(who, access.explainPermissions, { query })

  test('names the rule that lets or stops', async () => {
    const query = { action: 'task.edit', taskId: secret }
    expect((await why({ ...query, userId: widened.userId })).body).toMatchObject({
      allowed: true,
      role: 'manager',
      from: 'project',
      projectId: hidden,
      rule: 'all',
    })
    expect((await why({ ...query, userId: narrowed.userId })).body).toMatchObject({
      allowed: false,
      role: 'guest',
      rule: 'none',
      isOwn: false,
    })
    const own = await why({ action: 'task.edit', taskId: open }, narrowed)
    expect(own.body).toMatchObject({ allowed: false, role: 'member', from: 'workspace', rule: 'own' })
  })

  test('says nothing of what the caller may not see, nor of others to those who may not edit members', async () => {
    expect((await why({ action: 'task.edit', taskId: secret }, narrowed)).status).toBe(404)
    expect((await why({ action: 'project.edit', projectId: hidden }, narrowed)).status).toBe(404)
    expect((await why({ action: 'task.edit', userId: team.owner.userId }, narrowed)).status).toBe(403)
  })
})
