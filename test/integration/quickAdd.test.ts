import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createProject, listProjects } from '../../shared/api/routes/projects.ts'
import { quickAdd } from '../../shared/api/routes/quickAdd.ts'
import { listSubtasks } from '../../shared/api/routes/structure.ts'
import { getTask, listProjectTasks } from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import { type App, type Reply, type Someone, startApp } from '../support/app.ts'

let app: App
let ana: Someone
let workspaceId: string
let home: string
let finance: string

/** A Saturday, at ten in Madrid. */
const now = Date.UTC(2026, 10, 21, 9)

const projectIn = async (name: string, key: string): Promise<string> => {
  const made = await app.call(ana, createProject, { params: { workspaceId }, body: { name, key } })
  return made.body.id
}

beforeAll(async () => {
  app = await startApp()
  app.clock.now = now
})
afterAll(() => app.close())

beforeEach(async () => {
  ana = await app.person('Ana', { zone: 'Europe/Madrid' })
  const made = await app.call(ana, createWorkspace, { body: { name: 'Acme', zone: 'Asia/Tokyo' } })
  workspaceId = made.body.id
  home = await projectIn('Home', 'HOME')
  finance = await projectIn('Finance', 'FIN')
})

const add = (text: string, options: object = {}, headers: Record<string, string> = {}): Promise<Reply> =>
  app.call(ana, quickAdd, { params: { workspaceId, projectId: home }, body: { text, ...options }, headers })
const read = async (id: string) =>
  (await app.call(ana, getTask, { params: { workspaceId, taskId: id } })).body
const countIn = async (projectId: string): Promise<number> => {
  await app.drain()
  const reply = await app.call(ana, listProjectTasks, { params: { workspaceId, projectId } })
  return reply.body.items.length
}

describe('quick add', () => {
  it('makes a task of a line, with what its tokens say and in the zone of the person', async () => {
    const { status, body } = await add('Pay rent every 1st 9am !high @me #home //by transfer')
    expect(status).toBe(200)
    expect(
      body.lines[0].tokens.map(({ kind, text }: { kind: string; text: string }) => [kind, text]),
    ).toEqual([
      ['recurrence', 'every 1st'],
      ['time', '9am'],
      ['priority', '!high'],
      ['assignee', '@me'],
      ['tag', '#home'],
      ['description', '//by transfer'],
    ])
    expect(await read(body.created[0].id)).toMatchObject({
      key: 'HOME-1',
      title: 'Pay rent',
      description: 'by transfer',
      priority: 'high',
      due: { dateTime: '2026-12-01T09:00', zone: 'Europe/Madrid' },
      assigneeIds: [ana.userId],
      tags: ['home'],
      recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=1', occurrence: '2026-12-01T09:00' },
    })
  })

  it('begins what is every other week with the next such day', async () => {
    const { body } = await add('Empty the bins every other monday')
    expect(await read(body.created[0].id)).toMatchObject({
      due: { date: '2026-11-23' },
      recurrence: { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', anchor: '2026-11-23' },
    })
  })

  it('makes subtasks of indented lines, in their order', async () => {
    const { body } = await add('Move the office\n  Rent a van\n  Pack\n    Find boxes\nCelebrate')
    const [root, van, pack, boxes, party] = body.created.map(({ id }: { id: string }) => id)
    await app.drain()
    expect((await read(boxes)).ancestorIds).toEqual([root, pack])
    expect((await read(party)).parentId).toBeNull()
    const below = await app.call(ana, listSubtasks, {
      params: { workspaceId, taskId: root },
      query: { sort: 'rank' },
    })
    expect(below.body.items.map(({ id }: { id: string }) => id)).toEqual([van, pack])
    expect(below.body.rollup.subtasks).toBe(3)
  })

  it('puts lines into the projects they name, by name or key, and their subtasks along with them', async () => {
    const { body } = await add('Send invoice +finance\n  Ask for the address\nSweep +"Home"\nBook +FIN')
    expect(body.created.map(({ key }: { key: string }) => key)).toEqual(['FIN-1', 'FIN-2', 'HOME-1', 'FIN-3'])
    expect(await countIn(finance)).toBe(3)
  })

  it('finds members by whole name or first name, whatever the case and the accents', async () => {
    const garcia = await app.person('García')
    await app.join(garcia, workspaceId, 'member', 'Inés García López')
    const { body } = await add('Call the bank @ines\nSign @"ines garcia lopez"')
    for (const { id } of body.created) expect((await read(id)).assigneeIds).toEqual([garcia.userId])
  })

  it('makes nothing while something is not understood, and says where that is', async () => {
    const text = 'Fine line\nCall @nobody +nowhere'
    const refused = await add(text)
    expect(refused.status).toBe(400)
    expect(
      refused.body.spans.map(({ start, end }: { start: number; end: number }) => text.slice(start, end)),
    ).toEqual(['@nobody', '+nowhere'])
    expect(await countIn(home)).toBe(0)
    const projects = await app.call(ana, listProjects, { params: { workspaceId } })
    expect(projects.body.items).toHaveLength(2)
  })

  it('does not guess between two members of one name', async () => {
    for (const name of ['Sam One', 'Sam Two'])
      await app.join(await app.person(name), workspaceId, 'member', name)
    expect((await add('Ask @sam')).body.errors[0].detail).toContain('More than one member')
    expect((await add('Ask @"sam two"')).status).toBe(200)
  })

  it('keeps in the title what was not understood, when that is asked for', async () => {
    const { status, body } = await add('Call @nobody tomorrow', { keepUnknown: true })
    expect(status).toBe(200)
    expect(await read(body.created[0].id)).toMatchObject({
      title: 'Call @nobody',
      due: { date: '2026-11-22', zone: 'Europe/Madrid' },
      assigneeIds: [],
    })
  })

  it('shows everything and makes nothing in a dry run', async () => {
    const { status, body } = await add('Pay rent tomorrow @nobody', { dryRun: true })
    expect(status).toBe(200)
    expect(body.created).toEqual([])
    expect(body.lines[0].notUnderstood).toHaveLength(1)
    expect(await countIn(home)).toBe(0)
  })

  it('answers a repeated request alike and makes nothing twice, also a day later', async () => {
    const first = await add('Pay rent tomorrow\n  Find the letter', {}, { 'Idempotency-Key': 'once' })
    app.clock.now += 86_400_000
    const second = await add('Pay rent tomorrow\n  Find the letter', {}, { 'Idempotency-Key': 'once' })
    app.clock.now = now
    expect(second).toMatchObject({ status: first.status, body: first.body })
    expect(await countIn(home)).toBe(2)
    const other = await add('Something else', {}, { 'Idempotency-Key': 'once' })
    expect(other.status).toBe(422)
  })

  it('gives different numbers to what many add at once', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => add(`One ${n}\nTwo ${n}`)))
    await app.drain()
    const ids = replies.flatMap(({ body }) => body.created.map(({ id }: { id: string }) => id))
    const keys = await Promise.all(ids.map(async (id: string) => (await read(id)).key))
    expect(new Set(keys).size).toBe(40)
  })

  it('is not for guests', async () => {
    const guest = await app.person('Gus')
    await app.join(guest, workspaceId, 'guest', 'Gus')
    const reply = await app.call(guest, quickAdd, {
      params: { workspaceId, projectId: home },
      body: { text: 'Hello' },
    })
    expect(reply.status).toBe(404)
    expect(await countIn(home)).toBe(0)
  })
})
