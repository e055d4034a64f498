import type { DynamoDBRecord } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import * as life from '../../shared/api/routes/life.ts'
import { createProject } from '../../shared/api/routes/projects.ts'
import * as structure from '../../shared/api/routes/structure.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import { derivedStore } from '../../shared/data/stores/derived.ts'
import { consequencesOf } from '../../shared/domain/pipeline/consequences.ts'
import type { Task } from '../../shared/domain/tasks/task.ts'
import { changeOf } from '../../shared/events/records.ts'
import { type App, type Someone, startApp } from '../support/app.ts'

let app: App
let owner: Someone
let workspaceId: string
let projectId: string

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga Owner')
  const workspace = await app.call(owner, createWorkspace, { body: { name: 'Acme', zone: 'UTC' } })
  workspaceId = workspace.body.id
  const params = { workspaceId }
  const body = { name: 'Operations', key: 'OPS' }
  projectId = (await app.call(owner, createProject, { params, body })).body.id
})
afterAll(() => app.close())

const day = 86_400_000
const iso = (instant: number): string => new Date(instant).toISOString()
const make = async (title: string, fields: Record<string, unknown> = {}) => {
  const params = { workspaceId, projectId }
  return (await app.call(owner, tasks.createTask, { params, body: { title, ...fields } })).body
}
const act = (route: RouteDeclaration, taskId: string, body: unknown = {}) =>
  app.call(owner, route, {
    params: { workspaceId, taskId },
    ...(route.method !== 'DELETE' && { body }),
  })
const purge = async (taskId: string): Promise<void> => {
  await act(tasks.deleteTask, taskId)
  expect((await act(life.purgeTask, taskId)).status).toBe(204)
}
const read = (taskId: string) => app.stores.tasks.task(workspaceId, taskId)

/** Whether a record is about the item of a task. */
const isAbout = (taskId: string) => (record: DynamoDBRecord) => {
  const { PK, SK } = record.dynamodb?.Keys ?? {}
  return PK?.S?.endsWith(`#TSK#${taskId.slice(-16)}`) === true && SK?.S === 'TSK'
}

/** Everything is consumed but the records about one task, which are answered as they are. */
const drainBut = async (taskId: string): Promise<DynamoDBRecord[]> => {
  const held: DynamoDBRecord[] = []
  for (;;) {
    const records = await app.stream.read()
    if (records.length === 0) return held
    held.push(...records.filter(isAbout(taskId)))
    await app.consume(records.filter((one) => !isAbout(taskId)(one)))
  }
}

describe('what follows when records come late', () => {
  test('is no occurrence at work of a completion that was undone while its record was parked', async () => {
    const due = { date: '2031-03-28', zone: 'UTC' }
    const { id } = await make('Water the plants', { due, recurrence: { rule: 'FREQ=DAILY' } })
    await app.drain()
    const { body: done } = await act(tasks.completeTask, id)
    const parked = await app.stream.read()
    const change = parked.map(changeOf).find(({ kind }) => kind === 'task') as { before: Task; after: Task }
    // It failed behind its history line, which the undo needs.
    const line = consequencesOf(change.before, change.after)
    await derivedStore(app.engine.table).apply(workspaceId, line === undefined ? [] : [line])
    expect((await act(life.undoChange, id, { version: done.version })).status).toBe(200)
    await app.drain()
    await app.consume(parked)
    await app.drain()
    expect(await read(done.successorId)).toMatchObject({ trashedAt: iso(app.clock.now) })
    const again = await act(tasks.completeTask, id)
    await app.drain()
    expect(await read(again.body.successorId)).toMatchObject({ trashedAt: null })
  })

  test('is a place at the top for a subtask of one that has gone for good before it was known of', async () => {
    const above = await make('Above')
    await app.drain()
    const below = await make('Below', { parentId: above.id })
    await purge(above.id)
    const late = await drainBut(below.id)
    expect(await read(above.id)).toBeUndefined()
    await app.consume(late)
    await app.drain()
    expect(await read(below.id)).toMatchObject({ parentId: null, ancestorIds: [], trashedAt: null })
    const other = await make('Other')
    expect((await act(structure.setTaskParent, other.id, { parentId: below.id })).status).toBe(200)
  })

  test('is no human id that finds a task that has been purged', async () => {
    const { id, key } = await make('Gone')
    const creation = await app.stream.read()
    await app.consume(creation)
    expect(await app.stores.tasks.idOf(workspaceId, key)).toBe(id)
    await purge(id)
    await app.drain()
    await app.consume(creation)
    expect(await app.stores.tasks.idOf(workspaceId, key)).toBeUndefined()
  })
})

describe('what follows for another task takes no time back', () => {
  test('to before reminders that passed while it lay in the archive', async () => {
    const start = app.clock.now
    const wall = iso(start + 10 * day).slice(0, 16)
    const [archived, other] = [await make('Archived'), await make('Other')]
    const reminders = [{ dateTime: wall, zone: 'UTC' }]
    const { id } = await make('Below', { parentId: archived.id, reminders })
    app.clock.now = start + 5 * day
    await act(life.archiveTask, archived.id)
    await app.drain()
    expect(await read(id)).toMatchObject({ archivedAt: iso(app.clock.now) })
    app.clock.now = start + 30 * day
    await act(structure.setTaskParent, id, { parentId: other.id })
    await app.drain()
    const now = iso(app.clock.now)
    expect(await read(id)).toMatchObject({ archivedAt: null, remindAt: null, updatedAt: now })
  })

  test('to before its last change when a link to one that has left the trash goes', async () => {
    const [gone, other] = [await make('Gone'), await make('Other')]
    const params = { workspaceId, taskId: gone.id, otherTaskId: other.id }
    await app.call(owner, structure.linkTask, { params, body: { kind: 'blocks' } })
    await act(tasks.deleteTask, gone.id)
    app.clock.now += 20 * day
    await act(tasks.editTask, other.id, { title: 'Edited' })
    const edited = iso(app.clock.now)
    await app.drain()
    await app.stores.tasks.drop((await read(gone.id)) as Task)
    app.clock.now += 11 * day
    await app.drain()
    expect(await read(other.id)).toMatchObject({ links: {}, updatedAt: edited })
  })
})
