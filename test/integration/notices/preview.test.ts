import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createComment } from '../../../shared/api/routes/comments.ts'
import { addGroupMember, createGroup } from '../../../shared/api/routes/groups.ts'
import {
  editNotificationPreferences,
  previewNotifications,
} from '../../../shared/api/routes/notifications.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { shareTask } from '../../../shared/api/routes/shares.ts'
import { createTask, editTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import type { PreviewReply } from '../../../shared/api/schemas/noticePreview.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { writesOn } from '../../support/hostile/effects.ts'
import { meterOn } from '../../support/meter.ts'
import { succeed } from '../../support/ordinary/team.ts'

let app: App
let owner: Someone
let ana: Someone
let ben: Someone
let guest: Someone
let workspaceId: string
let projectId: string
let taskId: string
let writes: () => number
let meter: ReturnType<typeof meterOn>

beforeAll(async () => {
  app = await startApp()
  writes = writesOn(app.engine.client)
  meter = meterOn(app.engine.client)
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
const previewOf = (who: Someone, body: object) =>
  app.call(who, previewNotifications, { params: { workspaceId }, body })
const comment = (who: Someone, body: string, more: object = {}, id = taskId) =>
  previewOf(who, { taskId: id, comment: { body, ...more } })
const mention = ({ userId }: Pick<Someone, 'userId'>) => `@[X](${userId})`
/** Who is told as what, by a preview. */
const kindsIn = ({ body }: { body: PreviewReply }) =>
  new Map(body.people.map(({ user, kind }) => [user.id, kind]))
/** Who has been told as what since the last time. */
const kindsTold = async () => {
  await app.drain()
  return new Map(app.notices.splice(0).map((one) => ['userId' in one ? one.userId : '', one.kind]))
}
const newTask = async (body: object): Promise<string> => {
  const made = await succeed(app, owner, createTask, { params: { workspaceId, projectId }, body })
  await app.drain()
  app.notices.length = 0
  return made.body.id
}
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
    expect(reply.body.errors[0].pointer).toBe('/patch/assigneeIds/0')
  })
})

describe('a preview of an edit', () => {
  test('tells of another status, and of an assignment alone who is told of both', async () => {
    const id = await newTask({ title: 'Moving', assigneeIds: [ana.userId], watcherIds: [ben.userId] })
    const patch = { status: 'done', assigneeIds: [ana.userId, ben.userId] }
    const foreseen = kindsIn(await preview(owner, patch, id))
    expect(foreseen).toEqual(
      new Map([
        [ana.userId, 'status'],
        [ben.userId, 'assigned'],
      ]),
    )
    await succeed(app, owner, editTask, { params: { workspaceId, taskId: id }, body: patch })
    expect(await kindsTold()).toEqual(foreseen)
  })
})

describe('a preview of a comment', () => {
  test('is what comes to pass when it is written: a mention before the rest, each person once', async () => {
    const id = await newTask({ title: 'Talked about', assigneeIds: [ben.userId] })
    const first = await succeed(app, ana, createComment, {
      params: { workspaceId, taskId: id },
      body: { body: 'Who knows?' },
    })
    await kindsTold()
    const replyTo = first.body.id
    const before = writes()
    const foreseen = kindsIn(await comment(owner, `Ask ${mention(ben)}`, { replyTo }, id))
    expect(writes()).toBe(before)
    expect(foreseen).toEqual(
      new Map([
        [ben.userId, 'mentioned'],
        [ana.userId, 'commented'],
      ]),
    )
    await succeed(app, owner, createComment, {
      params: { workspaceId, taskId: id },
      body: { body: `Ask ${mention(ben)}`, replyTo },
    })
    expect(await kindsTold()).toEqual(foreseen)
  })

  test('says that people are not told of what they write themselves', async () => {
    const id = await newTask({ title: 'Mine' })
    const { body } = await comment(owner, `I, ${mention(owner)}, was here`, {}, id)
    expect(body.people).toMatchObject([
      { user: { id: owner.userId }, kind: 'mentioned', mail: 'never', inbox: false },
    ])
  })

  test('is for whoever may comment; a guest sees people whom task and text name, without their names', async () => {
    const id = await newTask({ title: 'Shared', assigneeGroupIds: [], watcherIds: [ana.userId] })
    expect((await comment(guest, 'x', {}, id)).status).toBe(404)
    const params = { workspaceId, taskId: id, userId: guest.userId }
    await succeed(app, owner, shareTask, { params, body: { level: 'view' } })
    const group = await succeed(app, owner, createGroup, { params: { workspaceId }, body: { name: 'Crew' } })
    const groupId = group.body.id
    await succeed(app, owner, addGroupMember, { params: { workspaceId, groupId, userId: ben.userId } })
    await succeed(app, owner, editTask, {
      params: { workspaceId, taskId: id },
      body: { assigneeGroupIds: [groupId] },
    })
    await app.drain()
    const { body } = await comment(guest, 'x', {}, id)
    expect(body.people.map(({ user }: { user: object }) => user)).toEqual([
      { id: owner.userId },
      { id: ana.userId },
    ])
    expect(body.others).toBe(1)
    expect((await comment(guest, `x ${mention(ben)}`, {}, id)).body.others).toBe(0)
    app.notices.length = 0
  })

  test('refuses what the comment would refuse', async () => {
    const id = await newTask({ title: 'Other' })
    const other = await succeed(app, ana, createComment, {
      params: { workspaceId, taskId: id },
      body: { body: 'Elsewhere' },
    })
    const reply = await comment(owner, 'x', { replyTo: other.body.id })
    expect([reply.status, reply.body.errors[0].pointer]).toEqual([400, '/comment/replyTo'])
    const many = Array.from({ length: 51 }, () => mention({ userId: randomUUID() }))
    const flood = await comment(owner, many.join(' '))
    expect([flood.status, flood.body.errors[0].pointer]).toEqual([400, '/comment/body'])
    expect((await comment(owner, '')).body.errors[0].pointer).toBe('/comment/body')
  })
})

describe('a preview of a new task', () => {
  const ofNew = (who: Someone, body: object, id = projectId) =>
    previewOf(who, { projectId: id, newTask: { title: 'New', ...body } })

  test('is what comes to pass when it is made, and makes nothing', async () => {
    const before = writes()
    const foreseen = kindsIn(await ofNew(owner, assign(ana, ben)))
    expect(writes()).toBe(before)
    const params = { workspaceId, projectId }
    await kindsTold()
    await succeed(app, owner, createTask, { params, body: { title: 'New', ...assign(ana, ben) } })
    expect(await kindsTold()).toEqual(foreseen)
    expect(foreseen.size).toBe(2)
  })

  test('is for whoever may add tasks to the project', async () => {
    expect((await ofNew(guest, {})).status).toBe(404)
    const nowhere = makeId('project', 1, randomSeed())
    const [ofOwner, ofGuest] = [await ofNew(owner, {}, nowhere), await ofNew(guest, {}, nowhere)]
    expect([ofOwner.status, ofOwner.body.errors]).toEqual([404, ofGuest.body.errors])
  })

  test('refuses what the creation would refuse', async () => {
    const stranger = await app.person('Stranger')
    const reply = await ofNew(owner, { watcherIds: [stranger.userId] })
    expect([reply.status, reply.body.errors[0].pointer]).toEqual([400, '/newTask/watcherIds/0'])
    const under = await ofNew(owner, { parentId: makeId('task', 1, randomSeed()) })
    expect([under.status, under.body.errors[0].pointer]).toEqual([400, '/newTask/parentId'])
  })
})

test.each([
  ['nothing', () => ({})],
  ['half of one', () => ({ taskId })],
  ['two at once', () => ({ taskId, patch: {}, comment: { body: 'x' } })],
  ['a task that is not made yet', () => ({ projectId, comment: { body: 'x' } })],
])('a preview of %s is refused with the forms there are', async (_, body) => {
  const reply = await previewOf(owner, body())
  expect(reply.status).toBe(400)
  expect(reply.body.errors[0].detail).toBe(
    'must be {taskId, patch}, {taskId, comment} or {projectId, newTask}',
  )
})

test.each([
  ['an edit', () => ({ taskId, patch: { status: 'done', ...assign(ana, ben) } })],
  ['a comment', () => ({ taskId, comment: { body: `${mention(ana)} ${mention(ben)}` } })],
  ['a new task', () => ({ projectId, newTask: { title: 'New', ...assign(ana, ben) } })],
])('a preview of %s costs what the route declares, and no write', async (_, body) => {
  const { cost } = await meter.measure(() => previewOf(owner, body()))
  const { depth, calls, readUnits } = previewNotifications.budget
  expect(cost).toMatchObject({ depth, calls, writeUnits: 0, failed: 0 })
  expect(cost.readUnits).toBeLessThanOrEqual(readUnits)
})
