import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyHistory } from '../../shared/api/routes/audit.ts'
import { listChanges } from '../../shared/api/routes/changes.ts'
import { purgeTask } from '../../shared/api/routes/life.ts'
import { createProject } from '../../shared/api/routes/projects.ts'
import { shareTask, unshareTask } from '../../shared/api/routes/shares.ts'
import { createTask, deleteTask, editTask } from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import { eventKey } from '../../shared/data/keys.ts'
import { memberCodec } from '../../shared/data/stores/workspacesByKey.ts'
import { type App, type Someone, startApp } from '../support/app.ts'
import { succeed } from '../support/ordinary/team.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
}, 60_000)
afterAll(() => app.close())

/** A workspace of its own, with a project, and the names of what happens in it. */
const found = async () => {
  const owner = await app.person('Olga')
  const { body: workspace } = await succeed(app, owner, createWorkspace, { body: { name: 'W', zone: 'UTC' } })
  const workspaceId = String(workspace.id)
  const { body: project } = await succeed(app, owner, createProject, {
    params: { workspaceId },
    body: { name: 'Operations', key: 'OPS' },
  })
  const add = async (title = 'Call') => {
    const params = { workspaceId, projectId: String(project.id) }
    const { body } = await succeed(app, owner, createTask, { params, body: { title } })
    return String(body.id)
  }
  const rename = (taskId: string, title: string) =>
    succeed(app, owner, editTask, { params: { workspaceId, taskId }, body: { title } })
  const changes = (who: Someone, query: Record<string, string> = {}) =>
    app.call(who, listChanges, { params: { workspaceId }, query })
  const head = async (): Promise<number> => {
    await app.drain()
    return (await changes(owner)).body.upTo
  }
  return { owner, workspaceId, add, rename, changes, head }
}

test('without a number it tells where the sequence stands, and nothing else', async () => {
  const { owner, changes, head, add } = await found()
  const before = await head()
  await add()
  await app.drain()
  const { status, body } = await changes(owner)
  expect(status).toBe(200)
  expect(body).toEqual({ since: body.upTo, upTo: body.upTo, events: [], more: false })
  expect(body.upTo).toBeGreaterThan(before)
})

test('pages follow one another without gap or overlap, across the stretches in which the log is kept', async () => {
  const { owner, workspaceId, changes, head, add, rename } = await found()
  const task = await add()
  await app.drain()
  // As if a thousand events had been numbered before.
  const key = eventKey(workspaceId, 0).PK.replace(/#LOG#.*/, '')
  await app.table.update({ PK: key, SK: 'SEQ' }, { set: { sequence: 996 } }, { present: true })
  for (let n = 0; n < 9; n++) await rename(task, `Title ${n}`)
  expect(await head()).toBe(1005)
  const told: number[] = []
  let since = 996
  for (let more = true; more; ) {
    const { body } = await changes(owner, { since: String(since), limit: '4' })
    expect(body.since).toBe(since)
    told.push(...body.events.map(({ sequence }: { sequence: number }) => sequence))
    expect(body.upTo).toBe(told.at(-1))
    ;({ upTo: since, more } = body)
  }
  expect(told).toEqual([997, 998, 999, 1000, 1001, 1002, 1003, 1004, 1005])
})

test('a number that was never given out is refused, and the last one is answered with nothing', async () => {
  const { owner, changes, head } = await found()
  const last = await head()
  const above = await changes(owner, { since: String(last + 1) })
  expect(above).toMatchObject({ status: 400, body: { errors: [{ pointer: '?since' }] } })
  const { body } = await changes(owner, { since: String(last) })
  expect(body).toEqual({ since: last, upTo: last, events: [], more: false })
})

test('a guest is told of a task while it is shared, then to forget it, and of others that numbers went by', async () => {
  const { owner, workspaceId, changes, head, add, rename } = await found()
  const guest = await app.person('Gina')
  await app.join(guest, workspaceId, 'guest')
  const [task, secret] = [await add(), await add('Secret')]
  const before = await head()
  const params = { workspaceId, taskId: task, userId: guest.userId }
  await succeed(app, owner, shareTask, { params, body: { level: 'view' } })
  await rename(secret, 'Secret still')
  const shared = await head()
  const during = await changes(guest, { since: String(before) })
  expect(during.body.events.map(({ type, taskId }: Record<string, string>) => [type, taskId])).toEqual([
    ['task.changed', task],
  ])
  expect(during.body.upTo).toBe(shared)
  await succeed(app, owner, unshareTask, { params })
  const taken = await head()
  const after = await changes(guest, { since: String(before) })
  expect(JSON.stringify(after.body)).not.toContain(secret)
  const hidden = after.body.events
  expect(hidden.length).toBeGreaterThan(0)
  for (const event of hidden) {
    expect(event).toEqual({ type: 'task.hidden', sequence: event.sequence, taskId: task })
  }
  expect(after.body.upTo).toBe(taken)
})

test('a guest who was away while a shared task was deleted for good is told to forget it; another learns of nothing', async () => {
  const { owner, workspaceId, changes, head, add } = await found()
  const [guest, stranger] = [await app.person('Gina'), await app.person('Sten')]
  for (const one of [guest, stranger]) await app.join(one, workspaceId, 'guest')
  const taskId = await add('Secret')
  const params = { workspaceId, taskId }
  await succeed(app, owner, shareTask, {
    params: { ...params, userId: guest.userId },
    body: { level: 'view' },
  })
  const since = String(await head())
  await succeed(app, owner, deleteTask, { params })
  await succeed(app, owner, purgeTask, { params })
  const upTo = await head()
  const { events } = (await changes(guest, { since })).body
  expect(events.at(-1)).toEqual({ type: 'task.hidden', sequence: upTo, taskId })
  expect((await changes(stranger, { since })).body).toMatchObject({ upTo, events: [] })
  const told = (await changes(owner, { since })).body.events.at(-1)
  expect(told).toMatchObject({ type: 'task.purged', taskId, changes: [] })
  expect(JSON.stringify(told)).not.toContain(guest.userId)
  expect((await succeed(app, owner, verifyHistory, { params: { workspaceId } })).body.valid).toBe(true)
})

test('whose role changes is told to look anew, and nobody else', async () => {
  const { owner, workspaceId, changes, head } = await found()
  const [ben, other] = [await app.person('Ben'), await app.person('Carla')]
  for (const one of [ben, other]) await app.join(one, workspaceId, 'member')
  const since = String(await head())
  const key = memberCodec.encode({
    workspaceId,
    workspaceName: 'W',
    userId: ben.userId,
    name: 'Ben',
    role: 'guest',
    joinedAt: new Date(app.clock.now).toISOString(),
    updatedBy: owner.userId,
    version: 2,
  })
  await app.table.put(key)
  const upTo = await head()
  expect((await changes(ben, { since })).body.events).toEqual([{ type: 'access.changed', sequence: upTo }])
  expect((await changes(other, { since })).body).toMatchObject({ upTo, events: [] })
  expect((await changes(owner, { since })).body.events).toMatchObject([{ type: 'member.roleChanged' }])
})

test('after thirty days they are gone, and the answer says where to begin anew', async () => {
  const { owner, workspaceId, changes, head, add } = await found()
  await add()
  const last = await head()
  const month = 30 * 86_400_000
  const now = app.clock.now
  try {
    app.clock.now = now + month - 60_000
    expect((await changes(owner, { since: '0' })).status).toBe(200)
    app.clock.now = now + month + 60_000
    const { status, body } = await changes(owner, { since: '0' })
    expect(status).toBe(410)
    expect(body).toMatchObject({ sequence: last })
    expect(body.snapshot).toContain(`/v1/workspaces/${workspaceId}/projects`)
    expect((await changes(owner, { since: String(last) })).status).toBe(200)
  } finally {
    app.clock.now = now
  }
})

test('what is missing in the log is said to be gone, not passed over', async () => {
  const { owner, workspaceId, changes, head, add } = await found()
  for (let n = 0; n < 3; n++) await add()
  const last = await head()
  await app.table.delete(eventKey(workspaceId, last - 1), { present: true })
  const first = await changes(owner, { since: String(last - 3) })
  expect(first.body).toMatchObject({ upTo: last - 2, more: true })
  expect((await changes(owner, { since: String(last - 2) })).status).toBe(410)
})

test('who is suspended or a stranger finds nothing', async () => {
  const { workspaceId, changes } = await found()
  expect((await changes(await app.person('Stranger'))).status).toBe(404)
  const ben = await app.person('Ben')
  await app.join(ben, workspaceId, 'member')
  expect((await changes(ben)).status).toBe(200)
  const member = await app.stores.workspaces.member(workspaceId, ben.userId)
  await app.table.put(memberCodec.encode({ ...(member as NonNullable<typeof member>), state: 'suspended' }))
  expect((await changes(ben)).status).toBe(404)
})
