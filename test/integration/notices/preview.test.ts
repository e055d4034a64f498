import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addGroupMember, createGroup } from '../../../shared/api/routes/groups.ts'
import {
  editNotificationPreferences,
  previewNotifications,
} from '../../../shared/api/routes/notifications.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { shareTask } from '../../../shared/api/routes/shares.ts'
import { createTask, editTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { writesOn } from '../../support/hostile/effects.ts'
import { succeed } from '../../support/ordinary/team.ts'

let app: App
let owner: Someone
let ana: Someone
let ben: Someone
let guest: Someone
let workspaceId: string
let projectId: string
let taskId: string

beforeAll(async () => {
  app = await startApp()
  app.clock.now = Date.parse('2026-11-20T12:01:00.000Z')
  owner = await app.person('Olga')
  ana = await app.person('Ana')
  ben = await app.person('Ben')
  guest = await app.person('Gus')
  workspaceId = (await succeed(app, owner, createWorkspace, { body: { name: 'W' } })).body.id
  await app.join(ana, workspaceId, 'member', 'Ana')
  await app.join(ben, workspaceId, 'member', 'Ben')
  await app.join(guest, workspaceId, 'guest', 'Gus')
  const project = await succeed(app, owner, createProject, {
    params: { workspaceId },
    body: { name: 'P', key: 'OPS' },
  })
  projectId = project.body.id
  const made = await succeed(app, owner, createTask, {
    params: { workspaceId, projectId },
    body: { title: 'Task' },
  })
  taskId = made.body.id
  await app.drain()
  app.notices.length = 0
}, 60_000)
afterAll(() => app.close())

const preview = (who: Someone, patch: object, id = taskId) =>
  app.call(who, previewNotifications, { params: { workspaceId }, body: { taskId: id, patch } })
const choose = (who: Someone, body: object) =>
  succeed(app, who, editNotificationPreferences, { params: { workspaceId }, body })
const assign = (...people: Someone[]) => ({ assigneeIds: people.map(({ userId }) => userId) })

describe('a preview', () => {
  test('says who would be told, and how, each by their preferences', async () => {
    await choose(ben, { mailWindow: 'hourly' })
    const { status, body } = await preview(owner, assign(ana, ben))
    expect(status).toBe(200)
    const common = { kind: 'assigned', inbox: true }
    expect(body).toEqual({
      people: [
        { ...common, user: { id: ana.userId, name: 'Ana' }, mail: 'now', mailAt: null, why: null },
        {
          ...common,
          ...{ user: { id: ben.userId, name: 'Ben' }, mail: 'later', mailAt: '2026-11-20T13:00:00.000Z' },
          why: 'waits for the mail window to end',
        },
      ],
      others: 0,
    })
  })

  test('says why somebody would not be told', async () => {
    await choose(ana, { projects: { [projectId]: { assigned: { mail: false, inbox: false } } } })
    const { body } = await preview(owner, assign(ana, owner))
    expect(body.people).toMatchObject([
      { user: { id: ana.userId }, inbox: false, mail: 'never', why: 'switched off in the preferences' },
      {
        user: { id: owner.userId },
        ...{ inbox: false, mail: 'never', why: 'nobody is told of what they do themselves' },
      },
    ])
    await choose(ana, { projects: null })
  })

  test('foresees whom a group brings, each person once', async () => {
    const group = await succeed(app, owner, createGroup, {
      params: { workspaceId },
      body: { name: 'Pilots' },
    })
    for (const { userId } of [ana, ben, owner])
      await succeed(app, owner, addGroupMember, { params: { workspaceId, groupId: group.body.id, userId } })
    await app.drain()
    const { body } = await preview(owner, { ...assign(ana), assigneeGroupIds: [group.body.id] })
    const ids = body.people.map(({ user }: { user: { id: string } }) => user.id)
    expect(ids.toSorted()).toEqual([ana.userId, ben.userId].toSorted())
  })

  test('is what comes to pass when the edit is made, and writes nothing itself', async () => {
    const writes = writesOn(app.engine.client)
    const before = writes()
    const { body } = await preview(owner, assign(ana, ben))
    expect(writes()).toBe(before)
    await app.drain()
    expect(app.notices).toEqual([])
    await succeed(app, owner, editTask, { params: { workspaceId, taskId }, body: assign(ana, ben) })
    await app.drain()
    const told = app.notices.splice(0).map((notice) => ('userId' in notice ? notice.userId : ''))
    expect(told).toEqual(body.people.map(({ user }: { user: { id: string } }) => user.id))
    expect((await preview(owner, assign(ana, ben))).body).toEqual({ people: [], others: 0 })
  })

  test('is refused to whoever may not make the edit, and where there is no such task as far as they know', async () => {
    const made = await succeed(app, owner, createTask, {
      params: { workspaceId, projectId },
      body: { title: 'Of others' },
    })
    expect((await preview(guest, { title: 'x' }, made.body.id)).status).toBe(404)
    const params = { workspaceId, taskId: made.body.id, userId: guest.userId }
    await succeed(app, owner, shareTask, { params, body: { level: 'view' } })
    expect((await preview(guest, { title: 'x' }, made.body.id)).status).toBe(403)
    await succeed(app, owner, shareTask, { params, body: { level: 'edit' } })
    expect((await preview(guest, { title: 'x' }, made.body.id)).status).toBe(200)
    expect((await preview(guest, assign(guest), made.body.id)).status).toBe(403)
  })

  test('refuses what the edit would refuse', async () => {
    const stranger = await app.person('Stranger')
    const reply = await preview(owner, assign(stranger))
    expect(reply.status).toBe(400)
    expect(reply.body.errors[0].pointer).toBe('/assigneeIds/0')
  })
})
