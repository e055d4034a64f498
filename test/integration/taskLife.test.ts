import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import { moveTask, positionTask } from '../../shared/api/routes/boards.ts'
import { addChecklistItem } from '../../shared/api/routes/checklists.ts'
import * as life from '../../shared/api/routes/life.ts'
import * as projects from '../../shared/api/routes/projects.ts'
import * as structure from '../../shared/api/routes/structure.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { addTimeEntry } from '../../shared/api/routes/time.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import { memberKey } from '../../shared/data/keys.ts'
import { type App, type Request, type Someone, startApp } from '../support/app.ts'

let app: App
let owner: Someone
let manager: Someone
let member: Someone
let guest: Someone
let workspaceId: string
let projectId: string

const call = (route: RouteDeclaration, request: Request = {}, who = owner) =>
  app.call(who, route, { ...request, params: { workspaceId, ...request.params } })
const newProject = async (key: string) =>
  String((await call(projects.createProject, { body: { name: key, key } })).body.id)

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga Owner')
  const workspace = await app.call(owner, createWorkspace, { body: { name: 'Acme', zone: 'UTC' } })
  workspaceId = workspace.body.id
  ;[manager, member, guest] = await Promise.all([
    app.person('Max Manager'),
    app.person('Mia Member'),
    app.person('Gus Guest'),
  ])
  await app.join(manager, workspaceId, 'manager')
  await app.join(member, workspaceId, 'member')
  await app.join(guest, workspaceId, 'guest')
  projectId = await newProject('OPS')
})
afterAll(() => app.close())

const add = async (body: object = {}, who = owner, into = projectId): Promise<string> => {
  // Tasks of one millisecond stand in no order of their own.
  app.clock.now += 1
  const made = await call(
    tasks.createTask,
    { params: { projectId: into }, body: { title: 'T', ...body } },
    who,
  )
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id
}
/** A task, one below it, and one below that, all settled. */
const family = async () => {
  const top = await add({ title: 'Top' })
  const middle = await add({ title: 'Middle', parentId: top })
  const bottom = await add({ title: 'Bottom', parentId: middle })
  await app.drain()
  return [top, middle, bottom] as const
}
const on = (route: RouteDeclaration, taskId: string, body?: unknown, who = owner, headers = {}) =>
  call(route, { params: { taskId }, ...(body !== undefined && { body }), headers }, who)
/** Does it, and lets the consumer follow. */
const done = async (route: RouteDeclaration, taskId: string, body?: unknown) => {
  const reply = await on(route, taskId, body)
  expect(reply.status, JSON.stringify(reply.body)).toBe(route.reply.status)
  await app.drain()
  return reply.body
}
const get = async (taskId: string) => (await on(tasks.getTask, taskId)).body
const status = async (taskId: string, who = owner) => (await on(tasks.getTask, taskId, undefined, who)).status
const undo = (taskId: string, version: number, who = owner, headers = {}) =>
  on(life.undoChange, taskId, { version }, who, headers)
const listed = async (state: string, into = projectId) => {
  const query = { state, limit: '100' }
  const { body } = await call(tasks.listProjectTasks, { params: { projectId: into }, query })
  return body.items.map(({ id }: { id: string }) => id)
}
const once = () => ({ 'Idempotency-Key': randomUUID() })

describe('the trash', () => {
  test('takes subtasks along and gives them back, with the same ids and places', async () => {
    const all = await family()
    const before = await Promise.all(all.map(get))
    await done(tasks.deleteTask, all[0])
    for (const id of all) {
      expect((await get(id)).trashedAt).not.toBeNull()
      expect(await listed('trashed')).toContain(id)
      expect(await listed('active')).not.toContain(id)
    }
    await done(life.restoreTask, all[0])
    const after = await Promise.all(all.map(get))
    const place = ({ id, key, parentId, ancestorIds, trashedAt, purgeAt }: Record<string, unknown>) => ({
      id,
      key,
      parentId,
      ancestorIds,
      trashedAt,
      purgeAt,
    })
    expect(after.map(place)).toEqual(before.map(place))
  })

  test('says when it drops a task, thirty days on', async () => {
    const id = await add()
    await done(tasks.deleteTask, id)
    const { trashedAt, purgeAt } = await get(id)
    expect(Date.parse(purgeAt) - Date.parse(trashedAt)).toBe(30 * 86_400_000)
  })

  test('gives back what went along only with the one above it, and names that one', async () => {
    const [top, middle, bottom] = await family()
    await done(tasks.deleteTask, top)
    for (const id of [middle, bottom]) {
      const refused = await on(life.restoreTask, id, {})
      expect([refused.status, refused.body.taskId]).toEqual([409, top])
    }
  })

  test('keeps a task that went by itself when the one above it comes back, and names that one before', async () => {
    const [top, middle] = await family()
    await done(tasks.deleteTask, middle)
    await done(tasks.deleteTask, top)
    expect((await on(life.restoreTask, middle, {})).body.taskId).toBe(top)
    await done(life.restoreTask, top)
    expect((await get(middle)).trashedAt).not.toBeNull()
    await done(life.restoreTask, middle)
    expect((await get(middle)).trashedAt).toBeNull()
  })

  test('gives a task back to the top when the one above it has gone for good', async () => {
    const [top, middle, bottom] = await family()
    await done(tasks.deleteTask, middle)
    // As the table drops what its time has passed for.
    const stored = await app.stores.tasks.task(workspaceId, top)
    if (stored !== undefined) await app.stores.tasks.drop(stored)
    await app.drain()
    await done(life.restoreTask, middle)
    expect(await get(middle)).toMatchObject({ parentId: null, ancestorIds: [] })
    expect(await get(bottom)).toMatchObject({ parentId: middle, ancestorIds: [middle], trashedAt: null })
  })

  test('is to be looked at, history included, and nothing else', async () => {
    const id = await add()
    await done(tasks.deleteTask, id)
    expect(await status(id)).toBe(200)
    expect((await on(tasks.listTaskHistory, id)).body.items[0].type).toBe('task.deleted')
    expect((await on(tasks.editTask, id, { title: 'x' })).status).toBe(404)
    expect((await on(tasks.completeTask, id, {})).status).toBe(404)
    expect((await on(life.archiveTask, id, {})).status).toBe(404)
    expect((await on(life.duplicateTask, id, {})).status).toBe(404)
    expect((await on(structure.setTaskParent, id, { parentId: null })).status).toBe(404)
  })

  test('is closed to those who may not delete', async () => {
    const id = await add({ assigneeIds: [guest.userId] })
    await done(tasks.deleteTask, id)
    expect((await on(life.restoreTask, id, {}, guest)).status).toBe(403)
    expect((await on(life.restoreTask, id, {}, member)).status).toBe(403)
  })

  test('leaves reminders silent whose time has passed in it', async () => {
    const at = (minutes: number) => new Date(app.clock.now + minutes * 60_000).toISOString().slice(0, 19)
    const reminders = [10, 60].map((minutes) => ({ dateTime: at(minutes), zone: 'UTC' }))
    const later = new Date(`${at(60)}Z`).toISOString()
    const id = await add({ reminders })
    await done(tasks.deleteTask, id)
    expect((await app.stores.tasks.task(workspaceId, id))?.remindAt).toBeNull()
    app.clock.now += 20 * 60_000
    await done(life.restoreTask, id)
    expect((await app.stores.tasks.task(workspaceId, id))?.remindAt).toBe(later)
  })

  test('asks for the version that If-Match names, and answers a repeated restore alike', async () => {
    const id = await add()
    await done(tasks.deleteTask, id)
    expect((await on(life.restoreTask, id, {}, owner, { 'If-Match': '"1"' })).status).toBe(412)
    const key = once()
    const first = await on(life.restoreTask, id, {}, owner, key)
    await done(tasks.editTask, id, { title: 'Later' })
    expect((await on(life.restoreTask, id, {}, owner, key)).body).toEqual(first.body)
  })
})

describe('the archive', () => {
  test('takes a task and what is below it out of lists and statistics, and gives them back', async () => {
    const into = await newProject('ARC')
    const top = await add({ title: 'Top' }, owner, into)
    const child = await add({ title: 'Child', parentId: top }, owner, into)
    await app.drain()
    const total = async () =>
      (await call(projects.getProjectStatistics, { params: { projectId: into } })).body.total
    expect(await total()).toBe(2)
    await done(life.archiveTask, top, {})
    expect(await listed('active', into)).toEqual([])
    expect((await listed('archived', into)).sort()).toEqual([top, child].sort())
    expect(await total()).toBe(0)
    expect((await done(tasks.editTask, child, { title: 'Edited' })).title).toBe('Edited')
    expect((await on(life.unarchiveTask, child, {})).body).toMatchObject({ status: 409, taskId: top })
    await done(life.unarchiveTask, top, {})
    expect(await listed('archived', into)).toEqual([])
    expect(await total()).toBe(2)
  })

  test('is silent, also for reminders that pass in it', async () => {
    const dateTime = new Date(app.clock.now + 600_000).toISOString().slice(0, 19)
    const id = await add({ reminders: [{ dateTime, zone: 'UTC' }] })
    await done(life.archiveTask, id, {})
    expect((await app.stores.tasks.task(workspaceId, id))?.remindAt).toBeNull()
    app.clock.now += 1_200_000
    await done(life.unarchiveTask, id, {})
    expect((await app.stores.tasks.task(workspaceId, id))?.remindAt).toBeNull()
  })

  test('changes nothing the second time', async () => {
    const id = await add()
    const first = await done(life.archiveTask, id, {})
    expect((await done(life.archiveTask, id, {})).version).toBe(first.version)
  })
})

describe('purging', () => {
  test('drops for good what lies in the trash, with all that lies there below it', async () => {
    const all = await family()
    const keys = (await Promise.all(all.map(get))).map(({ key }) => key)
    await done(tasks.deleteTask, all[0])
    await done(life.purgeTask, all[0], {})
    for (const id of all) {
      expect(await status(id)).toBe(404)
      expect((await on(life.restoreTask, id, {})).status).toBe(404)
      expect(await listed('trashed')).not.toContain(id)
      expect(await app.stores.tasks.task(workspaceId, id)).toBeUndefined()
    }
    for (const key of keys) expect((await call(tasks.findTask, { params: { key } })).status).toBe(404)
    const { items } = await app.stores.records.history(workspaceId, all[0], 10)
    expect(items.map(({ type }) => type)).toEqual(['task.purged', 'task.deleted', 'task.created'])
    expect(items[0]?.by).toBe(owner.userId)
  })

  test('lets no human id of an earlier project find the task', async () => {
    const id = await add()
    const { key } = await get(id)
    await done(moveTask, id, { projectId: await newProject('MOV') })
    expect((await call(tasks.findTask, { params: { key } })).body.id).toBe(id)
    await done(tasks.deleteTask, id)
    await done(life.purgeTask, id, {})
    expect((await call(tasks.findTask, { params: { key } })).status).toBe(404)
  })

  test('is refused outside the trash, and to all but owners and admins', async () => {
    const id = await add({}, member)
    expect((await on(life.purgeTask, id, {})).status).toBe(409)
    await done(tasks.deleteTask, id)
    expect((await on(life.purgeTask, id, {}, member)).status).toBe(403)
    expect((await on(life.purgeTask, id, {}, manager)).status).toBe(403)
    expect((await on(life.purgeTask, id, {}, guest)).status).toBe(404)
    expect(await status(id)).toBe(200)
  })

  test('that meets a restore leaves one of the two', async () => {
    const id = await add()
    await done(tasks.deleteTask, id)
    const replies = await Promise.all([on(life.purgeTask, id, {}), on(life.restoreTask, id, {})])
    await app.drain()
    const isThere = (await status(id)) === 200
    expect(replies.map(({ status }) => status)).toEqual(isThere ? [409, 200] : [204, 404])
  })
})

describe('undo', () => {
  const edited = async (...patches: object[]) => {
    const id = await add({ title: 'One', due: { date: '2027-01-01' } })
    for (const patch of patches) await done(tasks.editTask, id, patch)
    return id
  }

  test('gives each changed field its value back, leaves later changes, and can be undone', async () => {
    const id = await edited({ title: 'Two', due: null }, { priority: 'high' })
    const undone = await undo(id, 2)
    expect(undone.body).toMatchObject({
      title: 'One',
      due: { date: '2027-01-01' },
      priority: 'high',
      version: 4,
    })
    await app.drain()
    const { items } = (await on(tasks.listTaskHistory, id)).body
    expect(items[0]).toMatchObject({ type: 'task.changed', cause: { kind: 'undo', version: 2 } })
    expect((await undo(id, 4)).body).toMatchObject({ title: 'Two', due: null, priority: 'high' })
  })

  test('is refused when a field was changed again, with the three sides and the version that did it', async () => {
    const id = await edited({ title: 'Two', priority: 'low' }, { title: 'Three' })
    const refused = await undo(id, 2)
    expect(refused.status).toBe(409)
    expect(refused.body.conflicts).toEqual([
      { field: 'title', base: 'Two', mine: 'One', theirs: 'Three', version: 3 },
    ])
    expect(await get(id)).toMatchObject({ title: 'Three', priority: 'low', version: 3 })
  })

  test('goes on to what was before, once the later changes of the same field are undone', async () => {
    const id = await edited({ title: 'Two' }, { title: 'Three' }, { title: 'Four' })
    for (const [version, title] of [
      [4, 'Three'],
      [3, 'Two'],
      [2, 'One'],
    ] as const) {
      expect((await undo(id, version)).body).toMatchObject({ title })
      await app.drain()
    }
    // Back again in the order of an editor: the undo of the undo first.
    for (const [version, title] of [
      [7, 'Two'],
      [6, 'Three'],
      [5, 'Four'],
    ] as const) {
      expect((await undo(id, version)).body).toMatchObject({ title })
      await app.drain()
    }
    expect((await undo(id, 2)).body.conflicts).toMatchObject([{ field: 'title', version: 10 }])
  })

  test('is refused while the undo of the later change is not in the history yet', async () => {
    const id = await edited({ title: 'Two' }, { title: 'Three' })
    await undo(id, 3)
    expect((await undo(id, 2)).status).toBe(409)
  })

  test('is refused when a field has come back to the same value meanwhile', async () => {
    const id = await edited({ title: 'Two' }, { title: 'Three' }, { title: 'Two' })
    expect((await undo(id, 2)).body.conflicts).toMatchObject([{ field: 'title', version: 4 }])
  })

  test('once for one Idempotency-Key', async () => {
    const id = await edited({ title: 'Two' })
    const key = once()
    const first = await undo(id, 2, owner, key)
    await done(tasks.editTask, id, { title: 'Four' })
    expect((await undo(id, 2, owner, key)).body).toEqual(first.body)
    expect((await get(id)).title).toBe('Four')
  })

  test('of a creation is the trash, of a deletion the way back, and so on', async () => {
    const id = await add()
    await app.drain()
    expect((await undo(id, 1)).body.trashedAt).not.toBeNull()
    await app.drain()
    expect((await undo(id, 2)).body.trashedAt).toBeNull()
    await app.drain()
    expect((await undo(id, 3)).body.trashedAt).not.toBeNull()
  })

  test('of a deletion that was restored and deleted again is refused', async () => {
    const id = await add()
    await done(tasks.deleteTask, id)
    await done(life.restoreTask, id)
    await done(tasks.deleteTask, id)
    expect((await undo(id, 2)).body.conflicts).toMatchObject([{ field: 'trashedAt', version: 4 }])
    expect((await undo(id, 4)).status).toBe(200)
  })

  test('of archiving brings back, and of bringing back archives', async () => {
    const id = await add()
    await done(life.archiveTask, id, {})
    expect((await undo(id, 2)).body.archivedAt).toBeNull()
    await app.drain()
    expect((await undo(id, 3)).body.archivedAt).not.toBeNull()
  })

  test('of an edit is refused in the trash', async () => {
    const id = await edited({ title: 'Two' })
    await done(tasks.deleteTask, id)
    expect((await undo(id, 2)).status).toBe(409)
    expect((await get(id)).title).toBe('Two')
  })

  test('of a deletion asks, as restoring does, for the one above it first', async () => {
    const [top, middle] = await family()
    await done(tasks.deleteTask, top)
    const { version } = await get(middle)
    expect((await undo(middle, version)).body).toMatchObject({ status: 409, taskId: top })
  })

  test('of a completion opens the task, and takes its next occurrence along, there and back', async () => {
    const id = await add({ due: { date: '2027-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
    const { successorId } = await done(tasks.completeTask, id, {})
    expect((await get(successorId)).trashedAt).toBeNull()
    const opened = (await undo(id, 2)).body
    expect(opened).toMatchObject({ status: 'open', completedAt: null, successorId: null })
    await app.drain()
    expect((await get(successorId)).trashedAt).not.toBeNull()
    const again = (await undo(id, 3)).body
    expect(again).toMatchObject({ status: 'done', successorId })
    expect(again.completedAt).not.toBeNull()
    await app.drain()
    expect((await get(successorId)).trashedAt).toBeNull()
  })

  test('of a completion leaves the next occurrence to whoever has worked on it, and makes no second one', async () => {
    const id = await add({ due: { date: '2027-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
    const { successorId } = await done(tasks.completeTask, id, {})
    await done(tasks.editTask, successorId, { title: 'With the new form' })
    expect((await undo(id, 2)).body).toMatchObject({ status: 'open', completedAt: null, successorId })
    await app.drain()
    expect((await get(successorId)).trashedAt).toBeNull()
    expect(await done(tasks.completeTask, id, {})).toMatchObject({ status: 'done', successorId })
    await app.drain()
    expect((await get(successorId)).title).toBe('With the new form')
  })

  test('of a move on the board gives status and column back, wherever the task was put since', async () => {
    const { columns } = (await call(projects.getProject, { params: { projectId } })).body
    const columnOf = (name: string) => columns.find((one: { status: string }) => one.status === name).id
    const id = await add()
    const ends = { projectId, after: null, before: null }
    const position = (name: string) => done(positionTask, id, { ...ends, columnId: columnOf(name) })
    await position('in_progress')
    const reply = await done(tasks.completeTask, id, {})
    expect(reply.columns).toEqual({})
    await position('done')
    const undone = await undo(id, reply.version)
    expect(undone.body).toMatchObject({
      status: 'in_progress',
      columns: { [projectId]: columnOf('in_progress') },
    })
  })

  test('of a new parent puts the task back below the old one, subtasks included', async () => {
    const [top, middle, bottom] = await family()
    const moved = await done(structure.setTaskParent, middle, { parentId: null })
    await app.drain()
    const key = once()
    const undone = await undo(middle, moved.version, owner, key)
    expect(undone.body, JSON.stringify(undone.body)).toMatchObject({ parentId: top, ancestorIds: [top] })
    await app.drain()
    expect((await get(bottom)).ancestorIds).toEqual([top, middle])
    expect((await undo(middle, moved.version, owner, key)).body).toEqual(undone.body)
    const { version } = await get(bottom)
    expect((await undo(bottom, version)).status).toBe(409)
  })

  test('of a new parent never closes a circle', async () => {
    const [top, middle] = await family()
    const moved = await done(structure.setTaskParent, middle, { parentId: null })
    await done(structure.setTaskParent, top, { parentId: middle })
    const refused = await undo(middle, moved.version)
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([400, '/parentId'])
  })

  test('of a new parent is refused when the old one is in the trash', async () => {
    const [top, middle] = await family()
    const moved = await done(structure.setTaskParent, middle, { parentId: null })
    await done(tasks.deleteTask, top)
    expect((await undo(middle, moved.version)).status).toBe(409)
  })

  test('of a link takes it from both ends, and of taking it away brings it back', async () => {
    const [one, two] = [await add(), await add()]
    const params = { taskId: one, otherTaskId: two }
    const linked = await call(structure.linkTask, { params, body: { kind: 'blocks' } })
    await app.drain()
    const undone = await undo(one, linked.body.version)
    expect(undone.body.links).toEqual([])
    expect((await get(two)).links).toEqual([])
    await app.drain()
    expect((await undo(one, undone.body.version)).body.links).toEqual([{ taskId: two, kind: 'blocks' }])
    expect((await get(two)).links).toEqual([{ taskId: one, kind: 'blockedBy' }])
  })

  test('of a move to another project brings project and human id back, and is refused for a stale one', async () => {
    const id = await add()
    const { key } = await get(id)
    const other = await newProject(`U${Date.now() % 100_000}`)
    const moved = await done(moveTask, id, { projectId: other })
    expect(moved.key).not.toBe(key)
    expect((await undo(id, moved.version)).body).toMatchObject({ projectId, key, projectIds: [projectId] })
    await app.drain()
    expect(await listed('active')).toContain(id)
    expect(await listed('active', other)).not.toContain(id)
    expect((await call(tasks.findTask, { params: { key } })).body.id).toBe(id)
  })

  test('of a new checklist item takes that one alone', async () => {
    const id = await add({ checklist: [{ text: 'Kept' }] })
    const added = await on(addChecklistItem, id, { text: 'New' })
    await app.drain()
    const undone = await undo(id, added.body.version)
    expect(undone.body.checklist.map(({ text }: { text: string }) => text)).toEqual(['Kept'])
  })

  test('needs what the change needs', async () => {
    const id = await add({ assigneeIds: [member.userId, guest.userId] })
    await done(tasks.editTask, id, { title: 'x' })
    await on(addTimeEntry, id, { minutes: 5 })
    await app.drain()
    expect((await undo(id, 2, guest)).status).toBe(403)
    expect((await undo(id, 2, member)).status).toBe(200)
    expect((await undo(id, 3, member)).status).toBe(403)
    expect((await undo(id, 3, manager)).status).toBe(200)
    const foreign = await add()
    await done(tasks.editTask, foreign, { title: 'x' })
    expect((await undo(foreign, 2, member)).status).toBe(403)
    expect((await undo(foreign, 2, guest)).status).toBe(404)
  })

  test('puts nobody back who has left the workspace', async () => {
    const leaver = await app.person('Leo Leaver')
    await app.join(leaver, workspaceId, 'member')
    const id = await add({ assigneeIds: [leaver.userId] })
    await done(tasks.editTask, id, { assigneeIds: [] })
    await app.table.delete(memberKey(workspaceId, leaver.userId), { present: true })
    expect((await undo(id, 2)).status).toBe(409)
    expect((await get(id)).assigneeIds).toEqual([])
  })

  test('waits for the history, and knows no version that never was', async () => {
    const id = await add()
    await on(tasks.editTask, id, { title: 'x' })
    expect((await undo(id, 2)).body.type).toBe('urn:duely:problem:in-progress')
    expect((await undo(id, 3)).status).toBe(400)
  })
})

describe('a copy', () => {
  const original = {
    title: 'Original',
    description: 'Text',
    priority: 'high',
    due: { date: '2027-01-01' },
    tags: ['a'],
    reminders: [{ relativeTo: 'due', minutesBefore: 5 }],
    checklist: [{ text: 'One', done: true }, { text: 'Two' }],
    status: 'done',
  }

  test('has fields, reminders and checklist, and neither time nor links', async () => {
    const id = await add(original)
    await on(addTimeEntry, id, { minutes: 5 })
    const params = { taskId: id, otherTaskId: await add() }
    await call(structure.linkTask, { params, body: { kind: 'blocks' } })
    const copy = await on(life.duplicateTask, id, {})
    expect(copy.status).toBe(201)
    const { checklist: _, status: __, ...same } = original
    expect(copy.body).toMatchObject({
      ...same,
      due: { date: '2027-01-01', zone: 'UTC' },
      status: 'open',
      completedAt: null,
      timeEntries: [],
      links: [],
      version: 1,
    })
    expect(copy.body.checklist).toEqual((await get(id)).checklist)
    expect(copy.headers.location).toBe(`/v1/workspaces/${workspaceId}/tasks/${copy.body.id}`)
    await app.drain()
    const { items } = (await on(tasks.listTaskHistory, copy.body.id)).body
    expect(items[0].cause).toEqual({ kind: 'duplicate', taskId: id })
  })

  test('has copies of the subtasks in their places and order, without what lies in the trash', async () => {
    const [top, middle] = await family()
    await add({ title: 'Second', parentId: top })
    const gone = await add({ title: 'Gone', parentId: top })
    await done(tasks.deleteTask, gone)
    const copy = await done(life.duplicateTask, middle, { title: 'Copy' })
    expect(copy).toMatchObject({ title: 'Copy', parentId: top, ancestorIds: [top] })
    const whole = await done(life.duplicateTask, top)
    const below = async (taskId: string) =>
      (await call(structure.listSubtasks, { params: { taskId }, query: { sort: 'rank' } })).body.items
    const children = await below(whole.id)
    expect(children.map(({ title }: { title: string }) => title)).toEqual(['Middle', 'Second', 'Copy'])
    expect((await below(children[0].id)).map(({ title }: { title: string }) => title)).toEqual(['Bottom'])
    expect((await get((await below(children[0].id))[0].id)).ancestorIds).toEqual([whole.id, children[0].id])
  })

  test('in another project stands at the top there, alone when that is asked for', async () => {
    const [, middle] = await family()
    const into = await newProject('COP')
    const copy = await done(life.duplicateTask, middle, { projectId: into, subtasks: false })
    expect(copy).toMatchObject({ projectId: into, key: 'COP-1', parentId: null, ancestorIds: [] })
    expect(await listed('active', into)).toEqual([copy.id])
    const foreign = { projectId: 'prj_00000000000000000000000000' }
    const refused = await on(life.duplicateTask, middle, foreign)
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, '/projectId'])
  })

  test('is made once for one Idempotency-Key, and answered as it was', async () => {
    const [top] = await family()
    const into = await newProject('DUP')
    const key = once()
    const copy = await on(life.duplicateTask, top, { projectId: into }, owner, key)
    await done(tasks.editTask, copy.body.id, { title: 'Changed' })
    const again = await on(life.duplicateTask, top, { projectId: into }, owner, key)
    expect([again.status, again.body]).toEqual([201, copy.body])
    expect(await listed('active', into)).toHaveLength(3)
    const other = await on(life.duplicateTask, top, { projectId: into, title: 'x' }, owner, key)
    expect(other.status).toBe(422)
  })

  test('is made of up to a hundred tasks, what lies in the trash not counted, and of no more', async () => {
    const into = await newProject('MANY')
    const top = await add({ title: 'Top' }, owner, into)
    const children = await Promise.all(
      Array.from({ length: 100 }, () => add({ title: 'C', parentId: top }, owner, into)),
    )
    await app.drain()
    expect((await on(life.duplicateTask, top, {})).status).toBe(409)
    await done(tasks.deleteTask, children[0] as string)
    const copy = await on(life.duplicateTask, top, {})
    expect(copy.status).toBe(201)
    await app.drain()
    const { body } = await call(structure.listSubtasks, { params: { taskId: copy.body.id } })
    expect(body.rollup.subtasks).toBe(99)
  })
})
