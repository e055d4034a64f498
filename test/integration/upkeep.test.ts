import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveTask } from '../../shared/api/routes/boards.ts'
import { archiveTask } from '../../shared/api/routes/life.ts'
import { createProject } from '../../shared/api/routes/projects.ts'
import { createTask, deleteTask, editTask, listTaskHistory } from '../../shared/api/routes/tasks.ts'
import { createWorkspace, editWorkspace, getWorkspace } from '../../shared/api/routes/workspaces.ts'
import { cleanUp as cleanUpTrigger, reconcileStatistics } from '../../shared/api/triggers.ts'
import { statisticsKey } from '../../shared/data/keys.ts'
import { dueUpkeepStore } from '../../shared/data/stores/upkeep.ts'
import { cleanUp } from '../../shared/domain/upkeep/cleanUp.ts'
import { type Drift, reconcile } from '../../shared/domain/upkeep/reconcile.ts'
import { lookAfter } from '../../shared/domain/upkeep/upkeep.ts'
import { type App, type Someone, startApp } from '../support/app.ts'

let app: App
let owner: Someone
let workspaceId: string
let projectId: string

const day = 86_400_000
const start = Date.UTC(2031, 0, 1, 12)
const iso = (instant: number): string => new Date(instant).toISOString()

const found = async (name: string) => {
  const made = await app.call(owner, createWorkspace, { body: { name, zone: 'UTC' } })
  const params = { workspaceId: String(made.body.id) }
  const project = await app.call(owner, createProject, { params, body: { name: 'Operations', key: 'OPS' } })
  return { ...params, projectId: String(project.body.id) }
}
const make = async (body: object = {}) => {
  const params = { workspaceId, projectId }
  return String((await app.call(owner, createTask, { params, body: { title: 'Task', ...body } })).body.id)
}
const read = (taskId: string) => app.stores.tasks.task(workspaceId, taskId)
const act = (route: typeof archiveTask | typeof deleteTask, taskId: string) =>
  app.call(owner, route as never, {
    params: { workspaceId, taskId },
    ...((route as { method: string }).method === 'DELETE' ? {} : { body: {} }),
  })
const keep = (archiveRetentionDays: number | null) =>
  app.call(owner, editWorkspace, { params: { workspaceId }, body: { archiveRetentionDays } })

const cleanAt = (now: number) =>
  app.granted.as(cleanUpTrigger, () =>
    lookAfter(iso(now), dueUpkeepStore(app.table, 'cleanUp'), (id) => cleanUp(id, iso(now), app.stores)),
  )
const drifts: Drift[] = []
const countAt = (now: number) =>
  app.granted.as(reconcileStatistics, () => {
    drifts.length = 0
    const world = { ...app.stores, report: (drift: Drift) => void drifts.push(drift) }
    return lookAfter(iso(now), dueUpkeepStore(app.table, 'reconcileStatistics'), (id) => reconcile(id, world))
  })

beforeAll(async () => {
  app = await startApp()
  app.clock.now = start
  owner = await app.person('Olga Owner')
  const made = await found('Acme')
  workspaceId = made.workspaceId
  projectId = made.projectId
  await app.drain()
})
afterAll(() => app.close())

test('a workspace has its turn a day after it was founded, and each day from then on', async () => {
  expect(await cleanAt(start + day - 1)).toBe(0)
  expect(await cleanAt(start + day + 1)).toBe(1)
  expect(await cleanAt(start + day + 2)).toBe(0)
  expect(await cleanAt(start + 2 * day + 2)).toBe(1)
})

test('what is over in the trash goes, and no day earlier', async () => {
  app.clock.now = start + 3 * day
  const [old, young] = [await make(), await make()]
  await act(deleteTask, old)
  app.clock.now = start + 4 * day
  await act(deleteTask, young)
  await app.drain()
  await cleanAt(start + 33 * day - 1)
  expect(await read(old)).toBeDefined()
  await cleanAt(start + 34 * day - 1)
  expect([await read(old), (await read(young))?.id]).toEqual([undefined, young])
  const records = await app.stream.read()
  await app.consume(records)
})

test('archived tasks go into the trash after as many days as the workspace says, and say why', async () => {
  app.clock.now = start + 40 * day
  const parent = await make()
  const below = await make({ parentId: parent })
  const later = await make()
  await act(archiveTask, parent)
  await app.drain()
  app.clock.now = start + 41 * day
  await act(archiveTask, later)
  await app.drain()
  await cleanAt(start + 75 * day)
  expect((await read(parent))?.trashedAt).toBeNull()
  app.clock.now = start + 75 * day
  expect(await keep(29)).toMatchObject({ status: 400 })
  expect(await keep(35)).toMatchObject({ status: 200, body: { archiveRetentionDays: 35 } })
  expect((await app.call(owner, getWorkspace, { params: { workspaceId } })).body.archiveRetentionDays).toBe(
    35,
  )
  const now = start + 76 * day
  await cleanAt(now)
  await app.drain()
  expect(await read(parent)).toMatchObject({
    trashedAt: iso(now),
    cause: { kind: 'retention', days: 35 },
    through: 'system',
  })
  expect(await read(below)).toMatchObject({ trashedAt: iso(now), trashedWith: parent })
  expect((await read(later))?.trashedAt).toBeNull()
  const history = await app.call(owner, listTaskHistory, { params: { workspaceId, taskId: later } })
  expect(history.status).toBe(200)
  expect(await keep(null)).toMatchObject({ body: { archiveRetentionDays: null } })
})

test('what was archived along with a task that is kept longer hides nothing behind it, nor in another project', async () => {
  app.clock.now = start + 300 * day
  await keep(35)
  await cleanAt(app.clock.now)
  const parent = await make()
  for (let n = 0; n < 8; n++) await make({ parentId: parent })
  await act(archiveTask, parent)
  await app.drain()
  app.clock.now += day
  const behind = await make()
  await act(archiveTask, behind)
  const body = { name: 'Elsewhere', key: 'ELS' }
  const { id } = (await app.call(owner, createProject, { params: { workspaceId }, body })).body
  const made = await app.call(owner, createTask, {
    params: { workspaceId, projectId: id },
    body: { title: 'Task' },
  })
  await act(archiveTask, String(made.body.id))
  app.clock.now += 30 * day
  await app.call(owner, editTask, { params: { workspaceId, taskId: parent }, body: { title: 'Looked at' } })
  await app.drain()
  const now = iso(start + 340 * day)
  const limits = { changes: 5, pages: 100, pagesOfList: 20, rowsOfPage: 2 }
  const isThrough = await app.granted.as(cleanUpTrigger, () =>
    cleanUp(workspaceId, now, { ...app.stores, limits }),
  )
  const trashedAt = async (taskId: string) => (await read(taskId))?.trashedAt
  expect([
    isThrough,
    await trashedAt(behind),
    await trashedAt(made.body.id),
    await trashedAt(parent),
  ]).toEqual([true, now, now, null])
  await keep(null)
  await app.drain()
})

test('counters that hold are found to hold, and those that do not are told, not mended', async () => {
  app.clock.now = start + 80 * day
  for (const priority of ['low', 'high', 'high']) await make({ priority })
  await app.drain()
  expect(await countAt(start + 80 * day)).toBe(1)
  expect(drifts).toEqual([])
  const key = statisticsKey(workspaceId, projectId)
  await app.engine.table.update(key, { add: { total: 2, priority_high: -1 } })
  await countAt(start + 82 * day)
  expect(drifts).toEqual([{ workspaceId, projectId, tasks: 2 }])
  await countAt(start + 84 * day)
  expect(drifts).toHaveLength(1)
  await app.engine.table.update(key, { add: { total: -2, priority_high: 1 } })
  await countAt(start + 86 * day)
  expect(drifts).toEqual([])
})

test('what the stream has not told yet is no drift, wherever the task went, and is counted with the next run', async () => {
  app.clock.now = start + 90 * day
  await make()
  const moved = await make()
  await app.drain()
  const params = { workspaceId, taskId: moved }
  const other = await app.call(owner, createProject, {
    params: { workspaceId },
    body: { name: 'Other', key: 'OTH' },
  })
  expect(await app.call(owner, moveTask, { params, body: { projectId: other.body.id } })).toMatchObject({
    status: 200,
  })
  expect(await countAt(start + 90 * day)).toBe(1)
  expect(drifts).toEqual([])
  await make()
  expect(await countAt(start + 90 * day)).toBe(1)
  expect(drifts).toEqual([])
  await app.drain()
  expect(await countAt(start + 90 * day)).toBe(1)
  expect(await countAt(start + 90 * day)).toBe(0)
  expect(drifts).toEqual([])
})
