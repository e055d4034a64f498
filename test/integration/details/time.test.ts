import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { deleteTask, editTask } from '../../../shared/api/routes/tasks.ts'
import * as time from '../../../shared/api/routes/time.ts'
import { timerKey } from '../../../shared/data/keys.ts'
import type { Someone } from '../../support/app.ts'
import { iso } from '../../unit/domain/support/builders.ts'
import { type DetailTeam, entriesOf, ifMatch, startDetailTeam } from './detailTeam.ts'

let team: DetailTeam
beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const minutesLater = (count: number) => {
  team.app.clock.now += count * 60_000
}
type Options = { who?: Someone; headers?: Record<string, string>; params?: Record<string, string> }
const on = (taskId: string, route: RouteDeclaration, body: unknown, options: Options = {}) => {
  const { who = team.owner, headers = {}, params = {} } = options
  return team.app.call(who, route, {
    params: { workspaceId: team.workspaceId, taskId, ...params },
    ...(route.body !== undefined && { body }),
    headers,
  })
}
const start = (taskId: string, who: Someone, headers = {}) =>
  on(taskId, time.startTimer, {}, { who, headers })
const stop = (taskId: string, who: Someone, headers = {}) => on(taskId, time.stopTimer, {}, { who, headers })
const running = async (who: Someone) => {
  const params = { workspaceId: team.workspaceId, userId: '@me' }
  return (await team.app.call(who, time.getTimer, { params })).body.timer
}

describe('a timer', () => {
  test('runs from start to stop, rounded to the minute, and counts as time spent', async () => {
    const [who, taskId] = [await team.colleague('manager'), await team.addTask()]
    const started = await start(taskId, who)
    expect([started.status, started.body]).toMatchObject([201, { taskId, minutes: null, userId: who.userId }])
    expect(await running(who)).toEqual({ taskId, timeEntryId: started.body.id })
    expect((await team.read(taskId)).spentMinutes).toBe(0)
    minutesLater(12.4)
    const stopped = await stop(taskId, who)
    expect([stopped.status, stopped.body]).toEqual([200, { ...started.body, minutes: 12 }])
    expect(await running(who)).toBeNull()
    expect(await team.read(taskId)).toMatchObject({ spentMinutes: 12, timeEntries: [{ minutes: 12 }] })
    expect(await stop(taskId, who)).toMatchObject({ status: 409 })
  })

  test('counts a minute at least, and a month at most', async () => {
    const [who, taskId] = [await team.colleague('manager'), await team.addTask()]
    for (const [lasted, counted] of [
      [0, 1],
      [50_000, 44_640],
    ] as const) {
      await start(taskId, who)
      minutesLater(lasted)
      expect((await stop(taskId, who)).body.minutes).toBe(counted)
    }
  })

  test('is one for each person: a second is refused and told which runs', async () => {
    const [ana, ben] = [await team.colleague('manager'), await team.colleague('manager')]
    const [one, two] = [await team.addTask(), await team.addTask()]
    const { body } = await start(one, ana)
    for (const taskId of [one, two]) {
      const refused = await start(taskId, ana)
      expect(refused).toMatchObject({ status: 409, body: { taskId: one, timeEntryId: body.id } })
    }
    expect((await start(one, ben)).status).toBe(201)
    expect((await stop(one, ana)).status).toBe(200)
    expect((await start(two, ana)).status).toBe(201)
  })

  test('of fifty started at once over five tasks, one runs', async () => {
    const who = await team.colleague('manager')
    const tasks = await Promise.all(Array.from({ length: 5 }, () => team.addTask()))
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) => start(tasks[n % tasks.length] as string, who)),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(49).fill(409)])
    const entries = (await Promise.all(tasks.map(team.read))).flatMap(({ timeEntries }) => timeEntries)
    expect(entries).toHaveLength(1)
    expect((await running(who)).timeEntryId).toBe(entries[0]?.id)
  })

  test('started and stopped again under one key is so once, also after others have changed the task', async () => {
    const [who, taskId] = [await team.colleague('manager'), await team.addTask()]
    const [key, end] = [{ 'Idempotency-Key': 'start-1' }, { 'Idempotency-Key': 'stop-1' }]
    const first = await start(taskId, who, key)
    expect(await start(taskId, who, key)).toMatchObject({ status: 201, body: first.body })
    minutesLater(3)
    const stopped = await stop(taskId, who, end)
    await start(taskId, who)
    expect(await stop(taskId, who, end)).toMatchObject({ status: 200, body: stopped.body })
    const params = { timeEntryId: stopped.body.id }
    await on(taskId, time.editTimeEntry, { minutes: 8 }, { params })
    // What the first run wrote stands in the history alone by now, which trails.
    expect(await stop(taskId, who, end)).toMatchObject({ status: 409 })
    await team.app.drain()
    expect(await stop(taskId, who, end)).toMatchObject({ status: 200, body: stopped.body })
    expect(await start(taskId, who, key)).toMatchObject({ status: 201, body: first.body })
    expect((await team.read(taskId)).timeEntries).toHaveLength(2)
  })

  test.each([
    ['deleted with its task', (taskId: string) => on(taskId, deleteTask, undefined)],
    [
      'deleted',
      (taskId: string, timeEntryId: string) =>
        on(taskId, time.deleteTimeEntry, undefined, { params: { timeEntryId } }),
    ],
    [
      'ended by an edit',
      (taskId: string, timeEntryId: string) =>
        on(taskId, time.editTimeEntry, { minutes: 5 }, { params: { timeEntryId } }),
    ],
  ])('that was %s is in nobody’s way', async (_how, end) => {
    const [who, one, two] = [await team.colleague('manager'), await team.addTask(), await team.addTask()]
    const { body } = await start(one, who)
    expect((await end(one, body.id)).status).toBeLessThan(300)
    // At once, before the stream has been followed …
    const second = await start(two, who)
    expect(second.status).toBe(201)
    await team.app.drain()
    expect(await running(who)).toEqual({ taskId: two, timeEntryId: second.body.id })
    // … and the slot is free once it has.
    await end(two, second.body.id)
    await team.app.drain()
    expect(await running(who)).toBeNull()
    expect(await team.app.table.get(timerKey(team.workspaceId, who.userId))).toBeUndefined()
  })

  test('counts up to the deletion of its task', async () => {
    const [who, taskId] = [await team.colleague('manager'), await team.addTask()]
    await start(taskId, who)
    minutesLater(7)
    await on(taskId, deleteTask, undefined)
    expect((await team.read(taskId)).timeEntries).toMatchObject([{ minutes: 7 }])
  })

  test('stops for somebody who is not assigned any more', async () => {
    const guest = await team.colleague('guest')
    const taskId = await team.addTask({ assigneeIds: [guest.userId] })
    expect((await start(taskId, guest)).status).toBe(201)
    await on(taskId, editTask, { assigneeIds: [] })
    expect((await stop(taskId, guest)).status).toBe(200)
    expect((await start(taskId, guest)).status).toBe(404)
  })
})

describe('time entries', () => {
  test('are added, corrected and deleted by whose they are', async () => {
    const member = await team.colleague('member')
    const taskId = await team.addTask({ assigneeIds: [member.userId] })
    const body = { minutes: 90, startedAt: '2026-02-28T08:00:00Z', note: 'Papers' }
    const added = await on(taskId, time.addTimeEntry, body, { who: member })
    expect(added).toMatchObject({
      status: 201,
      body: { minutes: 90, startedAt: '2026-02-28T08:00:00.000Z', note: 'Papers', userId: member.userId },
    })
    const params = { timeEntryId: added.body.id }
    const edited = await on(taskId, time.editTimeEntry, { minutes: 60 }, { who: member, params })
    expect(edited).toMatchObject({ status: 200, body: { ...added.body, minutes: 60 } })
    expect((await team.read(taskId)).spentMinutes).toBe(60)
    expect((await on(taskId, time.deleteTimeEntry, undefined, { who: member, params })).status).toBe(204)
    expect((await team.read(taskId)).spentMinutes).toBe(0)
    expect((await on(taskId, time.deleteTimeEntry, undefined, { who: member, params })).status).toBe(404)
  })

  test('of others are for managers', async () => {
    const [member, manager] = [await team.colleague('member'), await team.colleague('manager')]
    const taskId = await team.addTask({ assigneeIds: [member.userId] })
    const ofManager = { minutes: 5, userId: manager.userId }
    expect((await on(taskId, time.addTimeEntry, ofManager, { who: member })).status).toBe(403)
    const ofMember = { minutes: 5, userId: member.userId }
    const added = await on(taskId, time.addTimeEntry, ofMember, { who: manager })
    expect(added).toMatchObject({ status: 201, body: { userId: member.userId } })
    const managers = await on(taskId, time.addTimeEntry, { minutes: 9 }, { who: manager })
    const params = { timeEntryId: managers.body.id }
    expect((await on(taskId, time.editTimeEntry, { minutes: 1 }, { who: member, params })).status).toBe(403)
    expect((await on(taskId, time.deleteTimeEntry, undefined, { who: member, params })).status).toBe(403)
    expect((await team.read(taskId)).spentMinutes).toBe(14)
  })

  test('are not for whoever neither works on the task nor manages', async () => {
    const [member, guest] = [await team.colleague('member'), await team.colleague('guest')]
    const taskId = await team.addTask()
    expect((await on(taskId, time.addTimeEntry, { minutes: 5 }, { who: member })).status).toBe(403)
    expect((await on(taskId, time.addTimeEntry, { minutes: 5 }, { who: guest })).status).toBe(404)
    expect((await start(taskId, member)).status).toBe(403)
  })

  test('merge one by one: only a changed entry contradicts', async () => {
    const taskId = await team.addTask()
    const [one, two] = [
      await on(taskId, time.addTimeEntry, { minutes: 1 }),
      await on(taskId, time.addTimeEntry, { minutes: 2 }),
    ]
    const edit = (timeEntryId: string, body: object) =>
      on(taskId, time.editTimeEntry, body, { params: { timeEntryId }, headers: ifMatch(3) })
    expect((await edit(one.body.id, { minutes: 10 })).status).toBe(200)
    expect((await edit(two.body.id, { minutes: 20 })).status).toBe(200)
    const { userId, startedAt } = one.body
    const entry = (minutes: number) => ({ userId, startedAt, note: '', minutes })
    await team.app.drain()
    expect(await edit(one.body.id, { minutes: 11 })).toMatchObject({
      status: 412,
      body: {
        conflicts: [
          { field: `timeEntries/${one.body.id}`, base: entry(1), mine: entry(11), theirs: entry(10) },
        ],
      },
    })
  })

  test('are two hundred at most', async () => {
    const taskId = await team.addTask()
    await team.fill(taskId, {
      timeEntries: entriesOf(199, 'timeEntry', () => ({
        userId: team.owner.userId,
        startedAt: iso(0),
        minutes: 1,
        note: '',
      })),
    })
    const add = () => on(taskId, time.addTimeEntry, { minutes: 1 })
    expect((await add()).status).toBe(201)
    expect(await add()).toMatchObject({ status: 409, body: { type: 'urn:duely:problem:conflict' } })
    expect((await start(taskId, await team.colleague('manager'))).status).toBe(409)
    expect((await team.read(taskId)).spentMinutes).toBe(200)
  })

  test.each([
    ['no minutes', { minutes: 0 }, '/minutes'],
    ['more than a month', { minutes: 44_641 }, '/minutes'],
    ['half a minute', { minutes: 1.5 }, '/minutes'],
    ['minutes in words', { minutes: 'ten' }, '/minutes'],
    ['29 February in a common year', { minutes: 1, startedAt: '2026-02-29T08:00:00Z' }, '/startedAt'],
    ['a time without a zone', { minutes: 1, startedAt: '2026-02-28T08:00:00' }, '/startedAt'],
    ['the future', { minutes: 1, startedAt: '2199-01-01T00:00:00Z' }, '/startedAt'],
    ['a note of 501 characters', { minutes: 1, note: 'x'.repeat(501) }, '/note'],
    ['somebody unknown', { minutes: 1, userId: '00000000-0000-4000-8000-000000000000' }, '/userId'],
    ['a strange field', { minutes: 1, colour: 'red' }, '/colour'],
  ])('with %s are refused, without effect', async (_what, body, pointer) => {
    const taskId = await team.addTask()
    const refused = await on(taskId, time.addTimeEntry, body)
    expect([refused.status, refused.body.errors.map((one: { pointer: string }) => one.pointer)]).toEqual([
      400,
      [pointer],
    ])
    expect(await team.read(taskId)).toMatchObject({ version: 1, timeEntries: [] })
  })
})
