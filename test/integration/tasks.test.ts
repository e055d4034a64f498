import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProject, getProjectStatistics, getStatistics } from '../../shared/api/routes/projects.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import { type App, type Someone, startApp } from '../support/app.ts'

let app: App
let owner: Someone
let workspaceId: string
let projectId: string

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga Owner')
  const workspace = await app.call(owner, createWorkspace, { body: { name: 'Acme', zone: 'Europe/Madrid' } })
  workspaceId = workspace.body.id
  const project = await app.call(owner, createProject, {
    params: { workspaceId },
    body: { name: 'Operations', key: 'OPS' },
  })
  projectId = project.body.id
})
afterAll(() => app.close())

const create = (body: unknown, headers: Record<string, string> = {}, who = owner) =>
  app.call(who, tasks.createTask, { params: { workspaceId, projectId }, body, headers })
const edit = (taskId: string, body: unknown, headers: Record<string, string> = {}, who = owner) =>
  app.call(who, tasks.editTask, { params: { workspaceId, taskId }, body, headers })
const get = (taskId: string, headers: Record<string, string> = {}, who = owner) =>
  app.call(who, tasks.getTask, { params: { workspaceId, taskId }, headers })

describe('creating and reading', () => {
  test('a task has a human id, a version and what was given', async () => {
    const due = { dateTime: '2026-12-01T09:00', zone: 'Europe/Madrid' }
    const made = await create({ title: ' Pay rent ', due, priority: 'high', tags: ['home'] })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      title: 'Pay rent',
      due,
      dueAt: '2026-12-01T08:00:00.000Z',
      priority: 'high',
      version: 1,
    })
    expect(made.body.key).toMatch(/^OPS-\d+$/)
    expect(made.headers.location).toBe(`/v1/workspaces/${workspaceId}/tasks/${made.body.id}`)
    const read = await get(made.body.id)
    expect(read.body).toEqual(made.body)
    expect(read.headers.etag).toBe('"1"')
    expect((await get(made.body.id, { 'If-None-Match': '"1"' })).status).toBe(304)
  })

  test('a day takes the zone of the workspace and is overdue at the midnight after it', async () => {
    const { body } = await create({ title: 'Day', due: { date: '2026-03-29' } })
    expect(body.due).toEqual({ date: '2026-03-29', zone: 'Europe/Madrid' })
    expect(body.dueAt).toBe('2026-03-29T22:00:00.000Z')
  })

  test('an id with another time part names nothing', async () => {
    const { body } = await create({ title: 'One' })
    const forged = `tsk_00${body.id.slice(6)}`
    expect(forged).not.toBe(body.id)
    expect((await get(forged)).status).toBe(404)
  })

  test('bad input names every field, and writes nothing', async () => {
    await app.drain()
    const before = await app.stream.read()
    const { status, body, headers } = await create({
      title: '',
      priority: 'hot',
      due: { date: '2026-02-29' },
      nope: 1,
    })
    expect(status).toBe(400)
    expect(headers['content-type']).toBe('application/problem+json')
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/due/date',
      '/nope',
      '/priority',
      '/title',
    ])
    expect(await app.stream.read()).toEqual(before)
  })

  test.each([
    ['malformed JSON', '{"title":', {}, 400, 'malformed-json'],
    [
      'a wrong content type',
      '{"title":"a"}',
      { 'Content-Type': 'text/plain' },
      415,
      'unsupported-media-type',
    ],
    [
      'a body over 256 KB',
      JSON.stringify({ title: 'a', description: 'x'.repeat(262_144) }),
      {},
      413,
      'body-too-large',
    ],
    ['a NUL', '{"title":"a\\u0000b"}', {}, 400, 'invalid-request'],
    ['a lone surrogate', '{"title":"a\\ud800b"}', {}, 400, 'invalid-request'],
    ['a title of 501 characters', JSON.stringify({ title: 'ä'.repeat(501) }), {}, 400, 'invalid-request'],
    ['a prototype', '{"title":"a","__proto__":{"x":1}}', {}, 400, 'malformed-json'],
  ])('%s is refused', async (_name, body, headers, status, code) => {
    const reply = await create(body, headers)
    expect([reply.status, reply.body.type]).toEqual([status, `urn:duely:problem:${code}`])
  })

  test('500 characters of any script are a title', async () => {
    const title = '🧾'.repeat(500)
    expect((await create({ title })).body.title).toBe(title)
  })

  test('strangers cannot be assigned', async () => {
    const stranger = await app.person('Stranger')
    const { status, body } = await create({ title: 'x', assigneeIds: [stranger.userId] })
    expect([status, body.errors[0].pointer]).toEqual([400, '/assigneeIds/0'])
  })
})

describe('idempotency', () => {
  test('a hundred parallel creations with one key make one task', async () => {
    const replies = await Promise.all(
      Array.from({ length: 100 }, () => create({ title: 'Once' }, { 'Idempotency-Key': 'k-1' })),
    )
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    await app.drain()
    const all = await app.call(owner, tasks.listProjectTasks, {
      params: { workspaceId, projectId },
      query: { limit: '100' },
    })
    expect(all.body.items.filter(({ title }: { title: string }) => title === 'Once')).toHaveLength(1)
  })

  test('a replay answers what the first answered, also after edits and at another time', async () => {
    const first = await create({ title: 'Before', assigneeIds: [owner.userId] }, { 'Idempotency-Key': 'k-2' })
    await edit(first.body.id, { title: 'After', priority: 'low', assigneeIds: [] })
    await edit(first.body.id, { status: 'done' })
    await app.drain()
    app.clock.now += 60_000
    const replay = await create(
      { title: 'Before', assigneeIds: [owner.userId] },
      { 'Idempotency-Key': 'k-2' },
    )
    expect(replay.status).toBe(201)
    expect(replay.body).toEqual(first.body)
  })

  test('the same key with another payload is refused', async () => {
    await create({ title: 'A' }, { 'Idempotency-Key': 'k-3' })
    expect((await create({ title: 'B' }, { 'Idempotency-Key': 'k-3' })).status).toBe(422)
  })

  test('parallel creations without a key get numbers of their own', async () => {
    const replies = await Promise.all(Array.from({ length: 40 }, (_, n) => create({ title: `Rival ${n}` })))
    await app.drain()
    const keys = replies.map(({ body }) => body.key)
    expect(new Set(keys).size).toBe(40)
    for (const { body } of replies) {
      const stored = await get(body.id)
      expect(stored.body.key).toBe(body.key)
      const found = await app.call(owner, tasks.findTask, { params: { workspaceId, key: body.key } })
      expect(found.body).toEqual({ id: body.id, key: body.key })
    }
    const later = await create({ title: 'Later' })
    const numbers = keys.map((key) => Number(key.slice(4)))
    expect(Number(later.body.key.slice(4))).toBeGreaterThan(Math.max(...numbers))
  })
})

describe('editing', () => {
  test('stale edits of other fields merge', async () => {
    const { body } = await create({ title: 'Merge' })
    await edit(body.id, { priority: 'low' }, { 'If-Match': '"1"' })
    const merged = await edit(body.id, { title: 'Merged' }, { 'If-Match': '"1"' })
    expect(merged.body).toMatchObject({ title: 'Merged', priority: 'low', version: 3 })
  })

  test('stale edits of the same field are refused with base, mine and theirs', async () => {
    const { body } = await create({ title: 'Base' })
    await edit(body.id, { title: 'Theirs' })
    await app.drain()
    const refused = await edit(body.id, { title: 'Mine', priority: 'low' }, { 'If-Match': '"1"' })
    expect(refused.status).toBe(412)
    expect(refused.body.conflicts).toEqual([{ field: 'title', base: 'Base', mine: 'Mine', theirs: 'Theirs' }])
    expect((await get(body.id)).body.priority).toBe('none')
  })

  test('fifty parallel edits with one ETag make one winner for each field', async () => {
    const { body } = await create({ title: 'Contest' })
    const fields = ['title', 'description'] as const
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        edit(body.id, { [fields[n % 2] as string]: `by ${n}` }, { 'If-Match': '"1"' }),
      ),
    )
    for (const parity of [0, 1]) {
      const own = replies.filter((_, n) => n % 2 === parity)
      expect(own.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(own.filter(({ status }) => status === 412)).toHaveLength(24)
    }
    expect((await get(body.id)).body.version).toBe(3)
  })

  test('an edit that changes nothing writes nothing', async () => {
    const { body } = await create({ title: 'Same' })
    expect((await edit(body.id, { title: 'Same' })).body.version).toBe(1)
  })

  test('completing twice is completing once, and replays to the letter', async () => {
    const { body } = await create({ title: 'Do' })
    const complete = (key: string) =>
      app.call(owner, tasks.completeTask, {
        params: { workspaceId, taskId: body.id },
        headers: { 'Idempotency-Key': key },
      })
    const first = await complete('c-1')
    expect(first.body).toMatchObject({ status: 'done', version: 2 })
    expect((await complete('c-2')).body.version).toBe(2)
    await edit(body.id, { status: 'open' })
    await app.drain()
    expect((await complete('c-1')).body).toEqual(first.body)
    expect((await get(body.id)).body.status).toBe('open')
  })

  test('a deleted task is in the trash and nowhere else, once; it can be read, and not edited', async () => {
    const { body } = await create({ title: 'Gone' })
    const remove = () => app.call(owner, tasks.deleteTask, { params: { workspaceId, taskId: body.id } })
    expect((await remove()).status).toBe(204)
    expect([(await remove()).status, (await edit(body.id, { title: 'x' })).status]).toEqual([404, 404])
    const read = await get(body.id)
    expect([read.status, read.body.version, read.body.title]).toEqual([200, 2, 'Gone'])
    const days = (Date.parse(read.body.purgeAt) - Date.parse(read.body.trashedAt)) / 86_400_000
    expect(days).toBe(30)
    const listed = async (state: string) => {
      const query = { state, direction: 'desc', limit: '100' }
      const params = { workspaceId, projectId }
      const page = await app.call(owner, tasks.listProjectTasks, { params, query })
      return page.body.items.some(({ id }: { id: string }) => id === body.id)
    }
    expect(await Promise.all(['active', 'archived', 'trashed'].map(listed))).toEqual([false, false, true])
  })
})

describe('lists', () => {
  test('pages of every sort hold each task once, in order', async () => {
    const { body } = await app.call(owner, createProject, {
      params: { workspaceId },
      body: { name: 'Lists', key: 'LIST' },
    })
    const params = { workspaceId, projectId: body.id }
    const priorities = ['none', 'low', 'medium', 'high', 'urgent']
    const statuses = ['open', 'in_progress', 'blocked', 'done', 'cancelled']
    for (let n = 0; n < 23; n++) {
      const due = n % 3 === 0 ? null : { date: `2026-12-${String(1 + ((n * 7) % 28)).padStart(2, '0')}` }
      await app.call(owner, tasks.createTask, {
        params,
        body: { title: `T${n}`, priority: priorities[n % 5], status: statuses[(n * 3) % 5], due },
      })
      app.clock.now += 1_000
    }
    for (const sort of ['due', 'priority', 'created', 'updated', 'rank'] as const) {
      for (const direction of ['asc', 'desc'] as const) {
        const seen: Record<string, string>[] = []
        let query: Record<string, string> | undefined = { sort, direction, limit: '5' }
        while (query !== undefined) {
          const page = await app.call(owner, tasks.listProjectTasks, { params, query })
          expect(page.status).toBe(200)
          seen.push(...page.body.items)
          query = page.body.next && Object.fromEntries(new URL(page.body.next, 'https://x').searchParams)
        }
        expect(seen).toHaveLength(23)
        expect(new Set(seen.map(({ id }) => id)).size).toBe(23)
        const rank = (row: Record<string, string>): string =>
          sort === 'due'
            ? (row.dueAt ?? '9')
            : sort === 'priority'
              ? String(priorities.indexOf(row.priority ?? ''))
              : String(row.createdAt)
        const ranks = seen.map(rank)
        expect(ranks).toEqual([...ranks].sort((a, b) => (a < b ? -1 : 1) * (direction === 'asc' ? 1 : -1)))
      }
    }
    const open = await app.call(owner, tasks.listProjectTasks, { params, query: { status: 'open,blocked' } })
    expect(new Set(open.body.items.map(({ status }: { status: string }) => status))).toEqual(
      new Set(['open', 'blocked']),
    )
    const due = await app.call(owner, tasks.listProjectTasks, {
      params,
      query: { sort: 'due', dueFrom: '2026-12-10T00:00:00Z', dueBefore: '2026-12-20T00:00:00Z' },
    })
    expect(due.body.items.length).toBeGreaterThan(0)
    for (const { dueAt } of due.body.items) expect(dueAt >= '2026-12-10' && dueAt < '2026-12-20').toBe(true)
  })

  test('a cursor is good for its own query only', async () => {
    const params = { workspaceId, projectId }
    const first = await app.call(owner, tasks.listProjectTasks, { params, query: { limit: '1' } })
    const cursor = new URL(first.body.next, 'https://x').searchParams.get('cursor') ?? ''
    const other = await app.call(owner, tasks.listProjectTasks, {
      params,
      query: { limit: '1', sort: 'due', cursor },
    })
    expect([other.status, other.body.type]).toEqual([400, 'urn:duely:problem:invalid-cursor'])
    const spoiled = await app.call(owner, tasks.listProjectTasks, { params, query: { cursor: `${cursor}x` } })
    expect(spoiled.status).toBe(400)
  })

  test('an assignee finds the task, until unassigned', async () => {
    const member = await app.person('Mia Member')
    await app.join(member, workspaceId, 'member')
    const { body } = await create({ title: 'For Mia', assigneeIds: [member.userId] })
    const mine = async () => {
      await app.drain()
      const list = await app.call(member, tasks.listAssignedTasks, { params: { workspaceId, userId: '@me' } })
      return list.body.items.map(({ title, status }: { title: string; status: string }) => [title, status])
    }
    expect(await mine()).toEqual([['For Mia', 'open']])
    await edit(body.id, { status: 'in_progress' })
    expect(await mine()).toEqual([['For Mia', 'in_progress']])
    expect(
      app.notices.filter((notice) => notice.kind === 'assigned' && notice.userId === member.userId),
    ).toHaveLength(1)
    await edit(body.id, { assigneeIds: [] })
    expect(await mine()).toEqual([])
  })
})

describe('what follows from writes', () => {
  test('history is typed, gapless and newest first', async () => {
    const { body } = await create({ title: 'H' })
    await edit(body.id, { title: 'H2', due: { date: '2026-12-24' } })
    await edit(body.id, { status: 'done' })
    await app.drain()
    const history = await app.call(owner, tasks.listTaskHistory, {
      params: { workspaceId, taskId: body.id },
      query: { limit: '2' },
    })
    expect(history.body.items.map(({ taskVersion }: { taskVersion: number }) => taskVersion)).toEqual([3, 2])
    expect(history.body.items[1].changes).toEqual([
      { field: 'title', from: 'H', to: 'H2' },
      { field: 'due', from: null, to: { date: '2026-12-24', zone: 'Europe/Madrid' } },
    ])
    expect(history.body.next).toBeDefined()
  })

  test('statistics equal a count over the list', async () => {
    await app.drain()
    const counted: Record<string, number> = {}
    for (const status of ['open', 'in_progress', 'blocked', 'done', 'cancelled']) {
      let query: Record<string, string> | undefined = { status, limit: '100' }
      counted[status] = 0
      while (query !== undefined) {
        const page = await app.call(owner, tasks.listProjectTasks, {
          params: { workspaceId, projectId },
          query,
        })
        counted[status] += page.body.items.length
        query = page.body.next && Object.fromEntries(new URL(page.body.next, 'https://x').searchParams)
      }
    }
    const { body } = await app.call(owner, getProjectStatistics, { params: { workspaceId, projectId } })
    expect(body.byStatus).toEqual(counted)
    expect(body.total).toBe(Object.values(counted).reduce((sum, count) => sum + count, 0))
    const whole = await app.call(owner, getStatistics, { params: { workspaceId } })
    expect(whole.body.total).toBe(body.total + 23)
  })
})

describe('who may', () => {
  test('others get nothing, members edit their own only, guests see what is theirs', async () => {
    const [member, guest, stranger] = [await app.person('M'), await app.person('G'), await app.person('S')]
    await app.join(member, workspaceId, 'member')
    await app.join(guest, workspaceId, 'guest')
    const { body } = await create({ title: 'Private', assigneeIds: [guest.userId] })
    const other = await create({ title: 'Other' })
    expect((await get(body.id, {}, stranger)).status).toBe(404)
    expect((await get(body.id, {}, guest)).status).toBe(200)
    expect((await get(other.body.id, {}, guest)).status).toBe(404)
    expect((await edit(body.id, { title: 'x' }, {}, guest)).status).toBe(403)
    expect((await edit(body.id, { title: 'x' }, {}, member)).status).toBe(403)
    const own = await create({ title: 'Mine' }, {}, member)
    expect((await edit(own.body.id, { title: 'Mine 2' }, {}, member)).status).toBe(200)
    expect((await create({ title: 'x' }, {}, guest)).status).toBe(404)
    expect(
      (await app.call(undefined, tasks.getTask, { params: { workspaceId, taskId: body.id } })).status,
    ).toBe(401)
  })

  test('an ended session is no session', async () => {
    const someone = await app.person('Ended')
    await app.join(someone, workspaceId, 'member')
    await app.stores.people.endSessions(someone.userId, new Date(app.clock.now + 1).toISOString(), null)
    expect((await create({ title: 'x' }, {}, someone)).status).toBe(401)
  })
})
