import { describe, expect, test } from 'vitest'
import { projectCodec } from '../../../../shared/data/stores/projects.ts'
import type { Listing } from '../../../../shared/domain/jobs/job.ts'
import { runJob } from '../../../../shared/domain/jobs/runJob.ts'
import { runListingStep } from '../../../../shared/domain/jobs/runListing.ts'
import { aTask, idOf, iso, minutes, start, userOf, workspaceId } from '../support/builders.ts'
import { aJob, aProgress, jobId, startStores } from './jobBuilders.ts'

const [first, second, third] = ['a', 'b', 'c'].map((name, n) =>
  idOf('project', name).replace(/^(prj_.{10})./, `$1${n}`),
) as [string, string, string]

const aListing = (changes: Partial<Listing> = {}): Listing => ({
  workspaceId,
  jobId,
  expiresAt: minutes(30 * 1440),
  step: 0,
  isDone: false,
  isCut: false,
  projectId: null,
  isThrough: false,
  nthList: 0,
  position: null,
  ...changes,
})

/** A workspace of three projects, the second of them empty, and a job about all of its tasks. */
const startListing = async () => {
  const { world, table, ...rest } = await startStores()
  for (const id of [first, second, third]) {
    const project = { id, workspaceId, key: 'OPS', name: 'P', description: '', createdAt: iso(start) }
    const made = {
      ...project,
      createdBy: userOf('ana'),
      updatedAt: iso(start),
      updatedBy: userOf('ana'),
      version: 1,
    }
    await table.put(projectCodec.encode(made as never))
  }
  const job = aJob({ all: true, action: { kind: 'trash' }, createdAt: minutes(10) })
  const listing = aListing()
  await world.jobs.add({ job, progress: aProgress({ listed: false }), parts: listing })
  const add = async (name: string, changes: object): Promise<string> => {
    const id = idOf('task', name)
    await world.tasks.add(aTask({ id, ...changes }))
    return id
  }
  const runAll = async () => {
    const queue = { send: async () => undefined }
    await runJob({ workspaceId, jobId, work: 'listing' }, { ...world, queue }, () => true)
    const progress = await world.jobs.progress(workspaceId, jobId)
    const numbers = Array.from({ length: progress?.chunks ?? 0 }, (_, n) => n + 1)
    const chunks = await Promise.all(numbers.map((n) => world.jobs.chunk(workspaceId, jobId, n)))
    return {
      progress,
      chunks: chunks.map((chunk) => chunk?.taskIds.length),
      ids: chunks.flatMap((c) => c?.taskIds),
    }
  }
  return { ...rest, world, job, listing, add, runAll }
}

describe('listing all tasks', () => {
  test('finds each task of every project once, archived ones too, by pages', async () => {
    const { add, runAll } = await startListing()
    const expected: string[] = []
    for (let n = 0; n < 230; n++) {
      const projectId = n % 2 === 0 ? first : third
      const status = n % 3 === 0 ? 'done' : 'open'
      expected.push(
        await add(`task ${n}`, { projectId, status, ...(n % 10 === 0 && { archivedAt: minutes(1) }) }),
      )
    }
    const { progress, ids } = await runAll()
    expect(ids.toSorted()).toEqual(expected.toSorted())
    expect(progress).toMatchObject({ total: 230, listed: true })
  })

  test('leaves out what lies in the trash and what was made after the job', async () => {
    const { add, runAll } = await startListing()
    const old = await add('old', { projectId: first })
    await add('trashed', { projectId: first, trashedAt: minutes(1) })
    const id = idOf('task', 'late').replace(/^tsk_./, 'tsk_1')
    await add('late', { id, projectId: first, createdAt: minutes(11) })
    expect((await runAll()).ids).toEqual([old])
  })

  test('of no tasks makes no chunk and is through', async () => {
    const { runAll } = await startListing()
    expect(await runAll()).toMatchObject({
      progress: { total: 0, chunks: 0, listed: true, isCut: false },
      chunks: [],
    })
  })

  test('of a cancelled job makes no more chunks', async () => {
    const { add, world, runAll } = await startListing()
    await add('one', { projectId: first })
    await world.jobs.cancel(workspaceId, jobId, minutes(11))
    expect((await runAll()).progress).toMatchObject({ total: 0, chunks: 0, listed: true, isCut: true })
  })

  test('by two workers at once makes each chunk once', async () => {
    const { add, world, job, listing, runAll } = await startListing()
    for (let n = 0; n < 5; n++) await add(`task ${n}`, { projectId: n < 3 ? first : third })
    await Promise.all([runListingStep(listing, job, world), runListingStep(listing, job, world)])
    expect(await runAll()).toMatchObject({ progress: { total: 5, chunks: 2 }, chunks: [3, 2] })
  })

  test('that is through is not taken up again, though the index has more to tell by now', async () => {
    const { add, runAll } = await startListing()
    await runAll()
    await add('delayed', { projectId: first })
    expect((await runAll()).progress).toMatchObject({ total: 0, chunks: 0 })
  })
})
