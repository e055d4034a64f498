import { describe, expect, test } from 'vitest'
import { inParallel } from '../../../../shared/domain/jobs/inParallel.ts'
import { doneOf } from '../../../../shared/domain/jobs/job.ts'
import { runStep } from '../../../../shared/domain/jobs/runChunk.ts'
import { runJob } from '../../../../shared/domain/jobs/runJob.ts'
import { workspaceId } from '../support/builders.ts'
import { jobId, startStores } from './jobBuilders.ts'

const message = { workspaceId, jobId, work: 1 }
const complete = { kind: 'complete' } as const
const always = () => true

describe('a step', () => {
  test('takes twenty-five tasks, and moves chunk and progress together', async () => {
    const { world, addTasks, addJob } = await startStores()
    const { job, chunk } = await addJob(complete, await addTasks(30))
    const after = await runStep(chunk, job, world)
    expect([after?.next, after?.results.length]).toEqual([25, 25])
    const progress = await world.jobs.progress(workspaceId, jobId)
    expect(progress?.counts).toMatchObject({ changed: 25 })
  })

  test('writes nothing but ten tasks at once', async () => {
    let [now, most] = [0, 0]
    const { world, addTasks, addJob } = await startStores((table) => ({
      ...table,
      put: async (item, condition) => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setImmediate(resolve))
        now -= 1
        return table.put(item, condition)
      },
    }))
    const taskIds = await addTasks(25)
    most = 0
    const { job, chunk } = await addJob(complete, taskIds)
    await runStep(chunk, job, world)
    expect(most).toBe(10)
  })

  test('of a job that is forgotten ends the work', async () => {
    const { world, items, addTasks, addJob } = await startStores()
    const { job, chunk } = await addJob(complete, await addTasks(3))
    for (const [name, { itemType }] of items) if (itemType === 'jobProgress') items.delete(name)
    expect(await runStep(chunk, job, world)).toBeUndefined()
    expect((await world.tasks.task(workspaceId, chunk.taskIds[0] ?? ''))?.status).toBe('open')
  })

  test('leaves a cancelled job without looking at tasks that none can have begun', async () => {
    const asked: string[] = []
    const { world, addTasks, addJob } = await startStores()
    const { job, chunk } = await addJob(complete, await addTasks(60))
    await world.jobs.cancel(workspaceId, jobId, world.now())
    const tasks = {
      ...world.tasks,
      task: (w: string, id: string) => {
        asked.push(id)
        return world.tasks.task(w, id)
      },
    }
    const after = await runStep(chunk, job, { ...world, tasks })
    expect(asked).toEqual(chunk.taskIds.slice(0, 25))
    expect(after?.next).toBe(60)
    const progress = await world.jobs.progress(workspaceId, jobId)
    expect(progress?.counts).toMatchObject({ cancelled: 60, changed: 0 })
  })
})

describe('a message', () => {
  test('delivered to several workers at once changes each task once and counts it once', async () => {
    const { world, addTasks, addJob } = await startStores()
    const { job } = await addJob(complete, await addTasks(70))
    const queue = { send: async () => undefined }
    await Promise.all([1, 2, 3].map(() => runJob(message, { ...world, queue }, always)))
    const progress = await world.jobs.progress(workspaceId, jobId)
    expect(progress && [doneOf(progress), progress.counts.changed]).toEqual([70, 70])
    const chunk = await world.jobs.chunk(workspaceId, job.id, 1)
    const tasks = await Promise.all((chunk?.taskIds ?? []).map((id) => world.tasks.task(workspaceId, id)))
    expect(new Set(tasks.map((task) => `${task?.version} ${task?.marks.length}`))).toEqual(new Set(['2 1']))
  })

  test('of a chunk that is through does nothing', async () => {
    const { world, addTasks, addJob } = await startStores()
    await addJob(complete, await addTasks(5))
    const queue = { send: async () => undefined }
    await runJob(message, { ...world, queue }, always)
    const refuse = async () => Promise.reject(new Error('a step was begun'))
    await runJob(message, { ...world, queue, jobs: { ...world.jobs, progress: refuse } }, always)
  })

  test('of a job that is not there is dropped', async () => {
    const { world } = await startStores()
    await runJob(message, { ...world, queue: { send: async () => undefined } }, always)
  })

  test('goes back to the queue before the first step when there is no time', async () => {
    const { world, addTasks, addJob } = await startStores()
    await addJob(complete, await addTasks(5))
    const sent: unknown[] = []
    const queue = { send: async (messages: readonly unknown[]) => void sent.push(...messages) }
    await runJob(message, { ...world, queue }, () => false)
    expect(sent).toEqual([message])
    expect((await world.jobs.chunk(workspaceId, jobId, 1))?.next).toBe(0)
  })
})

describe('in parallel', () => {
  test('results stand in the order of the inputs, whichever comes first', async () => {
    const outputs = await inParallel([3, 1, 2], 3, async (turns) => {
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
      return turns
    })
    expect(outputs).toEqual([3, 1, 2])
  })

  test('nothing in gives nothing out', async () => {
    expect(await inParallel([], 10, async () => 1)).toEqual([])
  })
})
