import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { editMe } from '../../shared/api/routes/account.ts'
import { removeMember, suspendMember } from '../../shared/api/routes/members.ts'
import { editNotificationPreferences } from '../../shared/api/routes/notifications.ts'
import { createProject } from '../../shared/api/routes/projects.ts'
import { completeTask, createTask, deleteTask, editTask } from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import type { NoticeMessage } from '../../shared/api/schemas/notice.ts'
import { sendDigests } from '../../shared/api/triggers.ts'
import { digestStore, dueDigestStore } from '../../shared/data/stores/digests.ts'
import { ledgerStore } from '../../shared/data/stores/ledger.ts'
import { waitingStore } from '../../shared/data/stores/waiting.ts'
import { sweepDigests } from '../../shared/domain/digests/sweep.ts'
import { verdictOn } from '../../shared/domain/notices/verdict.ts'
import { type App, type Someone, startApp } from '../support/app.ts'
import { noticeWorkers } from '../support/noticeWorkers.ts'

let app: App
let owner: Someone
let ana: Someone
let workspaceId: string
let projectId: string

const day = 86_400_000
const iso = (instant: number): string => new Date(instant).toISOString()
/** A Wednesday, at noon. */
const start = Date.UTC(2031, 0, 1, 12)
const sent: NoticeMessage[] = []
const sweepAt = (now: string) => {
  sent.length = 0
  const queue = { send: async (messages: readonly NoticeMessage[]) => void sent.push(...messages) }
  return app.granted.as(sendDigests, () => sweepDigests(now, { digests: dueDigestStore(app.table), queue }))
}
const planOf = ({ userId }: Someone) => digestStore(app.table).plan(workspaceId, userId)
const make = async (title: string, due: object | null, who: Someone = ana) => {
  const params = { workspaceId, projectId }
  const body = { title, due, assigneeIds: [who.userId] }
  return (await app.call(owner, createTask, { params, body })).body
}
const isOfAna = (message: NoticeMessage): boolean => 'userId' in message && message.userId === ana.userId
const told = async (now: string) => {
  const mine = sent.filter(isOfAna)
  return Promise.all(mine.map((message) => verdictOn(message, app.facts, now)))
}

beforeAll(async () => {
  app = await startApp()
  app.clock.now = start
  owner = await app.person('Olga Owner')
  ana = await app.person('Ana')
  workspaceId = (await app.call(owner, createWorkspace, { body: { name: 'Acme', zone: 'UTC' } })).body.id
  const params = { workspaceId }
  projectId = (await app.call(owner, createProject, { params, body: { name: 'Operations', key: 'OPS' } }))
    .body.id
  await app.join(ana, workspaceId, 'member')
  await app.call(ana, editMe, { body: { zone: 'UTC' } })
  await app.drain()
}, 60_000)
afterAll(() => app.close())

test('whoever comes to a workspace has digests, and other clocks move them', async () => {
  expect(await planOf(ana)).toMatchObject({
    zone: 'UTC',
    weekStart: 'MO',
    daily: true,
    weekly: true,
    hour: 8,
  })
  await app.call(ana, editMe, { body: { zone: 'Asia/Tokyo', weekStart: 'TH' } })
  await app.drain()
  expect(await planOf(ana)).toMatchObject({ zone: 'Asia/Tokyo', weekStart: 'TH', version: 2 })
  await app.call(ana, editMe, { body: { zone: 'UTC', weekStart: 'MO' } })
  await app.drain()
  expect(await planOf(ana)).toMatchObject({ zone: 'UTC', version: 3 })
})

test('their preferences say which, and at what hour', async () => {
  const params = { workspaceId }
  const choose = async (digest: object) => {
    const { status } = await app.call(ana, editNotificationPreferences, { params, body: { digest } })
    expect(status).toBe(200)
    await app.drain()
  }
  await choose({ hour: 20, weekly: false })
  expect(await planOf(ana)).toMatchObject({ hour: 20, weekly: false, at: iso(Date.UTC(2031, 0, 1, 20)) })
  await choose({ daily: false })
  expect((await planOf(ana))?.at).toBeNull()
  await choose({ hour: 8, daily: true, weekly: true })
})

test('a sweep hands on what is due once, and the digest says what is overdue and what is due today', async () => {
  const [yesterday, today, tomorrow] = ['2031-01-04', '2031-01-05', '2031-01-06'] as const
  await make('Overdue', { date: yesterday, zone: 'UTC' })
  await make('Today', { date: today, zone: 'UTC' })
  await make('Tonight', { dateTime: `${today}T23:30`, zone: 'UTC' })
  await make('Midnight', { dateTime: `${tomorrow}T00:00`, zone: 'UTC' })
  await make('Tomorrow', { date: tomorrow, zone: 'UTC' })
  await make('Some day', null)
  await make('Of somebody else', { date: today, zone: 'UTC' }, owner)
  const done = await make('Done', { date: today, zone: 'UTC' })
  app.clock.now = Date.parse(`${yesterday}T10:00:00Z`)
  await app.call(owner, completeTask, { params: { workspaceId, taskId: done.id }, body: {} })
  await app.drain()
  const now = `${today}T08:00:00.000Z`
  expect(await sweepAt(now)).toBeGreaterThan(0)
  const [digest] = await told(now)
  expect(digest).toMatchObject({
    send: true,
    notice: { kind: 'digest', date: today, overdueCount: 1, dueTodayCount: 2, workspaceName: 'Acme' },
  })
  const titles = (list: readonly { title: string }[]) => list.map(({ title }) => title)
  if (digest?.send !== true || digest.notice.kind !== 'digest') throw new Error('no digest')
  expect([titles(digest.notice.overdue), titles(digest.notice.dueToday)]).toEqual([
    ['Overdue'],
    ['Tonight', 'Today'],
  ])
  expect(await sweepAt(now)).toBe(0)
})

test('the summary of a week has what was completed in it, what is open and what comes', async () => {
  const monday = '2031-01-06T08:00:00.000Z'
  await sweepAt(monday)
  expect(sent.map(({ kind }) => kind).sort()).toEqual(['digest', 'digest', 'weekly', 'weekly'])
  const weekly = (await told(monday)).find((one) => one.send && one.notice.kind === 'weekly')
  expect(weekly).toMatchObject({
    notice: {
      from: '2030-12-30',
      to: '2031-01-05',
      completed: [{ title: 'Done' }],
      completedCount: 1,
      openCount: 6,
      overdueCount: 4,
      next: [{ title: 'Tomorrow' }],
      nextCount: 1,
    },
  })
  // A week later that one lies behind it.
  const next = iso(Date.parse(monday) + 7 * day)
  await sweepAt(next)
  expect(await told(next)).toContainEqual(
    expect.objectContaining({ notice: expect.objectContaining({ kind: 'weekly', completedCount: 0 }) }),
  )
})

test('a digest with nothing to say is not sent', async () => {
  const now = '2031-01-14T08:00:00.000Z'
  const nobody = await app.person('Nora')
  await app.join(nobody, workspaceId, 'member')
  await app.drain()
  for (const kind of ['digest', 'weekly'] as const) {
    const message: NoticeMessage = { kind, workspaceId, userId: nobody.userId, date: '2031-01-14', at: now }
    expect(await verdictOn(message, app.facts, now)).toEqual({
      send: false,
      why: expect.stringMatching(/^the /),
    })
  }
})

/** What the sweeps at some hours of a day hand on for Ana, and what the workers of notices mail to her. */
const mailed = async (date: string, hours: readonly string[], whileSending: () => Promise<void>) => {
  const handedOn: string[] = []
  const mails: string[] = []
  for (const hour of hours) {
    const now = `${date}T${hour}:00.000Z`
    app.clock.now = Date.parse(now)
    const handed: NoticeMessage[] = []
    const send = async (messages: readonly NoticeMessage[]) => {
      handed.push(...messages)
      const ofAna = messages.filter(isOfAna)
      const isFirst = handedOn.length === 0 && ofAna.length > 0
      handedOn.push(...ofAna.map(({ kind }) => `${kind} at ${hour}`))
      if (isFirst) await whileSending()
    }
    const world = { digests: dueDigestStore(app.table), queue: { send } }
    await app.granted.as(sendDigests, () => sweepDigests(now, world)).catch(() => undefined)
    const tell = noticeWorkers(app, {
      facts: app.facts,
      ledger: ledgerStore(app.table),
      waiting: waitingStore(app.table),
      now: () => now,
      newClaim: randomUUID,
      mailer: {
        send: async ({ kind }, { userId }) => {
          if (userId === ana.userId) mails.push(`${kind} at ${hour}`)
          return randomUUID()
        },
      },
    })
    for (const message of handed) expect(await tell(message)).toBe(true)
  }
  return { handedOn, mails }
}

test.each([
  ['moves on over it', '2031-01-15', ['digest at 08:00']],
  ['dies before it is written down', '2031-01-16', ['digest at 08:00', 'digest at 09:00']],
])(
  'whoever moves the hour while a digest is handed on has one of the day: the sweep %s',
  async (_, date, handedOn) => {
    const params = { workspaceId }
    const choose = async (hour: number) => {
      await app.call(ana, editNotificationPreferences, { params, body: { digest: { hour } } })
      await app.drain()
    }
    const outcome = await mailed(date, ['08:00', '09:00', '10:00'], async () => {
      app.clock.now += 1_000
      await choose(9)
      if (handedOn.length > 1) throw new Error('cut off')
    })
    expect(outcome).toEqual({ handedOn, mails: ['digest at 08:00'] })
    expect(await planOf(ana)).toMatchObject({ hour: 9, lastDay: date })
    app.clock.now += 1_000
    await choose(8)
  },
)

test('what was taken from somebody is in no summary, although their list still has it', async () => {
  const [date, now] = ['2031-01-20', '2031-01-20T08:00:00.000Z']
  app.clock.now = Date.parse('2031-01-15T12:00:00Z')
  const ida = await app.person('Ida')
  await app.join(ida, workspaceId, 'guest')
  const due = (on: string) => ({ date: on, zone: 'UTC' })
  const add = async (title: string, on: string) => String((await make(title, due(on), ida)).id)
  const [kept, taken, reopened] = [
    await add('Kept', '2031-01-18'),
    await add('Taken', '2031-01-18'),
    await add('Reopened', '2031-01-23'),
  ]
  const [completed, trashed, later] = [
    await add('Completed', date),
    await add('Trashed', date),
    await add('Later', date),
  ]
  const [postponed, coming] = [await add('Postponed', '2031-01-18'), await add('Coming', '2031-01-22')]
  const ask = (route: typeof editTask | typeof completeTask, taskId: string, body: object = {}) =>
    app.call(owner, route as typeof editTask, { params: { workspaceId, taskId }, body })
  await ask(completeTask, reopened)
  await app.drain()
  // All this the lists do not know yet.
  app.clock.now = Date.parse(now)
  await ask(editTask, taken, { assigneeIds: [owner.userId] })
  await ask(completeTask, completed)
  await app.call(owner, deleteTask, { params: { workspaceId, taskId: trashed } })
  await ask(editTask, later, { due: due('2031-02-20') })
  await ask(editTask, postponed, { due: due(date) })
  await ask(editTask, reopened, { status: 'open' })
  await ask(editTask, coming, { assigneeIds: [] })
  const judge = (kind: 'digest' | 'weekly', on: string) => {
    const message: NoticeMessage = { kind, workspaceId, userId: ida.userId, date: on, at: now }
    return verdictOn(message, app.facts, now)
  }
  const digest = await judge('digest', date)
  expect(digest).toMatchObject({
    notice: {
      overdue: [{ id: kept, title: 'Kept' }],
      overdueCount: 1,
      dueToday: [{ id: postponed, title: 'Postponed' }],
      dueTodayCount: 1,
    },
  })
  const weekly = await judge('weekly', '2031-01-19')
  expect(weekly).toMatchObject({ notice: { completed: [], completedCount: 0, next: [], nextCount: 0 } })
  for (const id of [kept, postponed]) await ask(editTask, id, { assigneeIds: [] })
  expect(await judge('digest', date)).toEqual({
    send: false,
    why: 'the person has nothing that is due',
  })
})

test('whoever is suspended or gone has none', async () => {
  const member = { workspaceId, userId: ana.userId }
  await app.call(owner, suspendMember, { params: member, body: {} })
  await app.drain()
  expect(await planOf(ana)).toBeUndefined()
  const message: NoticeMessage = { kind: 'digest', ...member, date: '2031-01-05', at: iso(start) }
  expect(await verdictOn(message, app.facts, iso(start))).toMatchObject({ send: false })
  await app.call(owner, removeMember, { params: member })
  await app.drain()
  expect(await planOf(ana)).toBeUndefined()
})
