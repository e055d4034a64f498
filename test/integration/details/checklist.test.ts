import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as checklists from '../../../shared/api/routes/checklists.ts'
import { editTask } from '../../../shared/api/routes/tasks.ts'
import type { TaskReply } from '../../../shared/api/schemas/task.ts'
import { firstRank } from '../../../shared/domain/order/rank.ts'
import { idOf } from '../../unit/domain/support/builders.ts'
import { type DetailTeam, entriesOf, ifMatch, startDetailTeam } from './detailTeam.ts'

let team: DetailTeam
beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const send = (route: RouteDeclaration, params: object, body?: unknown, headers = {}, who = team.owner) =>
  team.app.call(who, route, {
    params: { workspaceId: team.workspaceId, ...params },
    ...(body !== undefined && { body }),
    headers,
  })
const add = (taskId: string, body: unknown, headers = {}) =>
  send(checklists.addChecklistItem, { taskId }, body, headers)
const edit = (taskId: string, itemId: string, body: unknown, headers = {}) =>
  send(checklists.editChecklistItem, { taskId, itemId }, body, headers)
const remove = (taskId: string, itemId: string, headers = {}) =>
  send(checklists.deleteChecklistItem, { taskId, itemId }, undefined, headers)

const texts = ({ checklist }: Pick<TaskReply, 'checklist'>): string =>
  checklist.map(({ text }) => text).join('')
/** A task with a checklist of one letter each, and the ids of the items by letter. */
const listed = async (letters: string) => {
  const checklist = [...letters].map((text) => ({ text, done: text === 'b' }))
  const taskId = await team.addTask({ checklist })
  const task = await team.read(taskId)
  return { taskId, task, ids: Object.fromEntries(task.checklist.map(({ id, text }) => [text, id])) }
}

test('a task is created with its checklist, in order', async () => {
  const { task } = await listed('abc')
  expect(task.checklist).toMatchObject([
    { text: 'a', done: false },
    { text: 'b', done: true },
    { text: 'c', done: false },
  ])
  const many = Array.from({ length: 101 }, (_, n) => ({ text: `${n}` }))
  const refused = await team.create({ title: 'Too many', checklist: many })
  expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, '/checklist'])
})

test('items are added last, first or behind another, and moved, renamed and ticked', async () => {
  const { taskId, ids } = await listed('ab')
  const last = await add(taskId, { text: 'c' })
  expect([last.status, last.headers.etag, texts(last.body)]).toEqual([201, '"2"', 'abc'])
  expect(texts((await add(taskId, { text: 'd', after: null })).body)).toBe('dabc')
  expect(texts((await add(taskId, { text: 'e', after: ids.a })).body)).toBe('daebc')
  expect(texts((await edit(taskId, ids.a ?? '', { after: ids.b })).body)).toBe('debac')
  const ticked = await edit(taskId, ids.b ?? '', { done: false, text: 'B' })
  expect([ticked.status, texts(ticked.body)]).toEqual([200, 'deBac'])
  expect(ticked.body.checklist[2]).toEqual({ id: ids.b, text: 'B', done: false })
  expect((await remove(taskId, ids.a ?? '')).status).toBe(204)
  expect(texts(await team.read(taskId))).toBe('deBc')
})

test('what changes nothing makes no version', async () => {
  const { taskId, ids } = await listed('abc')
  for (const body of [{}, { done: true }, { text: 'b', after: ids.a }]) {
    expect((await edit(taskId, ids.b ?? '', body)).body.version).toBe(1)
  }
})

test('two people who tick different items of one state both succeed, of the same one the second hears of it', async () => {
  const { taskId, ids } = await listed('abc')
  const tick = (item: string) => edit(taskId, ids[item] ?? '', { done: true }, ifMatch(1))
  const replies = await Promise.all([tick('a'), tick('c')])
  expect(replies.map(({ status }) => status)).toEqual([200, 200])
  await team.app.drain()
  const renamed = await edit(taskId, ids.a ?? '', { text: 'A' }, ifMatch(1))
  expect(renamed).toMatchObject({
    status: 412,
    body: {
      conflicts: [
        {
          field: `checklist/${ids.a}`,
          base: { text: 'a', done: false },
          mine: { text: 'A', done: true },
          theirs: { text: 'a', done: true },
        },
      ],
    },
  })
  expect((await remove(taskId, ids.a ?? '', ifMatch(1))).status).toBe(412)
  expect((await remove(taskId, ids.b ?? '', ifMatch(1))).status).toBe(204)
  expect(texts(await team.read(taskId))).toBe('ac')
})

test('forty who add and tick at once lose nothing', async () => {
  const { taskId, task } = await listed('0123456789abcdefghij')
  const replies = await Promise.all([
    ...task.checklist.map(({ id }) => edit(taskId, id, { done: true })),
    ...Array.from({ length: 20 }, () => add(taskId, { text: 'x', after: null })),
  ])
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 201]))
  const after = await team.read(taskId)
  expect(texts(after)).toBe(`${'x'.repeat(20)}0123456789abcdefghij`)
  expect(after.checklist.filter(({ done }) => done)).toHaveLength(20)
})

test('an addition is made once for one key, and answers the same after others', async () => {
  const taskId = await team.addTask()
  const key = { 'Idempotency-Key': 'add-1' }
  const first = await add(taskId, { text: 'once' }, key)
  await add(taskId, { text: 'more' })
  await team.app.drain()
  team.app.clock.now += 60_000
  const again = await add(taskId, { text: 'once' }, key)
  expect(again).toMatchObject({ status: 201, body: first.body })
  expect(again.headers.location).toBe(first.headers.location)
  expect(first.headers.location).toMatch(new RegExp(`/checklist/${first.body.checklist[0].id}$`))
  expect(await add(taskId, { text: 'other' }, key)).toMatchObject({ status: 422 })
  expect(texts(await team.read(taskId))).toBe('oncemore')
})

describe('refused, without effect:', () => {
  test.each([
    ['no text', { text: '' }, '/text'],
    ['text of 501 characters', { text: 'x'.repeat(501) }, '/text'],
    ['half done', { text: 'x', done: 'half' }, '/done'],
    ['behind nothing known', { text: 'x', after: idOf('checklistItem', 'none') }, '/after'],
    ['behind a task', { text: 'x', after: idOf('task', 'none') }, '/after'],
    ['a strange field', { text: 'x', colour: 'red' }, '/colour'],
  ])('%s', async (_what, body, pointer) => {
    const { taskId, ids } = await listed('ab')
    for (const reply of [await add(taskId, body), await edit(taskId, ids.a ?? '', body)]) {
      expect([reply.status, reply.body.errors[0].pointer]).toEqual([400, pointer])
    }
    expect((await team.read(taskId)).version).toBe(1)
  })

  test('an item behind itself, or behind one of another task', async () => {
    const [{ taskId, ids }, other] = [await listed('ab'), await listed('ab')]
    for (const after of [ids.a, other.ids.a]) {
      expect(await edit(taskId, ids.a ?? '', { after })).toMatchObject({ status: 400 })
    }
    expect((await edit(taskId, other.ids.a ?? '', { done: true })).status).toBe(404)
    expect((await remove(taskId, other.ids.a ?? '')).status).toBe(404)
    expect((await team.read(taskId)).version).toBe(1)
  })

  test('the hundred and first item', async () => {
    const taskId = await team.addTask()
    const item = (n: number) => ({ text: `${n}`, done: false, rank: firstRank(n, new Uint8Array(3)) })
    await team.fill(taskId, { checklist: entriesOf(100, 'checklistItem', item) })
    expect(await add(taskId, { text: 'x' })).toMatchObject({ status: 409 })
  })

  test('by those who may not edit the task', async () => {
    const [member, guest] = [await team.colleague('member'), await team.colleague('guest')]
    const { taskId, ids } = await listed('a')
    const params = { taskId, itemId: ids.a }
    const by = (who: typeof member) => send(checklists.editChecklistItem, params, { done: true }, {}, who)
    expect([(await by(member)).status, (await by(guest)).status]).toEqual([403, 404])
  })

  test('a task that would not fit into one item, by any way to fill it', async () => {
    const taskId = await team.addTask({ description: 'd'.repeat(65_536) })
    const item = (n: number) => ({
      text: '🧾'.repeat(450),
      done: false,
      rank: firstRank(n, new Uint8Array(3)),
    })
    await team.fill(taskId, { checklist: entriesOf(99, 'checklistItem', item) })
    const entry = () => ({
      userId: team.owner.userId,
      startedAt: '2026-01-01T00:00:00.000Z',
      minutes: 1,
      note: 'ñ'.repeat(320),
    })
    await team.fill(taskId, { timeEntries: entriesOf(138, 'timeEntry', entry) })
    const { version } = await team.read(taskId)
    for (const reply of [
      await add(taskId, { text: '🧾'.repeat(500) }),
      await send(editTask, { taskId }, { metadata: { text: 'm'.repeat(8_000) } }),
    ]) {
      expect(reply).toMatchObject({ status: 409, body: { type: 'urn:duely:problem:conflict' } })
    }
    expect((await team.read(taskId)).version).toBe(version)
    expect((await send(editTask, { taskId }, { description: '' })).status).toBe(200)
    expect((await add(taskId, { text: '🧾'.repeat(500) })).status).toBe(201)
  })
})
