import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import * as boards from '../../shared/api/routes/boards.ts'
import { archiveTask, purgeTask } from '../../shared/api/routes/life.ts'
import { getProject, getProjectStatistics } from '../../shared/api/routes/projects.ts'
import * as structure from '../../shared/api/routes/structure.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import type { TaskReply, TaskRow } from '../../shared/api/schemas/task.ts'
import { makeId, randomSeed } from '../../shared/domain/ids.ts'
import type { Someone } from '../support/app.ts'
import { type DetailTeam, ifMatch, startDetailTeam } from './details/detailTeam.ts'

let team: DetailTeam
beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const send = (
  route: RouteDeclaration,
  params: object,
  body?: unknown,
  headers = {},
  who: Someone = team.owner,
) =>
  team.app.call(who, route, {
    params: { workspaceId: team.workspaceId, ...params },
    ...(body !== undefined && { body }),
    headers,
  })
const put = (taskId: string, parentId: string | null, headers = {}) =>
  send(structure.setTaskParent, { taskId }, { parentId }, headers)
const link = (taskId: string, otherTaskId: string, kind: string, headers = {}, who = team.owner) =>
  send(structure.linkTask, { taskId, otherTaskId }, { kind }, headers, who)
const position = (taskId: string, body: object, headers = {}) =>
  send(
    boards.positionTask,
    { taskId },
    { projectId: team.projectId, after: null, before: null, ...body },
    headers,
  )
const list = async (route: RouteDeclaration, params: object, query: Record<string, string> = {}) =>
  (await team.app.call(team.owner, route, { params: { workspaceId: team.workspaceId, ...params }, query }))
    .body
const idsIn = async (projectId: string): Promise<string[]> => {
  const query = { sort: 'rank', direction: 'asc', limit: '100' }
  const { items } = await list(tasks.listProjectTasks, { projectId }, query)
  return items.map(({ id }: TaskRow) => id)
}
/** Tasks each under the one before. */
const chain = async (length: number, under: string | null = null): Promise<string[]> => {
  const ids: string[] = []
  for (let n = 0; n < length; n++) ids.push(await team.addTask({ parentId: ids.at(-1) ?? under }))
  await team.app.drain()
  return ids
}
/** Ids of three new tasks, in the order of the list. */
const three = async (): Promise<[string, string, string]> => {
  const add = () => {
    team.app.clock.now += 1_000
    return team.addTask()
  }
  return [await add(), await add(), await add()]
}
const problemOf = ({ status, body }: { status: number; body: { errors?: { pointer: string }[] } }) => [
  status,
  body.errors?.[0]?.pointer,
]
const nowhere = () => makeId('task', team.app.clock.now, randomSeed())

describe('tasks under one another', () => {
  test('eight levels are made, a ninth is refused, by creation and by moving a subtree', async () => {
    const eight = await chain(8)
    expect((await team.read(eight[7] ?? '')).ancestorIds).toEqual(eight.slice(0, 7))
    const ninth = await team.create({ title: 'Ninth', parentId: eight[7] })
    expect(problemOf(ninth)).toEqual([400, '/parentId'])
    const [top, below] = await chain(2)
    expect(problemOf(await put(top ?? '', eight[6] ?? ''))).toEqual([400, '/parentId'])
    expect((await put(below ?? '', eight[6] ?? '')).status).toBe(200)
  })

  test('a subtree goes along with its task, level by level, and so do the roll-ups', async () => {
    const [a = '', b = '', c = '', d = ''] = await chain(4)
    const target = await team.addTask()
    expect((await put(b, target)).body.ancestorIds).toEqual([target])
    await team.app.drain()
    expect((await team.read(d)).ancestorIds).toEqual([target, b, c])
    const { rollup, items } = await list(structure.listSubtasks, { taskId: target })
    expect(items.map(({ id }: TaskRow) => id)).toEqual([b])
    expect(rollup).toMatchObject({ subtasks: 3, done: 0, progress: 0 })
    await send(tasks.completeTask, { taskId: d }, {})
    await send(tasks.editTask, { taskId: c }, { estimateMinutes: 30 })
    await team.app.drain()
    const now = (await list(structure.listSubtasks, { taskId: target })).rollup
    expect(now).toMatchObject({ subtasks: 3, done: 1, progress: 1 / 3, estimateMinutes: 30 })
    expect((await list(structure.listSubtasks, { taskId: a })).rollup).toMatchObject({
      subtasks: 0,
      progress: 0,
    })
    expect((await put(b, null)).body).toMatchObject({ parentId: null, ancestorIds: [] })
    await team.app.drain()
    expect((await team.read(d)).ancestorIds).toEqual([b, c])
  })

  test('trash that overtakes a move takes all of the subtree along, to its new place', async () => {
    const [a = '', b = '', c = ''] = await chain(3)
    const target = await team.addTask()
    await put(a, target)
    await send(tasks.deleteTask, { taskId: target })
    await team.app.drain()
    for (const id of [a, b, c]) expect((await team.read(id)).trashedAt).not.toBeNull()
    expect((await team.read(c)).ancestorIds).toEqual([target, a, b])
  })

  test.each([
    ['itself', async (ids: string[]) => [ids[0], ids[0]]],
    ['a task below it', async (ids: string[]) => [ids[0], ids[2]]],
    ['a task that is not there', async (ids: string[]) => [ids[0], nowhere()]],
    [
      'a task in the trash',
      async (ids: string[]) => {
        const taskId = await team.addTask()
        await send(tasks.deleteTask, { taskId })
        return [ids[0], taskId]
      },
    ],
  ])('a task is not put under %s, and nothing is written', async (_, choose) => {
    const ids = await chain(3)
    const [taskId = '', parentId = ''] = await choose(ids)
    expect(problemOf(await put(taskId, parentId))).toEqual([400, '/parentId'])
    expect((await team.read(taskId)).version).toBe(1)
  })

  test('a version that nobody expects is refused, the same place is no change', async () => {
    const [a = '', b = ''] = await chain(2)
    const target = await team.addTask()
    expect((await put(b, a)).body.version).toBe(1)
    await send(tasks.editTask, { taskId: b }, { title: 'Else' })
    expect((await put(b, target, ifMatch(1))).status).toBe(412)
    expect((await put(b, target, ifMatch(2))).headers.etag).toBe('"3"')
  })
})

describe('links', () => {
  const linksOf = async (taskId: string) => (await team.read(taskId)).links

  test('show at both ends, each from its side; another kind takes the place, and they go away together', async () => {
    const [a, b] = [await team.addTask(), await team.addTask()]
    expect((await link(a, b, 'blocks')).body.links).toEqual([{ taskId: b, kind: 'blocks' }])
    expect(await linksOf(b)).toEqual([{ taskId: a, kind: 'blockedBy' }])
    expect((await link(a, b, 'blocks')).body.version).toBe(2)
    await link(b, a, 'duplicates')
    expect([await linksOf(a), await linksOf(b)]).toEqual([
      [{ taskId: b, kind: 'duplicatedBy' }],
      [{ taskId: a, kind: 'duplicates' }],
    ])
    expect((await send(structure.unlinkTask, { taskId: a, otherTaskId: b })).status).toBe(200)
    expect([await linksOf(a), await linksOf(b)]).toEqual([[], []])
    expect((await send(structure.unlinkTask, { taskId: a, otherTaskId: b })).body.version).toBe(4)
  })

  test('in a circle are refused, however long the way; what has no direction may lead anywhere', async () => {
    const ids = [await team.addTask(), await team.addTask(), await team.addTask(), await team.addTask()]
    const [a = '', b = '', c = '', d = ''] = ids
    await link(a, b, 'blocks')
    await link(c, b, 'blockedBy')
    await link(c, d, 'blocks')
    const refused = await link(d, a, 'blocks')
    expect(problemOf(refused)).toEqual([400, '/taskId'])
    expect([await linksOf(d), (await linksOf(a)).length]).toEqual([[{ taskId: c, kind: 'blockedBy' }], 1])
    expect((await link(d, a, 'relatesTo')).status).toBe(200)
    // The link that is replaced does not count against the new one.
    expect((await link(d, c, 'blocks')).status).toBe(200)
  })

  test('a task that is not there or may not be seen cannot be linked: the answer is the same', async () => {
    const guest = await team.colleague('member')
    const own = (await team.create({ title: 'Mine' }, team.projectId, {}, guest)).body.id
    const [a, gone] = [await team.addTask(), await team.addTask()]
    await send(tasks.deleteTask, { taskId: gone })
    for (const otherTaskId of [nowhere(), gone])
      expect((await link(a, otherTaskId, 'blocks')).status).toBe(404)
    expect(problemOf(await link(a, a, 'blocks'))[0]).toBe(400)
    expect((await link(own, a, 'blocks', {}, guest)).status).toBe(200)
    expect((await link(a, own, 'blocks', {}, guest)).status).toBe(403)
  })

  test('are a hundred at most, at either end', async () => {
    const [hub, one, other] = [await team.addTask(), await team.addTask(), await team.addTask()]
    const links = Object.fromEntries(Array.from({ length: 99 }, () => [nowhere(), 'relatesTo' as const]))
    await team.fill(hub, { links })
    expect((await link(one, hub, 'relatesTo')).status).toBe(200)
    expect((await link(other, hub, 'relatesTo')).status).toBe(400)
    expect((await link(hub, other, 'relatesTo')).status).toBe(400)
    expect((await link(hub, one, 'blocks')).status).toBe(200)
  })

  test('of a task that is purged are gone from the others, with a line in their history', async () => {
    const [a, b] = [await team.addTask(), await team.addTask()]
    await link(a, b, 'blocks')
    await send(tasks.deleteTask, { taskId: a })
    await send(purgeTask, { taskId: a }, {})
    await team.app.drain()
    expect(await linksOf(b)).toEqual([])
    const event = await team.app.stores.records.event(team.workspaceId, b, 3)
    expect(event?.cause).toEqual({ kind: 'cascade', taskId: a })
  })
})

describe('order on boards', () => {
  const columnOf = async (status: string) => {
    const { body } = await send(getProject, { projectId: team.projectId })
    return body.columns.find((one: { status: string }) => one.status === status).id as string
  }

  test('a task is put between two, first, and last, and stands there in the list', async () => {
    const [a, b, c] = await three()
    const order = async () => (await idsIn(team.projectId)).filter((id) => [a, b, c].includes(id))
    expect((await position(c, { after: a, before: b })).status).toBe(200)
    expect(await order()).toEqual([a, c, b])
    await position(a, { after: b })
    expect(await order()).toEqual([c, b, a])
    await position(a, { before: (await idsIn(team.projectId))[0] })
    expect((await idsIn(team.projectId))[0]).toBe(a)
    const { body } = await position(b, {})
    expect(body.version).toBe(1)
  })

  test('a column gives its status, and completes where that is done; null is the first one again', async () => {
    const taskId = await team.addTask()
    const done = await columnOf('done')
    const dragged = (await position(taskId, { columnId: done })).body as TaskReply
    expect([dragged.status, dragged.columns[team.projectId]]).toEqual(['done', done])
    expect(dragged.completedAt).not.toBeNull()
    const back = (await position(taskId, { columnId: null })).body as TaskReply
    expect([back.status, back.columns]).toEqual(['done', {}])
    await position(taskId, { columnId: done })
    const edited = await send(tasks.editTask, { taskId }, { status: 'open' })
    expect(edited.body.columns).toEqual({})
  })

  test.each<[string, string, (ids: string[], foreign: string) => object]>([
    ['its neighbours stand the other way round', '/before', ([a, b]) => ({ after: b, before: a })],
    ['both neighbours are the same', '/before', ([a]) => ({ after: a, before: a })],
    ['it is its own neighbour', '/after', ([, , c]) => ({ after: c })],
    ['a neighbour is not there', '/before', () => ({ before: nowhere() })],
    ['a neighbour stands in another project', '/after', (_, foreign) => ({ after: foreign })],
    [
      'the column is of another project',
      '/columnId',
      () => ({ columnId: makeId('column', 1, randomSeed()) }),
    ],
    [
      'it does not stand in the project',
      '/projectId',
      () => ({ projectId: makeId('project', 1, randomSeed()) }),
    ],
  ])('a task is not put anywhere when %s', async (_, pointer, bodyOf) => {
    const ids = await three()
    const foreign = (await team.create({ title: 'x' }, await team.addProject(`F${randomSeed()[0]}X`))).body.id
    const refused = await position(ids[2] ?? '', bodyOf(ids, foreign))
    expect(problemOf(refused)).toEqual([400, pointer])
    expect((await team.read(ids[2] ?? '')).version).toBe(1)
  })

  test('a neighbour in the trash is none', async () => {
    const [a, b] = [await team.addTask(), await team.addTask()]
    await send(tasks.deleteTask, { taskId: a })
    expect(problemOf(await position(b, { after: a }))).toEqual([400, '/after'])
  })

  test('a repeated request moves once', async () => {
    const [a, b, c] = await three()
    const headers = { 'Idempotency-Key': `move-${c}` }
    const first = await position(c, { after: a, before: b }, headers)
    await position(c, { after: b })
    await team.app.drain()
    const again = await position(c, { after: a, before: b }, headers)
    expect(again.body).toEqual(first.body)
    expect((await team.read(c)).version).toBe(3)
  })
})

describe('projects of a task', () => {
  const totalOf = async (projectId: string): Promise<number> => {
    await team.app.drain()
    return (await send(getProjectStatistics, { projectId })).body.total
  }
  const find = async (key: string) => send(tasks.findTask, { key })

  test('a task that moves gets a human id there, is found by all it ever had, and counts where it is', async () => {
    const [left, right] = [await team.addProject('LEFT'), await team.addProject('RIGHT')]
    const { body: made } = await team.create({ title: 'Wanderer' }, left)
    await team.create({ title: 'First there' }, right)
    expect([await totalOf(left), await totalOf(right)]).toEqual([1, 1])
    const moved = await send(boards.moveTask, { taskId: made.id }, { projectId: right })
    expect(moved.body).toMatchObject({ key: 'RIGHT-2', projectId: right, projectIds: [right] })
    expect([await totalOf(left), await totalOf(right)]).toEqual([0, 2])
    const back = await send(boards.moveTask, { taskId: made.id }, { projectId: left })
    expect(back.body.key).toBe('LEFT-2')
    expect([await totalOf(left), await totalOf(right)]).toEqual([1, 1])
    for (const key of ['LEFT-1', 'RIGHT-2', 'LEFT-2']) expect((await find(key)).body.id).toBe(made.id)
    expect((await team.create({ title: 'Next there' }, right)).body.key).toBe('RIGHT-3')
    const same = await send(boards.moveTask, { taskId: made.id }, { projectId: left })
    expect(same.body.version).toBe(3)
    expect((await idsIn(left)).at(-1)).toBe(made.id)
  })

  test('moves to one project at once get numbers of their own', async () => {
    const target = await team.addProject('RUSH')
    const ids = await Promise.all(Array.from({ length: 20 }, () => team.addTask()))
    const replies = await Promise.all(
      ids.map((taskId) => send(boards.moveTask, { taskId }, { projectId: target })),
    )
    await team.app.drain()
    expect(new Set(replies.map(({ body }) => body.key)).size).toBe(20)
    for (const { body } of replies) expect((await find(body.key)).body.id).toBe(body.id)
  })

  test('a task stands in a further project at the end of its list, until it is taken out', async () => {
    const further = await team.addProject('FURTHER')
    const other = (await team.create({ title: 'At home there' }, further)).body.id
    team.app.clock.now += 1_000
    const taskId = await team.addTask()
    const added = await send(boards.addTaskProject, { taskId, projectId: further }, {})
    expect(added.body.projectIds).toEqual([team.projectId, further])
    await team.app.drain()
    expect(await idsIn(further)).toEqual([other, taskId])
    await position(taskId, { projectId: further, before: other })
    await team.app.drain()
    expect(await idsIn(further)).toEqual([taskId, other])
    // It counts where it is at home.
    expect(await totalOf(further)).toBe(1)
    expect((await send(boards.addTaskProject, { taskId, projectId: further }, {})).body.version).toBe(3)
    await send(archiveTask, { taskId }, {})
    await team.app.drain()
    expect(await idsIn(further)).toEqual([other])
    const removed = await send(boards.removeTaskProject, { taskId, projectId: further })
    expect(removed.body.projectIds).toEqual([team.projectId])
    expect((await send(boards.removeTaskProject, { taskId, projectId: team.projectId })).status).toBe(409)
  })

  test('a task stands in ten projects and in no eleventh, and in none that is not there', async () => {
    const taskId = await team.addTask()
    for (let n = 1; n < 10; n++) {
      const projectId = await team.addProject(`TEN${n}`)
      expect((await send(boards.addTaskProject, { taskId, projectId }, {})).status).toBe(200)
    }
    const projectId = await team.addProject('TENTH')
    expect((await send(boards.addTaskProject, { taskId, projectId }, {})).status).toBe(409)
    const absent = makeId('project', 1, randomSeed())
    expect((await send(boards.addTaskProject, { taskId, projectId: absent }, {})).status).toBe(404)
    expect(problemOf(await send(boards.moveTask, { taskId }, { projectId: absent }))).toEqual([
      400,
      '/projectId',
    ])
  })
})
