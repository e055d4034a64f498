import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batchTasks } from '../../shared/api/routes/jobs.ts'
import { deleteTask, editTask, getTask, listTaskHistory } from '../../shared/api/routes/tasks.ts'
import { type App, type Someone, startApp } from '../support/app.ts'
import { type FoundWorkspace, foundWorkspace } from '../support/jobs.ts'

let app: App
let owner: Someone
let place: FoundWorkspace

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga Owner')
  place = await foundWorkspace(app, owner)
})
afterAll(() => app.close())

const params = (taskId?: string) => ({
  workspaceId: place.workspaceId,
  ...(taskId !== undefined && { taskId }),
})
const batch = (operations: readonly object[], who = owner, headers: Record<string, string> = {}) =>
  app.call(who, batchTasks, { params: params(), body: { operations }, headers })
const task = async (taskId: string) => (await app.call(owner, getTask, { params: params(taskId) })).body
const edit = (taskId: string, body: object) => app.call(owner, editTask, { params: params(taskId), body })
const versions = (ids: readonly string[]) =>
  Promise.all(ids.map((id) => task(id))).then((all) => all.map(({ version }) => version))
const member = async (name: string, role: 'manager' | 'member' | 'guest' = 'member') => {
  const who = await app.person(name)
  await app.join(who, place.workspaceId, role)
  return who
}

describe('a batch', () => {
  test('makes all its changes, each its own, and answers the versions', async () => {
    const [a, b, c, d] = (await place.addTasks(4)) as [string, string, string, string]
    const { status, body } = await batch([
      { taskId: a, patch: { title: 'First', due: { date: '2026-12-24' } } },
      { taskId: b, action: 'complete' },
      { taskId: c, action: 'trash', expected: 1 },
      { taskId: d, patch: { status: 'open' } },
    ])
    expect(status).toBe(200)
    expect(body.results).toEqual([
      { taskId: a, version: 2 },
      { taskId: b, version: 2 },
      { taskId: c, version: 2 },
      { taskId: d, version: 1 },
    ])
    expect(await task(a)).toMatchObject({
      title: 'First',
      due: { date: '2026-12-24', zone: 'Europe/Madrid' },
    })
    expect(await task(b)).toMatchObject({ status: 'done' })
    expect((await task(c)).trashedAt).not.toBeNull()
    expect((await batch([{ taskId: c, action: 'restore' }])).status).toBe(200)
    expect((await task(c)).trashedAt).toBeNull()
  })

  test('may be of a hundred tasks', async () => {
    const ids = await place.addTasks(100)
    const operations = ids.map((taskId) => ({ taskId, action: 'complete' }))
    const { status } = await batch(operations, owner, { 'Idempotency-Key': 'a hundred' })
    expect(status).toBe(200)
    expect(new Set(await versions(ids))).toEqual(new Set([2]))
    const again = await batch(operations, owner, { 'Idempotency-Key': 'a hundred' })
    expect(again.body.results).toEqual(ids.map((taskId) => ({ taskId, version: 2 })))
    const more = [...operations, { taskId: ids[0], action: 'trash' }]
    expect((await batch(more)).status).toBe(400)
  }, 60_000)

  test('stands in the history of each task with what it was part of', async () => {
    const ids = (await place.addTasks(2)) as [string, string]
    await batch(ids.map((taskId) => ({ taskId, action: 'complete' })))
    await app.drain()
    const causes = await Promise.all(
      ids.map(async (taskId) => {
        const { body } = await app.call(owner, listTaskHistory, { params: params(taskId) })
        return body.items[0].cause
      }),
    )
    expect(causes[0]).toEqual({ kind: 'bulk', id: expect.stringMatching(/^job_/) })
    expect(causes[1]).toEqual(causes[0])
  })
})

describe('one refusal refuses all', () => {
  const cases: [string, (ids: string[]) => Promise<object> | object, number, string][] = [
    [
      'a task that is not there',
      () => ({ taskId: 'tsk_01jd3v8k6t9q2w4e7r5y8z0x1c', action: 'trash' }),
      404,
      '/taskId',
    ],
    [
      'a task in the trash',
      async ([, , id]) => {
        await app.call(owner, deleteTask, { params: params(id) })
        return { taskId: id, action: 'complete' }
      },
      404,
      '/taskId',
    ],
    [
      'a stale version of a whole',
      ([, , id]) => ({ taskId: id, action: 'trash', expected: 2 }),
      412,
      '/expected',
    ],
    [
      'somebody else’s edit of the same field',
      async ([, , id]) => {
        await edit(String(id), { title: 'Theirs' })
        return { taskId: id, patch: { title: 'Mine' }, expected: 1 }
      },
      412,
      '/expected',
    ],
    [
      'a stranger as assignee',
      ([, , id]) => ({ taskId: id, patch: { assigneeIds: ['00000000-0000-4000-8000-000000000000'] } }),
      400,
      '/patch/assigneeIds/0',
    ],
    [
      'a reminder that the task has not',
      ([, , id]) => ({ taskId: id, patch: { reminders: [{ id: 'rmd_01jd3v8k6t9q2w4e7r5y8z0x1c' }] } }),
      400,
      '/patch/reminders/0/id',
    ],
    ['a title that no task takes', ([, , id]) => ({ taskId: id, patch: { title: '' } }), 400, '/patch/title'],
    ['neither patch nor action', ([, , id]) => ({ taskId: id }), 400, ''],
    ['both patch and action', ([, , id]) => ({ taskId: id, patch: {}, action: 'trash' }), 400, ''],
    ['a task that stands before', ([id]) => ({ taskId: id, action: 'trash' }), 400, '/taskId'],
  ]
  test.each(cases)('%s', async (_, third, status, pointer) => {
    const ids = await place.addTasks(3)
    const operation = await third(ids)
    const before = await versions(ids)
    const refused = await batch([
      { taskId: ids[0], action: 'complete' },
      { taskId: ids[1], patch: { title: 'Never' } },
      operation,
    ])
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([status, `/operations/2${pointer}`])
    expect(await versions(ids)).toEqual(before)
    if (status === 412) expect(refused.body.version).toBe(before[2])
  })

  test('a stale version merges where nobody touched the same fields', async () => {
    const [id] = (await place.addTasks(1)) as [string]
    await edit(id, { priority: 'high' })
    const { status } = await batch([{ taskId: id, patch: { title: 'Mine' }, expected: 1 }])
    expect(status).toBe(200)
    expect(await task(id)).toMatchObject({ title: 'Mine', priority: 'high', version: 3 })
  })
})

describe('each operation is allowed to whom the route for one task allows it', () => {
  test('a member changes own tasks only', async () => {
    const mia = await member('Mia')
    const [foreign] = await place.addTasks(1)
    const [own] = await place.addTasks(1, { assigneeIds: [mia.userId] })
    const both = [own, foreign].map((taskId) => ({ taskId, action: 'complete' }))
    const refused = await batch(both, mia)
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([403, '/operations/1'])
    expect((await task(String(own))).status).toBe('open')
    expect((await batch(both.slice(0, 1), mia)).status).toBe(200)
  })

  test('a guest changes nothing, and learns of none but own tasks', async () => {
    const gus = await member('Gus', 'guest')
    const [foreign] = await place.addTasks(1)
    const [own] = await place.addTasks(1, { assigneeIds: [gus.userId] })
    expect((await batch([{ taskId: foreign, action: 'complete' }], gus)).status).toBe(404)
    expect((await batch([{ taskId: own, action: 'complete' }], gus)).status).toBe(403)
    const mixed = [foreign, own].map((taskId) => ({ taskId, action: 'complete' }))
    expect((await batch(mixed, gus)).status).toBe(404)
  })

  test('a task of another workspace is not there', async () => {
    const elsewhere = await foundWorkspace(app, owner)
    const [id] = await elsewhere.addTasks(1)
    expect((await batch([{ taskId: id, action: 'trash' }])).status).toBe(404)
  })
})

describe('under one Idempotency-Key', () => {
  test('a repeated batch changes nothing and answers the same, whatever came after', async () => {
    const ids = (await place.addTasks(2)) as [string, string]
    const operations = [
      { taskId: ids[0], action: 'trash' },
      { taskId: ids[1], patch: { status: 'open' } },
    ]
    const key = { 'Idempotency-Key': 'again' }
    const first = await batch(operations, owner, key)
    await edit(ids[1], { status: 'done' })
    const again = await batch(operations, owner, key)
    expect([again.status, again.body]).toEqual([200, first.body])
    expect((await task(ids[1])).status).toBe('done')
  })

  test('another batch is refused, also one of other tasks', async () => {
    const [a, b] = (await place.addTasks(2)) as [string, string]
    const key = { 'Idempotency-Key': 'used' }
    expect((await batch([{ taskId: a, action: 'complete' }], owner, key)).status).toBe(200)
    expect((await batch([{ taskId: a, action: 'trash' }], owner, key)).status).toBe(422)
    expect((await batch([{ taskId: b, action: 'complete' }], owner, key)).status).toBe(422)
    expect((await task(b)).status).toBe('open')
  })

  test('ten at once are one', async () => {
    const ids = await place.addTasks(5)
    const operations = ids.map((taskId) => ({ taskId, patch: { tags: ['once'] } }))
    const all = await Promise.all(
      Array.from({ length: 10 }, () => batch(operations, owner, { 'Idempotency-Key': 'at once' })),
    )
    expect(all.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(await versions(ids)).toEqual([2, 2, 2, 2, 2])
  })
})

describe('rivals', () => {
  test('batches and edits of the same tasks at once lose nothing: each wins whole or is refused whole', async () => {
    const ids = await place.addTasks(10)
    const batches = Array.from({ length: 8 }, (_, n) =>
      batch(ids.map((taskId) => ({ taskId, patch: { metadata: { [`b${n}`]: n } } }))),
    )
    const edits = ids.map((id, n) => edit(id, { metadata: { [`e${n}`]: n } }))
    const replies = await Promise.all(batches)
    expect(new Set((await Promise.all(edits)).map(({ status }) => status))).toEqual(new Set([200]))
    const won = replies.flatMap(({ status }, n) => (status === 200 ? [`b${n}`] : []))
    for (const { status } of replies) expect([200, 409]).toContain(status)
    expect(won.length).toBeGreaterThan(0)
    for (const [n, id] of ids.entries()) {
      const { metadata, version } = await task(id)
      expect(Object.keys(metadata).sort()).toEqual([...won, `e${n}`].sort())
      expect(version).toBe(1 + won.length + 1)
    }
  }, 60_000)
})

describe('notices', () => {
  test('each person is told once, with the number of tasks that became theirs', async () => {
    const [ana, ben] = [await member('Ana'), await member('Ben')]
    const [had] = await place.addTasks(1, { assigneeIds: [ana.userId] })
    const ids = [had, ...(await place.addTasks(3))]
    await app.drain()
    app.notices.length = 0
    const who = [[ana, ben], [ana], [ana, ben, owner], []] as const
    const operations = ids.map((taskId, n) => ({
      taskId,
      patch: { assigneeIds: (who[n] ?? []).map(({ userId }) => userId), tags: ['told'] },
    }))
    expect((await batch(operations)).status).toBe(200)
    await app.drain()
    const told = app.notices.map((notice) => 'count' in notice && [notice.kind, notice.userId, notice.count])
    expect(told.sort()).toEqual(
      [
        ['bulk', ana.userId, 2],
        ['bulk', ben.userId, 2],
      ].sort(),
    )
  })
})
