import { afterAll, beforeAll, expect, test } from 'vitest'
import * as jobs from '../../shared/api/routes/jobs.ts'
import { editTask } from '../../shared/api/routes/tasks.ts'
import type { NoticeMessage } from '../../shared/api/schemas/notice.ts'
import { derivedStore } from '../../shared/data/stores/derived.ts'
import { digestStore } from '../../shared/data/stores/digests.ts'
import { jobStore } from '../../shared/data/stores/jobs.ts'
import { preferencesStore } from '../../shared/data/stores/preferences.ts'
import { taskStore } from '../../shared/data/stores/tasks.ts'
import { upkeepStore } from '../../shared/data/stores/upkeep.ts'
import { makeId, randomSeed } from '../../shared/domain/ids.ts'
import { runJob } from '../../shared/domain/jobs/runJob.ts'
import { noticeIdOf } from '../../shared/domain/notices/identity.ts'
import { consume } from '../../shared/domain/pipeline/consume.ts'
import { fieldsOf, newTask } from '../../shared/domain/tasks/draft.ts'
import { changeOf } from '../../shared/events/records.ts'
import { type App, type Someone, startApp } from '../support/app.ts'
import { Crash } from '../support/crashing.ts'
import { type FoundWorkspace, foundWorkspace, jobWorldOf } from '../support/jobs.ts'
import { mortal } from '../support/mortal.ts'
import { plainBody } from '../unit/domain/support/builders.ts'

let app: App
let owner: Someone
let ana: Someone
let place: FoundWorkspace

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga Owner')
  place = await foundWorkspace(app, owner)
  ana = await app.person('Ana')
  await app.join(ana, place.workspaceId, 'member')
})
afterAll(() => app.close())

/** One more than a step takes. */
const size = 26

const seedTasks = async (): Promise<string[]> => {
  const now = new Date(app.clock.now).toISOString()
  const maker = { userId: owner.userId, now, zone: 'UTC' }
  const project = { id: place.projectId, key: 'OPS' }
  const tasks = Array.from({ length: size }, (_, number) => {
    const id = makeId('task', app.clock.now, randomSeed())
    const birth = { ...maker, id, workspaceId: place.workspaceId, project, number: number + 1, origin: null }
    return newTask(birth, fieldsOf({ ...plainBody, title: `Task ${number}` }, maker))
  })
  await app.stores.tasks.addAll(tasks)
  return tasks.map(({ id }) => id)
}

/** What the worker and the consumer of jobs do; both may die, their queues and their table do not. */
const startWorld = () => {
  const life = mortal()
  const table = life.over(app.table)
  const notices: NoticeMessage[] = []
  const world = {
    ...jobWorldOf(app),
    tasks: taskStore(table),
    jobs: jobStore(table),
    queue: { send: life.effect('jobs.send', jobWorldOf(app).queue.send) },
  }
  const consumer = {
    derived: derivedStore(app.table),
    digests: digestStore(app.table),
    preferences: preferencesStore(app.table),
    upkeeps: upkeepStore(app.table),
    stores: app.stores,
    groups: app.groups,
    objects: app.files.objects,
    jobs: world.queue,
    webhooks: { send: async () => undefined },
    queue: {
      send: life.effect('notices.send', async (some: readonly NoticeMessage[]) => void notices.push(...some)),
    },
  }
  return { life, world, consumer, notices }
}

const statusOf = async (jobId: string) => {
  const params = { workspaceId: place.workspaceId, jobId }
  return (await app.call(owner, jobs.getJob, { params })).body
}

/** One job, worker and consumer dying once at step `at`, everything delivered again after that, and once more. */
const story = async (at?: number) => {
  const taskIds = await seedTasks()
  await app.stream.read()
  const { life, world, consumer, notices } = startWorld()
  const { body: job } = await app.call(owner, jobs.createJob, {
    params: { workspaceId: place.workspaceId },
    body: {
      action: { kind: 'edit', patch: { title: 'Of the job', assigneeIds: [ana.userId] } },
      taskIds,
    },
  })
  const [intruded = ''] = taskIds
  const seen: number[] = []
  const names: string[] = []
  let edits = 0

  /** Somebody edits a task that the dead worker had changed. */
  const intrude = async (): Promise<void> => {
    const task = await app.stores.tasks.task(place.workspaceId, intruded)
    if (task?.title !== 'Of the job') return
    const params = { workspaceId: place.workspaceId, taskId: intruded }
    await app.call(owner, editTask, { params, body: { title: 'Theirs', assigneeIds: [] } })
    edits += 1
  }
  const untilDone = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      names.push(...life.names)
      await life.revive()
      seen.push((await statusOf(job.id)).done)
      await intrude()
      await work()
    }
    seen.push((await statusOf(job.id)).done)
  }
  const consumeJobs = async () => {
    const records = (await app.stream.read()).map(changeOf).filter(({ kind }) => kind.startsWith('job'))
    await untilDone(() => consume(records, consumer))
    await untilDone(() => consume(records, consumer))
  }

  await life.revive(at)
  await consumeJobs()
  const messages = app.work.splice(0)
  for (const message of messages) await untilDone(() => runJob(message, world, () => true))
  for (const message of messages) await untilDone(() => runJob(message, world, () => true))
  await consumeJobs()
  names.push(...life.names)

  const params = { workspaceId: place.workspaceId, jobId: job.id }
  const results = await app.call(owner, jobs.listJobResults, { params, query: { limit: '100' } })
  const tasks = await Promise.all(taskIds.map((id) => app.stores.tasks.task(place.workspaceId, id)))
  const [first, ...others] = tasks.map((task) => [task?.version, task?.title, task?.assigneeIds.length])
  return {
    names,
    edits,
    seen,
    first,
    others: [...new Set(others.map(String))],
    results: [...new Set(results.body.items.map(({ outcome, version }: never) => `${outcome} ${version}`))],
    listed: results.body.items.length,
    status: await statusOf(job.id),
    told: [...new Map(notices.map((notice) => [noticeIdOf(notice), notice])).values()],
  }
}

test('a job whose worker dies at any step is finished by the next: each task once, nobody told twice', async () => {
  const whole = await story()
  expect(whole.edits).toBe(0)
  expect(whole.names.length).toBeGreaterThan(2 * size)
  let intruded = 0
  for (let at = 1; at <= whole.names.length; at++) {
    const { names, edits, seen, first, others, results, listed, status, told } = await story(at)
    const name = `${at} ${names[at - 1]}`
    intruded += edits
    // Once changed by the job, a task is left as others made it since.
    expect(first, name).toEqual(edits > 0 ? [3, 'Theirs', 0] : [2, 'Of the job', 1])
    expect(others, name).toEqual(['2,Of the job,1'])
    expect(results, name).toEqual(['changed 2'])
    expect(listed, name).toBe(size)
    expect(status, name).toMatchObject({ state: 'completed', total: size, done: size, changed: size })
    expect(told, name).toMatchObject([{ kind: 'bulk', userId: ana.userId, count: size }])
    expect(seen, name).toEqual(seen.toSorted((a, b) => a - b))
  }
  expect(intruded).toBeGreaterThan(size)
  console.info(`${whole.names.length} crash points; ${intruded} edits by others in between, all kept`)
}, 300_000)
