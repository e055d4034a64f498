import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as routes from '../../../shared/api/routes/notifications.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask, editTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { memberKey } from '../../../shared/data/keys.ts'
import { ledgerStore } from '../../../shared/data/stores/ledger.ts'
import { waitingStore } from '../../../shared/data/stores/waiting.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { noticeWorkers } from '../../support/noticeWorkers.ts'
import { succeed } from '../../support/ordinary/team.ts'

let app: App
let owner: Someone
let bea: Someone
let workspaceId: string
let projectId: string
const mails: { to: string; kind: string }[] = []

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga')
  bea = await app.person('Bea')
  const made = await succeed(app, owner, createWorkspace, { body: { name: 'W' } })
  workspaceId = made.body.id
  await app.join(bea, workspaceId, 'guest', 'Bea')
  const project = await succeed(app, owner, createProject, {
    params: { workspaceId },
    body: { name: 'P', key: 'OPS' },
  })
  projectId = project.body.id
}, 60_000)
afterAll(() => app.close())

const now = () => new Date(app.clock.now).toISOString()

/** Lets everything that follows from the writes so far reach people. */
const deliver = async (): Promise<void> => {
  await app.drain()
  const world = {
    ...{
      facts: app.facts,
      ledger: ledgerStore(app.table),
      waiting: waitingStore(app.table),
      now,
      newClaim: randomUUID,
    },
    mailer: {
      send: async ({ kind }: { kind: string }, { address }: { address: string }) => {
        mails.push({ to: address, kind })
        return randomUUID()
      },
    },
  }
  const tell = noticeWorkers(app, world)
  for (const message of app.notices.splice(0)) await tell(message)
}

const assign = async (title: string, who = bea): Promise<string> => {
  app.clock.now += 60_000
  const params = { workspaceId, projectId }
  const { body } = await succeed(app, owner, createTask, {
    params,
    body: { title, assigneeIds: [who.userId] },
  })
  await deliver()
  return body.id
}

const list = async (state: string, query: Record<string, string> = {}) => {
  const reply = await succeed(app, bea, routes.listNotifications, {
    params: { workspaceId },
    query: { state, ...query },
  })
  return reply.body
}
const titles = async (state: string): Promise<string[]> =>
  (await list(state)).items.map(({ task }: { task?: { title: string } }) => task?.title)
const params = (notificationId: string) => ({ workspaceId, notificationId })

describe('an assignment', () => {
  test('stands in the inbox of whoever was assigned, with its task and who did it, and tells its story', async () => {
    const taskId = await assign('Paint the fence')
    const { items } = await list('unread')
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      kind: 'assigned',
      task: { id: taskId, title: 'Paint the fence', projectId },
      by: { id: owner.userId },
      readAt: null,
      mail: { state: 'sent', why: null },
    })
    expect(mails.filter(({ kind }) => kind === 'assigned')).toHaveLength(1)
    const { body, headers } = await succeed(app, bea, routes.getNotification, { params: params(items[0].id) })
    expect(headers.etag).toBe('"3"')
    expect(body.story.map(({ channel, state }: Record<string, string>) => `${channel} ${state}`)).toEqual([
      'inbox delivered',
      'mail scheduled',
      'mail claimed',
      'mail sent',
    ])
  })

  test('shows the title that the task has by now', async () => {
    const [item] = (await list('unread')).items
    await succeed(app, owner, editTask, {
      params: { workspaceId, taskId: item.task.id },
      body: { title: 'Paint the wall' },
    })
    expect(await titles('unread')).toEqual(['Paint the wall'])
  })

  test('says nothing of a task that the person may not read any more', async () => {
    const [item] = (await list('unread')).items
    const taskParams = { workspaceId, taskId: item.task.id }
    await succeed(app, owner, editTask, { params: taskParams, body: { assigneeIds: [] } })
    const text = JSON.stringify([
      await list('unread'),
      (await succeed(app, bea, routes.getNotification, { params: params(item.id) })).body,
      (await succeed(app, bea, routes.editNotification, { params: params(item.id), body: { read: true } }))
        .body,
    ])
    expect(text).not.toContain('Paint')
    expect(text).not.toContain(item.task.id)
    expect(text).not.toContain(owner.userId)
    await succeed(app, owner, editTask, { params: taskParams, body: { assigneeIds: [bea.userId] } })
    await deliver()
  })

  test('is nobody else’s to read or to edit, not even of those who run the workspace', async () => {
    const [item] = (await list('all')).items
    for (const route of [routes.getNotification, routes.editNotification]) {
      const reply = await app.call(owner, route, {
        params: params(item.id),
        ...(route.method === 'PATCH' && { body: { read: true } }),
      })
      expect(reply.status).toBe(404)
    }
  })
})

describe('the inbox', () => {
  const edit = (id: string, body: object, headers = {}) =>
    app.call(bea, routes.editNotification, { params: params(id), body, headers })
  const idOf = async (title: string): Promise<string> => {
    const items: { id: string; task?: { title: string } }[] = []
    for (const state of ['all', 'snoozed', 'archived']) items.push(...(await list(state)).items)
    const found = items.find(({ task }) => task?.title === title)
    if (found === undefined) throw new Error(`no notice of ${title}`)
    return found.id
  }

  test('has what was read no more among the unread, and again once it is unread', async () => {
    await assign('Read me')
    const id = await idOf('Read me')
    expect((await edit(id, { read: true })).body.readAt).toBe(now())
    expect(await titles('unread')).not.toContain('Read me')
    expect(await titles('all')).toContain('Read me')
    expect((await edit(id, { read: false })).body.readAt).toBeNull()
    expect(await titles('unread')).toContain('Read me')
  })

  test('brings back what was snoozed once its time has passed, unread', async () => {
    const id = await idOf('Read me')
    await edit(id, { read: true })
    const snoozedUntil = new Date(app.clock.now + 3_600_000).toISOString()
    expect((await edit(id, { snoozedUntil })).body).toMatchObject({ snoozedUntil, readAt: null })
    for (const state of ['unread', 'all', 'archived']) expect(await titles(state)).not.toContain('Read me')
    expect(await titles('snoozed')).toEqual(['Read me'])
    app.clock.now += 3_600_000
    expect(await titles('snoozed')).toEqual([])
    expect(await titles('unread')).toContain('Read me')
  })

  test('refuses to snooze into the past, or past the end of the notice', async () => {
    const id = await idOf('Read me')
    for (const at of [app.clock.now, app.clock.now + 91 * 86_400_000]) {
      const reply = await edit(id, { snoozedUntil: new Date(at).toISOString() })
      expect(reply.status).toBe(400)
      expect(reply.body.errors[0].pointer).toBe('/snoozedUntil')
    }
  })

  test('has what was archived nowhere but in the archive', async () => {
    const id = await idOf('Read me')
    await edit(id, { archived: true })
    for (const state of ['unread', 'all', 'snoozed']) expect(await titles(state)).not.toContain('Read me')
    expect(await titles('archived')).toEqual(['Read me'])
    await edit(id, { archived: false })
    expect(await titles('archived')).toEqual([])
  })

  test('refuses an edit of what has changed since it was read', async () => {
    const id = await idOf('Read me')
    const { headers } = await succeed(app, bea, routes.getNotification, { params: params(id) })
    await edit(id, { read: true })
    expect((await edit(id, { read: false }, { 'If-Match': headers.etag as string })).status).toBe(412)
    expect((await edit(id, { archived: false })).status).toBe(200)
  })

  test('is read in pages, newest first, each notice once', async () => {
    for (const n of [1, 2, 3, 4, 5]) await assign(`Page ${n}`)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list('unread', { limit: '2', ...(cursor !== undefined && { cursor }) })
      seen.push(...page.items.map(({ task }: { task?: { title: string } }) => task?.title))
      cursor = page.next && new URL(page.next, 'https://duely.test').searchParams.get('cursor')
    } while (cursor)
    expect(seen.filter((title) => title?.startsWith('Page'))).toEqual([5, 4, 3, 2, 1].map((n) => `Page ${n}`))
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('marks as read what is older than an instant, and nothing that is as old or younger', async () => {
    const { items } = await list('unread')
    const third = items[2]
    await succeed(app, bea, routes.markNotificationsRead, {
      params: { workspaceId },
      body: { before: third.at },
    })
    expect((await list('unread')).items.map(({ id }: { id: string }) => id)).toEqual(
      items.slice(0, 3).map(({ id }: { id: string }) => id),
    )
  })

  test('leaves what is snoozed unread when all before is marked', async () => {
    const id = await idOf('Page 5')
    await edit(id, { snoozedUntil: new Date(app.clock.now + 60_000).toISOString() })
    const before = new Date(app.clock.now + 1).toISOString()
    await succeed(app, bea, routes.markNotificationsRead, { params: { workspaceId }, body: { before } })
    expect(await titles('unread')).toEqual([])
    app.clock.now += 60_000
    expect(await titles('unread')).toEqual(['Page 5'])
  })

  test('marks more than a hundred in steps, at the same place each time', async () => {
    for (let n = 0; n < 101; n++) {
      app.clock.now += 1
      const body = { title: `Many ${n}`, assigneeIds: [bea.userId] }
      await succeed(app, owner, createTask, { params: { workspaceId, projectId }, body })
    }
    await deliver()
    const before = new Date(app.clock.now + 1).toISOString()
    const mark = (query = {}) =>
      succeed(app, bea, routes.markNotificationsRead, { params: { workspaceId }, query, body: { before } })
    const first = await mark()
    expect((await list('unread')).items.length).toBeGreaterThan(0)
    expect((await mark()).body).toEqual(first.body)
    const cursor = new URL(first.body.next, 'https://duely.test').searchParams.get('cursor')
    expect((await mark({ cursor })).body).toEqual({})
    expect((await list('unread')).items).toEqual([])
  }, 60_000)
})

describe('preferences', () => {
  const choose = (body: object, headers = {}) =>
    app.call(bea, routes.editNotificationPreferences, { params: { workspaceId }, body, headers })

  test('are those of the product until something is chosen, and again once it is dropped', async () => {
    const { body, headers } = await succeed(app, bea, routes.getNotificationPreferences, {
      params: { workspaceId },
    })
    expect(body.own).toEqual({})
    expect(body.effective.kinds.status).toEqual({ inbox: true, mail: false })
    expect(headers.etag).toBe('"0"')
    const chosen = await choose({ kinds: { status: { mail: true } }, digest: { hour: 6 } })
    expect(chosen.body.own).toEqual({ kinds: { status: { mail: true } }, digest: { hour: 6 } })
    expect(chosen.body.effective).toMatchObject({
      kinds: { status: { inbox: true, mail: true } },
      digest: { daily: true, weekly: true, hour: 6 },
    })
    expect((await choose({ kinds: null, digest: null })).body.effective).toEqual(body.effective)
  })

  test('decide what is mailed and what stands in the inbox', async () => {
    await choose({ kinds: { assigned: { mail: false, inbox: false } } })
    const count = mails.length
    await assign('Silent')
    expect(mails).toHaveLength(count)
    expect(await titles('unread')).not.toContain('Silent')
    await choose({ kinds: null })
  })

  test('are not written again when nothing changes, and refused when somebody else has changed them', async () => {
    const first = await choose({ urgentPasses: false })
    expect((await choose({ urgentPasses: false })).body.version).toBe(first.body.version)
    expect((await choose({ urgentPasses: true }, { 'If-Match': `"${first.body.version - 1}"` })).status).toBe(
      412,
    )
    expect((await choose({ urgentPasses: true }, { 'If-Match': `"${first.body.version}"` })).status).toBe(200)
  })

  test('are for projects that the person knows of', async () => {
    const reply = await choose({ projects: { [projectId]: { assigned: { mail: false } } } })
    expect(reply.status).toBe(400)
    expect(reply.body.errors[0].pointer).toBe(`/projects/${projectId}`)
    await app.table.update(memberKey(workspaceId, bea.userId), { set: { role: 'member' } }, { present: true })
    const chosen = await choose({ projects: { [projectId]: { assigned: { mail: false } } } })
    expect(chosen.body.effective.projects[projectId].assigned).toEqual({ inbox: true, mail: false })
    const count = mails.length
    await assign('Inbox only')
    expect(mails).toHaveLength(count)
    const [item] = (await list('unread')).items
    expect(item).toMatchObject({
      task: { title: 'Inbox only' },
      mail: { state: 'suppressed', why: 'switched off in the preferences' },
    })
    expect((await choose({ projects: { [projectId]: null } })).body.own.projects).toEqual({})
  })

  test.each([
    ['quiet hours that never end', { quietHours: { from: '22:00', to: '22:00' } }],
    ['an hour that no day has', { digest: { hour: 24 } }],
    ['a kind that nobody knows', { kinds: { lunch: { mail: true } } }],
    ['a channel that nobody knows', { kinds: { assigned: { pigeon: true } } }],
    ['a window that nobody knows', { mailWindow: 'weekly' }],
  ])('refuse %s', async (_, body) => {
    expect((await choose(body)).status).toBe(400)
  })
})
