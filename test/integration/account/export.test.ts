import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { editMe } from '../../../shared/api/routes/account.ts'
import { createComment } from '../../../shared/api/routes/comments.ts'
import { invite } from '../../../shared/api/routes/invitations.ts'
import { removeMember } from '../../../shared/api/routes/members.ts'
import { editNotificationPreferences } from '../../../shared/api/routes/notifications.ts'
import { createExport, getExport } from '../../../shared/api/routes/privacy.ts'
import { editTask } from '../../../shared/api/routes/tasks.ts'
import { addTimeEntry } from '../../../shared/api/routes/time.ts'
import { createToken } from '../../../shared/api/routes/tokens.ts'
import { runExport } from '../../../shared/domain/account/exportWork.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import { accountWorkOf, workOffAccounts } from '../../support/accountWork.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { Crash } from '../../support/crashing.ts'
import { type FoundWorkspace, foundWorkspace } from '../../support/jobs.ts'
import { mortal } from '../../support/mortal.ts'
import { tell } from '../../support/ordinary/notificationCalls.ts'

let app: App
let owner: Someone
let place: FoundWorkspace
beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga Owner')
  place = await foundWorkspace(app, owner)
})
afterAll(() => app.close())

type Lines = readonly Record<string, unknown>[]
const parsed = (text: string): Lines =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const ask = (who: Someone, headers: Record<string, string> = {}) =>
  app.call(who, createExport, { body: {}, headers })
const read = (who: Someone, exportId: string) => app.call(who, getExport, { params: { exportId } })
const textOf = ({ userId }: Someone, exportId: string): string =>
  [...app.files.exported]
    .filter(([key]) => key.startsWith(`${userId}/${exportId}/`))
    .map(([, text]) => text)
    .join('')
/** An export of somebody, built to its end. */
const built = async (who: Someone): Promise<string> => {
  const { status, body } = await ask(who)
  expect(status).toBe(202)
  await workOffAccounts(app)
  return textOf(who, body.id)
}
const of = (lines: Lines, kind: string): Lines => lines.filter((line) => line.kind === kind)
const colleague = async (name: string, role: 'member' | 'guest' | 'admin' = 'member') => {
  const who = await app.person(name)
  await app.join(who, place.workspaceId, role, name)
  return who
}
const track = (who: Someone, taskId: string, note: string) =>
  app.call(who, addTimeEntry, {
    params: { workspaceId: place.workspaceId, taskId },
    body: { minutes: 5, note },
  })
const edit = (who: Someone, taskId: string, body: object) =>
  app.call(who, editTask, { params: { workspaceId: place.workspaceId, taskId }, body })

describe('an export', () => {
  test('holds the notices of each workspace, what became of them, and what the person chose about them', async () => {
    const who = await colleague('Nora')
    const { workspaceId } = place
    await app.call(who, editNotificationPreferences, {
      params: { workspaceId },
      body: { mailWindow: 'daily' },
    })
    const team = {
      app,
      workspaceId,
      owner,
      colleagues: [],
      projectId: place.projectId,
      longLived: { id: '', key: '' },
    }
    const [taskId = ''] = await place.addTasks(1)
    const told = await tell({ ...team, longLived: { id: taskId, key: 'OPS-1' } }, who, 103)
    await tell({ ...team, longLived: { id: taskId, key: 'OPS-1' } }, owner, 1)
    const lines = parsed(await built(who))
    expect(of(lines, 'preferences')).toMatchObject([{ workspaceId, own: { mailWindow: 'daily' } }])
    const notices = of(lines, 'notice').filter((line) => line.workspaceId === workspaceId)
    expect(notices.map(({ id }) => id)).toEqual(told.map(({ id }) => id).toReversed())
    expect(notices[0]).toMatchObject({
      about: 'assigned',
      taskId,
      inbox: 'delivered',
      mail: 'sent',
      readAt: null,
    })
  })

  test('holds what is of the person and what they took part in, and nothing that others did', async () => {
    const who = await colleague('Ana', 'admin')
    const [made = '', given = '', touched = '', said = '', strange = ''] = await place.addTasks(5)
    await edit(owner, made, { assigneeIds: [who.userId], description: 'What there is to do' })
    await edit(owner, given, { assigneeIds: [who.userId] })
    await edit(owner, strange, { title: 'None of hers' })
    await track(who, given, 'My note')
    await track(owner, given, 'Note of another')
    await edit(who, touched, { priority: 'high' })
    const say = (by: Someone, body: string) =>
      app.call(by, createComment, {
        params: { workspaceId: place.workspaceId, taskId: said },
        body: { body },
      })
    await say(who, 'My word')
    await say(owner, 'Word of another')
    await app.call(who, invite, {
      params: { workspaceId: place.workspaceId },
      body: { email: 'newcomer@example.com', role: 'guest' },
    })
    const token = await app.call(who, createToken, {
      body: { name: 'Script', scopes: ['tasks:read'], expiresInDays: 30 },
    })
    await app.drain()
    const text = await built(who)
    const lines = parsed(text)

    expect(of(lines, 'profile')).toMatchObject([{ id: who.userId, name: 'Ana' }])
    expect(of(lines, 'session')).toMatchObject([{ endedAt: null }])
    expect(of(lines, 'token')).toMatchObject([{ name: 'Script', scopes: ['tasks:read'] }])
    expect(of(lines, 'membership')).toMatchObject([{ workspaceId: place.workspaceId, role: 'admin' }])
    expect(of(lines, 'invitation')).toMatchObject([{ address: 'n…@example.com', role: 'guest' }])
    const tasks = new Map(of(lines, 'task').map((line) => [line.id, line]))
    expect([...tasks.keys()].sort()).toEqual([made, given, touched, said].sort())
    expect(of(lines, 'comment')).toMatchObject([{ taskId: said, body: 'My word' }])
    expect(tasks.get(made)).toMatchObject({ description: 'What there is to do' })
    expect(tasks.get(given)).toMatchObject({ timeEntries: [{ note: 'My note' }] })
    expect(tasks.get(touched)).not.toHaveProperty('description')
    expect(of(lines, 'change').map(({ taskId }) => taskId)).toEqual(expect.arrayContaining([given, touched]))
    for (const secret of [
      'Note of another',
      'Word of another',
      'None of hers',
      token.body.token,
      'hash',
      'newcomer@',
    ]) {
      expect(text).not.toContain(secret)
    }
  })

  test('holds of a guest only the tasks that are theirs or shared with them', async () => {
    const guest = await colleague('Gus', 'guest')
    const [own = '', hidden = ''] = await place.addTasks(2)
    await edit(owner, own, { assigneeIds: [guest.userId] })
    await edit(owner, hidden, { assigneeIds: [guest.userId] })
    await track(guest, hidden, 'While I could')
    await edit(owner, hidden, { assigneeIds: [] })
    await app.drain()
    expect(of(parsed(await built(guest)), 'task').map(({ id }) => id)).toEqual([own])
  })

  test('holds nothing of a workspace that the person has left while it was waiting', async () => {
    const who = await colleague('Lea')
    await place.addTasks(1, { assigneeIds: [who.userId] })
    await app.drain()
    const { body } = await ask(who)
    const params = { workspaceId: place.workspaceId, userId: who.userId }
    expect((await app.call(owner, removeMember, { params })).status).toBe(204)
    await workOffAccounts(app)
    expect(parsed(textOf(who, body.id)).map(({ kind }) => kind)).toEqual(['profile', 'session'])
  })

  test('holds no task of a workspace that the person leaves while its tasks are being read', async () => {
    const who = await colleague('Mia')
    await place.addTasks(1, { assigneeIds: [who.userId] })
    await app.drain()
    const { body } = await ask(who)
    await app.drain()
    app.accountWork.length = 0
    const work = accountWorkOf(app)
    const seen = () => work.exports.exports(who.userId)
    const cursorIn = async () => (await seen())?.all.find(({ id }) => id === body.id)?.cursor?.at
    for (let step = 0; (await cursorIn()) !== 'tasks'; step++) {
      let asked = 0
      await runExport({ userId: who.userId, exportId: body.id }, work, () => asked++ === 0)
      if (step > 10) throw new Error('the export does not come to the tasks')
    }
    const params = { workspaceId: place.workspaceId, userId: who.userId }
    expect((await app.call(owner, removeMember, { params })).status).toBe(204)
    await runExport({ userId: who.userId, exportId: body.id }, work, () => true)
    expect((await read(who, body.id)).body.state).toBe('ready')
    expect(of(parsed(textOf(who, body.id)), 'task')).toEqual([])
    app.accountWork.length = 0
  })

  test('is somebody’s own: others are answered as if it did not exist', async () => {
    const who = await app.person('Ida')
    const { body } = await ask(who)
    const foreign = await read(owner, body.id)
    const unknown = await read(owner, makeId('export', 1, randomSeed()))
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
  })

  test('is downloaded by a short-lived address, and gone after seven days', async () => {
    const who = await app.person('Ria')
    const { body, headers } = await ask(who)
    expect([body.state, headers.location]).toEqual(['running', `/v1/me/exports/${body.id}`])
    expect((await read(who, body.id)).body.files).toEqual([])
    await workOffAccounts(app)
    const ready = (await read(who, body.id)).body
    const [file] = ready.files
    expect([ready.state, ready.files.length, file.lines]).toEqual(['ready', 1, 2])
    expect(file.bytes).toBe(Buffer.byteLength(textOf(who, body.id)))
    expect(Date.parse(file.urlExpiresAt)).toBe(app.clock.now + 5 * 60_000)
    const before = app.clock.now
    app.clock.now += 7 * 86_400_000
    expect((await read(who, body.id)).status).toBe(404)
    app.clock.now = before
  })
})

describe('of exports', () => {
  test('one runs at a time, however many are asked for at once', async () => {
    const who = await app.person('Tim')
    const replies = await Promise.all(Array.from({ length: 6 }, () => ask(who)))
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409, 409])
    const [first] = replies.filter(({ status }) => status === 202)
    const refused = replies.filter(({ status }) => status === 409)
    expect(new Set(refused.map(({ body }) => body.exportId))).toEqual(new Set([first?.body.id]))
  })

  test('there are three a day; the next has to wait until the first is a day old', async () => {
    const who = await app.person('Uma')
    const before = app.clock.now
    for (let n = 0; n < 3; n++) await built(who)
    const refused = await ask(who)
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '86400'])
    app.clock.now += 86_400_000
    expect((await ask(who)).status).toBe(202)
    app.clock.now = before
  })

  test('the same request makes one, and is answered the same', async () => {
    const who = await app.person('Vic')
    const headers = { 'Idempotency-Key': randomUUID() }
    const first = await ask(who, headers)
    await workOffAccounts(app)
    const again = await ask(who, headers)
    expect([again.status, again.body, again.headers.location]).toEqual([
      202,
      first.body,
      first.headers.location,
    ])
  })

  test('one that died with its messages is called failed after a day and is in nobody’s way', async () => {
    const who = await app.person('Wim')
    const { body } = await ask(who)
    app.accountWork.length = 0
    await app.stream.read()
    const before = app.clock.now
    app.clock.now += 86_400_000
    expect((await read(who, body.id)).body.state).toBe('failed')
    expect((await ask(who)).status).toBe(202)
    app.clock.now = before
  })
})

describe('a worker of exports', () => {
  const untilIdle = async (
    who: Someone,
    exportId: string,
    hasTime: () => boolean,
    work = accountWorkOf(app),
  ) => {
    let runs = 0
    app.accountWork.push({ kind: 'export', userId: who.userId, exportId })
    for (let next = app.accountWork.shift(); next !== undefined; next = app.accountWork.shift()) {
      runs += 1
      if (next.kind === 'export') await runExport(next, work, hasTime)
    }
    return runs
  }

  test('that has little time goes on in the next message, file by file, to the same lines', async () => {
    const who = await colleague('Xia')
    await place.addTasks(5, { assigneeIds: [who.userId] })
    await app.drain()
    const whole = await built(who)
    const { body } = await ask(who)
    await app.stream.read()
    let left = 0
    const runs = await untilIdle(who, body.id, () => left++ % 3 === 0)
    expect(runs).toBeGreaterThan(3)
    expect(new Set(parsed(textOf(who, body.id)).map((line) => JSON.stringify(line)))).toEqual(
      new Set(parsed(whole).map((line) => JSON.stringify(line))),
    )
    const ready = (await read(who, body.id)).body
    expect(ready.files.length).toBeGreaterThan(1)
    expect(ready.files[0].name).toMatch(/^duely-export-\d{4}-\d\d-\d\d-1-of-\d+\.jsonl$/)
  })

  test('that dies at any step is followed by one that finishes: each line once', async () => {
    const who = await colleague('Yan')
    await place.addTasks(3, { assigneeIds: [who.userId] })
    await app.drain()
    const expected = (await built(who)).split('\n').sort()
    const story = async (at?: number) => {
      app.clock.now += 8 * 3_600_000
      const { body } = await ask(who)
      await app.stream.read()
      const life = mortal()
      const plain = accountWorkOf({ ...app, table: life.over(app.table) })
      const work = {
        ...plain,
        parts: { ...plain.parts, write: life.effect('file', plain.parts.write) },
        queue: { send: life.effect('message', plain.queue.send) },
      }
      let clock = 0
      const hasTime = () => clock++ % 3 === 0
      await life.revive(at)
      const names: string[] = []
      try {
        await untilIdle(who, body.id, hasTime, work)
      } catch (error) {
        if (!(error instanceof Crash)) throw error
      }
      names.push(...life.names)
      await life.revive()
      // Whatever was not acknowledged is delivered again, and then everything once more.
      await untilIdle(who, body.id, hasTime, work)
      await untilIdle(who, body.id, hasTime, work)
      const ready = (await read(who, body.id)).body
      expect(ready.state, `${at} ${names.at(-1)}`).toBe('ready')
      expect(textOf(who, body.id).split('\n').sort(), `${at} ${names.at(-1)}`).toEqual(expected)
      return names.length
    }
    const before = app.clock.now
    const steps = await story()
    expect(steps).toBeGreaterThan(20)
    for (let at = 1; at <= steps; at++) await story(at)
    app.clock.now = before
  })

  test('leaves nothing of an account that is given up in between', async () => {
    const who = await app.person('Zoe')
    const { body } = await ask(who)
    const work = accountWorkOf(app)
    const parts = {
      ...work.parts,
      write: async (...given: Parameters<typeof work.parts.write>) => {
        await work.parts.write(...given)
        await work.deletions.close(who.userId, [], new Date(app.clock.now).toISOString())
        await work.deletions.wipe(who.userId)
      },
    }
    await runExport({ userId: who.userId, exportId: body.id }, { ...work, parts }, () => true)
    expect(textOf(who, body.id)).toBe('')
    expect((await app.call(who, editMe, { body: { name: 'Zoe' } })).status).toBe(401)
  })

  test('nor when its files were dropped before the last one was noted', async () => {
    const who = await app.person('Zed')
    const { body } = await ask(who)
    const work = accountWorkOf(app)
    const parts = {
      ...work.parts,
      write: async (...given: Parameters<typeof work.parts.write>) => {
        await work.deletions.close(who.userId, [], new Date(app.clock.now).toISOString())
        await work.parts.write(...given)
      },
    }
    await runExport({ userId: who.userId, exportId: body.id }, { ...work, parts }, () => true)
    await work.deletions.wipe(who.userId)
    expect(textOf(who, body.id)).toBe('')
  })
})
