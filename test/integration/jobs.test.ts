import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as jobs from '../../shared/api/routes/jobs.ts'
import { completeTask, deleteTask, editTask, getTask } from '../../shared/api/routes/tasks.ts'
import { type App, type Someone, startApp } from '../support/app.ts'
import { type FoundWorkspace, foundWorkspace, handleOne, jobWorldOf, workOff } from '../support/jobs.ts'

let app: App
let owner: Someone
let place: FoundWorkspace

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga Owner')
  place = await foundWorkspace(app, owner)
  await app.drain()
})
afterAll(() => app.close())

const inWorkspace = () => ({ workspaceId: place.workspaceId })
const start = (body: unknown, who = owner, headers: Record<string, string> = {}) =>
  app.call(who, jobs.createJob, { params: inWorkspace(), body, headers })
const read = async (jobId: string, who = owner) =>
  (await app.call(who, jobs.getJob, { params: { ...inWorkspace(), jobId } })).body
const cancel = (jobId: string, who = owner) =>
  app.call(who, jobs.cancelJob, { params: { ...inWorkspace(), jobId }, body: {} })
const task = async (taskId: string) =>
  (await app.call(owner, getTask, { params: { ...inWorkspace(), taskId } })).body
const edit = (taskId: string, body: object) =>
  app.call(owner, editTask, { params: { ...inWorkspace(), taskId }, body })

/** All results, page by page. */
const results = async (jobId: string, limit = '100', who = owner) => {
  const items: { taskId: string; outcome: string; version?: number; problem?: { code: string } }[] = []
  const params = { ...inWorkspace(), jobId }
  for (let query: Record<string, string> = { limit }; ; ) {
    const { status, body } = await app.call(who, jobs.listJobResults, { params, query })
    expect(status).toBe(200)
    items.push(...body.items)
    if (body.next === undefined) return items
    expect(body.items.length).toBeGreaterThan(0)
    query = Object.fromEntries(new URL(body.next, 'http://x').searchParams)
  }
}
const outcomes = async (jobId: string) => (await results(jobId)).map(({ outcome }) => outcome)

describe('a job', () => {
  test('is accepted at once, changes each of its tasks once, and says what became of each', async () => {
    const ids = await place.addTasks(4)
    await app.call(owner, deleteTask, { params: { ...inWorkspace(), taskId: String(ids[2]) } })
    await edit(String(ids[1]), { priority: 'high' })
    const started = await start({ action: { kind: 'edit', patch: { priority: 'high' } }, taskIds: ids })
    expect(started.status).toBe(202)
    expect(started.headers.location).toBe(`/v1/workspaces/${place.workspaceId}/jobs/${started.body.id}`)
    expect(started.body).toMatchObject({
      state: 'queued',
      total: 4,
      done: 0,
      finishedAt: null,
      dryRun: false,
    })
    expect(await outcomes(started.body.id)).toEqual(['waiting', 'waiting', 'waiting', 'waiting'])
    expect((await task(String(ids[0]))).priority).toBe('none')

    await workOff(app)
    expect(await read(started.body.id)).toMatchObject({
      state: 'completed',
      total: 4,
      done: 4,
      changed: 2,
      unchanged: 1,
      missing: 1,
      refused: 0,
      finishedAt: new Date(app.clock.now).toISOString(),
    })
    expect(await results(started.body.id)).toEqual([
      { taskId: ids[0], outcome: 'changed', version: 2 },
      { taskId: ids[1], outcome: 'unchanged', version: 2 },
      { taskId: ids[2], outcome: 'missing' },
      { taskId: ids[3], outcome: 'changed', version: 2 },
    ])
    expect(await task(String(ids[3]))).toMatchObject({ priority: 'high', version: 2 })
  })

  test('completes, archives, trashes and restores', async () => {
    const taskIds = await place.addTasks(2)
    const run = async (kind: string) => {
      const { body } = await start({ action: { kind }, taskIds })
      await workOff(app)
      expect(await outcomes(body.id), kind).toEqual(['changed', 'changed'])
      return task(String(taskIds[0]))
    }
    expect(await run('complete')).toMatchObject({ status: 'done' })
    expect((await run('archive')).archivedAt).not.toBeNull()
    expect((await run('restore')).archivedAt).toBeNull()
    expect((await run('trash')).trashedAt).not.toBeNull()
    expect(await run('restore')).toMatchObject({ trashedAt: null, status: 'done', version: 6 })
  })

  test('that is a dry run says what would change and changes nothing', async () => {
    const taskIds = await place.addTasks(2)
    await app.call(owner, completeTask, {
      params: { ...inWorkspace(), taskId: String(taskIds[1]) },
      body: {},
    })
    const { body } = await start({ action: { kind: 'complete' }, taskIds, dryRun: true })
    await workOff(app)
    expect(await read(body.id)).toMatchObject({
      state: 'completed',
      dryRun: true,
      wouldChange: 1,
      unchanged: 1,
    })
    expect(await task(String(taskIds[0]))).toMatchObject({ status: 'open', version: 1 })
  })

  test('of more tasks than a chunk holds pages its results in the order of the request', async () => {
    const ids = (await place.addTasks(130)).reverse()
    const { body } = await start({ action: { kind: 'complete' }, taskIds: ids })
    await workOff(app)
    expect(await read(body.id)).toMatchObject({ state: 'completed', changed: 130 })
    const all = await results(body.id, '60')
    expect(all.map(({ taskId }) => taskId)).toEqual(ids)
    expect(new Set(all.map(({ outcome, version }) => `${outcome} ${version}`))).toEqual(
      new Set(['changed 2']),
    )
  }, 120_000)

  test('goes on in a message of its own when time gets short', async () => {
    const taskIds = await place.addTasks(30)
    const { body } = await start({ action: { kind: 'complete' }, taskIds })
    await app.drain()
    const [message] = app.work.splice(0)
    if (message === undefined) throw new Error('no work was handed over')
    const left = [60_000, 19_000]
    const reply = await handleOne(jobWorldOf(app), message, () => left.shift() ?? 0)
    expect(reply).toEqual({ batchItemFailures: [] })
    expect(await read(body.id)).toMatchObject({ state: 'running', done: 25 })
    expect(app.work).toEqual([message])
    await workOff(app)
    expect(await read(body.id)).toMatchObject({ state: 'completed', changed: 30 })
  })

  test('shows progress that only grows', async () => {
    const taskIds = await place.addTasks(60)
    const { body } = await start({ action: { kind: 'complete' }, taskIds })
    await app.drain()
    const [message] = app.work.splice(0)
    const seen: number[] = []
    const world = jobWorldOf(app)
    const record: typeof world.jobs.record = async (...step) => {
      const isDone = await world.jobs.record(...step)
      seen.push((await read(body.id)).done)
      return isDone
    }
    await handleOne({ ...world, jobs: { ...world.jobs, record } }, message as never, () => 60_000)
    expect(seen).toEqual([25, 50, 60])
  })
})

describe('who may what', () => {
  test('each task is refused or not by the role that the person has when its turn comes', async () => {
    const member = await app.person('Mia Member')
    await app.join(member, place.workspaceId, 'member')
    const [foreign] = await place.addTasks(1)
    const [own] = await place.addTasks(1, { assigneeIds: [member.userId] })
    const { status, body } = await start({ action: { kind: 'complete' }, taskIds: [foreign, own] }, member)
    expect(status).toBe(202)
    await workOff(app)
    expect(await results(body.id)).toMatchObject([
      { outcome: 'refused', problem: { code: 'forbidden' } },
      { outcome: 'changed' },
    ])
  })

  test('nothing is done for somebody who was removed meanwhile', async () => {
    const member = await app.person('Max Member')
    await app.join(member, place.workspaceId, 'manager')
    const taskIds = await place.addTasks(1)
    const { body } = await start({ action: { kind: 'complete' }, taskIds }, member)
    const world = jobWorldOf(app)
    const none = async () => undefined
    await workOff(app, { ...world, workspaces: { ...world.workspaces, member: none } })
    expect(await read(body.id)).toMatchObject({ state: 'completed', refused: 1 })
    expect(await task(String(taskIds[0]))).toMatchObject({ status: 'open', version: 1 })
  })

  test('a job is seen and cancelled by its maker, owners and administrators, and is not there for others', async () => {
    const [member, other, admin] = (await Promise.all(
      ['One', 'Two', 'Three'].map((name) => app.person(`${name} Member`)),
    )) as [Someone, Someone, Someone]
    await app.join(member, place.workspaceId, 'member')
    await app.join(other, place.workspaceId, 'manager')
    await app.join(admin, place.workspaceId, 'admin')
    const taskIds = await place.addTasks(1)
    const { body } = await start({ action: { kind: 'complete' }, taskIds }, member)
    const params = { ...inWorkspace(), jobId: String(body.id) }
    const statusFor = async (who: Someone) =>
      Promise.all([
        app.call(who, jobs.getJob, { params }),
        app.call(who, jobs.listJobResults, { params }),
        app.call(who, jobs.cancelJob, { params, body: {} }),
      ]).then((replies) => replies.map(({ status }) => status))
    expect(await statusFor(other)).toEqual([404, 404, 404])
    expect(await statusFor(member)).toEqual([200, 200, 204])
    expect(await statusFor(admin)).toEqual([200, 200, 204])
    await workOff(app)
  })

  test('a guest starts none', async () => {
    const guest = await app.person('Gus Guest')
    await app.join(guest, place.workspaceId, 'guest')
    const taskIds = await place.addTasks(1, { assigneeIds: [guest.userId] })
    expect((await start({ action: { kind: 'complete' }, taskIds }, guest)).status).toBe(404)
  })

  test('a task of another workspace is missing', async () => {
    const elsewhere = await foundWorkspace(app, owner)
    const taskIds = await elsewhere.addTasks(1)
    const { body } = await start({ action: { kind: 'trash' }, taskIds })
    await workOff(app)
    expect(await outcomes(body.id)).toEqual(['missing'])
  })
})

describe('cancelling', () => {
  test('leaves what is done and does no more', async () => {
    const taskIds = await place.addTasks(60)
    const { body } = await start({ action: { kind: 'complete' }, taskIds })
    await app.drain()
    const [message] = app.work.splice(0)
    const left = [60_000, 0]
    await handleOne(jobWorldOf(app), message as never, () => left.shift() ?? 0)
    expect((await cancel(body.id)).status).toBe(204)
    expect(await read(body.id)).toMatchObject({ state: 'cancelling', done: 25, finishedAt: null })
    await workOff(app)
    expect(await read(body.id)).toMatchObject({ state: 'cancelled', changed: 25, cancelled: 35, done: 60 })
    expect((await outcomes(body.id)).slice(24, 26)).toEqual(['changed', 'cancelled'])
    expect(await task(String(taskIds[59]))).toMatchObject({ status: 'open', version: 1 })
    expect((await cancel(body.id)).status).toBe(204)
    expect(await read(body.id)).toMatchObject({ state: 'cancelled' })
  })

  test('a job that is through stays completed', async () => {
    const { body } = await start({ action: { kind: 'complete' }, taskIds: await place.addTasks(1) })
    await workOff(app)
    expect((await cancel(body.id)).status).toBe(204)
    expect(await read(body.id)).toMatchObject({ state: 'completed' })
  })
})

describe('requests', () => {
  test('repeated under one Idempotency-Key start one job and answer alike, also when it is through', async () => {
    const body = { action: { kind: 'complete' }, taskIds: await place.addTasks(1) }
    const key = { 'Idempotency-Key': 'start once' }
    const first = await start(body, owner, key)
    await workOff(app)
    app.clock.now += 5_000
    const again = await start(body, owner, key)
    expect([again.status, again.body, again.headers.location]).toEqual([
      first.status,
      first.body,
      first.headers.location,
    ])
    await app.drain()
    expect(app.work).toEqual([])
    const other = await start({ ...body, dryRun: true }, owner, key)
    expect(other.status).toBe(422)
  })

  test.each([
    ['no tasks', { taskIds: [] }, '/taskIds'],
    [
      'a task twice',
      { taskIds: ['tsk_01jd3v8k6t9q2w4e7r5y8z0x1c', 'tsk_01jd3v8k6t9q2w4e7r5y8z0x1c'] },
      '/taskIds',
    ],
    ['something else than a task', { taskIds: ['prj_01jd3v8k6t9q2w4e7r5y8z0x1c'] }, '/taskIds/0'],
    ['an unknown action', { action: { kind: 'burn' } }, '/action/kind'],
    ['an edit without a patch', { action: { kind: 'edit' } }, '/action/patch'],
    ['a patch that no task takes', { action: { kind: 'edit', patch: { title: '' } } }, '/action/patch/title'],
    [
      'a stranger as assignee',
      { action: { kind: 'edit', patch: { assigneeIds: ['00000000-0000-4000-8000-000000000000'] } } },
      '/action/patch/assigneeIds/0',
    ],
  ])('with %s are refused where it stands', async (_, changes, pointer) => {
    const whole = { action: { kind: 'complete' }, taskIds: ['tsk_01jd3v8k6t9q2w4e7r5y8z0x1c'], ...changes }
    const { status, body } = await start(whole)
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer])
    expect(body.errors[0].detail).toMatch(/^(must|is not)/)
  })

  test('of ten thousand tasks are taken, of one more are refused', async () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, n) => `tsk_${String(n).padStart(26, '0')}`)
    const body = { action: { kind: 'trash' }, dryRun: true, taskIds: named(10_000) }
    const { status, body: job } = await start(body)
    expect([status, job.total]).toEqual([202, 10_000])
    expect((await start({ ...body, taskIds: named(10_001) })).status).toBe(400)
    expect((await cancel(job.id)).status).toBe(204)
    await workOff(app)
    // In each of the eighty chunks the first step might have been under way: those tasks were looked at.
    expect(await read(job.id)).toMatchObject({
      state: 'cancelled',
      done: 10_000,
      missing: 2_000,
      cancelled: 8_000,
    })
  }, 120_000)

  test('for a job that is forgotten find nothing', async () => {
    const { body } = await start({ action: { kind: 'complete' }, taskIds: await place.addTasks(1) })
    await workOff(app)
    const now = app.clock.now
    app.clock.now += 31 * 86_400_000
    const { status } = await app.call(owner, jobs.getJob, { params: { ...inWorkspace(), jobId: body.id } })
    app.clock.now = now
    expect(status).toBe(404)
  })
})

describe('notices', () => {
  test('a job tells each person once how many tasks it has newly assigned, when it is through', async () => {
    const [ana, ben] = [await app.person('Ana'), await app.person('Ben')]
    for (const who of [ana, ben]) await app.join(who, place.workspaceId, 'member')
    const [had] = await place.addTasks(1, { assigneeIds: [ana.userId] })
    const taskIds = [had, ...(await place.addTasks(29))]
    await app.drain()
    app.notices.length = 0
    const assigneeIds = [ana.userId, ben.userId, owner.userId]
    const { body } = await start({ action: { kind: 'edit', patch: { assigneeIds } }, taskIds })
    await workOff(app)
    const told = {
      kind: 'bulk',
      workspaceId: place.workspaceId,
      bulkId: body.id,
      by: owner.userId,
      at: expect.any(String),
    }
    expect(app.notices).toHaveLength(2)
    expect(app.notices).toContainEqual({ ...told, userId: ana.userId, count: 29 })
    expect(app.notices).toContainEqual({ ...told, userId: ben.userId, count: 30 })
  })

  test('a dry run tells nobody', async () => {
    const cleo = await app.person('Cleo')
    await app.join(cleo, place.workspaceId, 'member')
    const taskIds = await place.addTasks(2)
    await app.drain()
    app.notices.length = 0
    const action = { kind: 'edit', patch: { assigneeIds: [cleo.userId] } }
    await start({ action, taskIds, dryRun: true })
    await workOff(app)
    expect(app.notices).toEqual([])
  })
})

describe('deleting all tasks', () => {
  test('wants the name of the workspace from its owner, and moves every task into the trash', async () => {
    const whole = await foundWorkspace(app, owner)
    const { workspaceId } = whole
    const admin = await app.person('Ada Admin')
    await app.join(admin, workspaceId, 'admin')
    const second = await whole.addProject('TWO')
    await whole.addProject('NIL')
    const open = [...(await whole.addTasks(3)), ...(await whole.addTasks(2, { status: 'done' }, second))]
    const { body: parent } = await app.call(owner, getTask, {
      params: { workspaceId, taskId: String(open[0]) },
    })
    await app.drain()
    const call = (confirm: string, who = owner) =>
      app.call(who, jobs.deleteAllTasks, { params: { workspaceId }, body: { confirm } })
    expect((await call('Acme & Sons', admin)).status).toBe(403)
    const wrong = await call('acme & sons')
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([400, '/confirm'])

    app.clock.now += 1_000
    const started = await call('Acme & Sons')
    expect(started.body).toMatchObject({ state: 'queued', all: true, total: null, action: { kind: 'trash' } })
    app.clock.now += 1_000
    const [late] = await whole.addTasks(1)
    await workOff(app)
    const params = { workspaceId, jobId: String(started.body.id) }
    const { body } = await app.call(owner, jobs.getJob, { params })
    expect(body).toMatchObject({ state: 'completed', total: 5, changed: 5, done: 5 })
    for (const taskId of open) {
      const { body: trashed } = await app.call(owner, getTask, { params: { workspaceId, taskId } })
      expect(trashed.trashedAt).not.toBeNull()
    }
    expect(parent.trashedAt).toBeNull()
    // What was made after the word was given stays.
    const { body: spared } = await app.call(owner, getTask, { params: { workspaceId, taskId: String(late) } })
    expect(spared).toMatchObject({ trashedAt: null, version: 1 })
  })

  test('that is cancelled before all tasks are listed is not said to be completed', async () => {
    const whole = await foundWorkspace(app, owner)
    const { workspaceId } = whole
    const [taskId] = await whole.addTasks(1)
    await app.drain()
    const { body } = await app.call(owner, jobs.deleteAllTasks, {
      params: { workspaceId },
      body: { confirm: 'Acme & Sons' },
    })
    const params = { workspaceId, jobId: String(body.id) }
    expect((await app.call(owner, jobs.cancelJob, { params, body: {} })).status).toBe(204)
    await workOff(app)
    const { body: ended } = await app.call(owner, jobs.getJob, { params })
    expect(ended).toMatchObject({ state: 'cancelled', total: 0, done: 0 })
    const { body: spared } = await app.call(owner, getTask, {
      params: { workspaceId, taskId: String(taskId) },
    })
    expect(spared.trashedAt).toBeNull()
  })

  test('of an empty workspace is done at once', async () => {
    const empty = await foundWorkspace(app, owner)
    const { workspaceId } = empty
    const { body } = await app.call(owner, jobs.deleteAllTasks, {
      params: { workspaceId },
      body: { confirm: 'Acme & Sons' },
    })
    await workOff(app)
    const params = { workspaceId, jobId: String(body.id) }
    expect((await app.call(owner, jobs.getJob, { params })).body).toMatchObject({
      state: 'completed',
      total: 0,
    })
    expect((await app.call(owner, jobs.listJobResults, { params })).body).toEqual({ items: [] })
  })
})
