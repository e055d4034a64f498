import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../../../shared/domain/failure.ts'
import { randomPartOf } from '../../../../shared/domain/ids.ts'
import { jobIdFor, startJob } from '../../../../shared/domain/jobs/newJob.ts'
import { anAsk, minutes, workspaceId } from '../support/builders.ts'
import { startStores } from './jobBuilders.ts'

const action = { kind: 'complete' } as const
const ask = (changes: object = {}) => anAsk({ params: { workspaceId }, query: {}, body: {}, ...changes })
const mark = { key: 'key', payload: 'payload' }
const named = (count: number) => Array.from({ length: count }, (_, n) => `tsk_${String(n).padStart(26, '0')}`)

describe('a job on record', () => {
  test('holds every task once and in order, in what one transaction takes', async () => {
    const sizes = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(1, 125, 126, 9_999, 10_000))
    await fc.assert(
      fc.asyncProperty(sizes, async (count) => {
        const { world } = await startStores()
        const id = jobIdFor(ask())
        const { body } = await startJob(
          ask(),
          id,
          { action, dryRun: false, taskIds: named(count) },
          world.jobs,
        )
        expect(body).toMatchObject({ id, total: count, state: 'queued' })
        const progress = await world.jobs.progress(workspaceId, id)
        const numbers = Array.from({ length: progress?.chunks ?? 0 }, (_, n) => n + 1)
        const chunks = await Promise.all(numbers.map((n) => world.jobs.chunk(workspaceId, id, n)))
        expect(chunks.flatMap((chunk) => chunk?.taskIds)).toEqual(named(count))
        expect(await world.jobs.chunk(workspaceId, id, numbers.length + 1)).toBeUndefined()
      }),
      { numRuns: 12, examples: [[10_000]] },
    )
  })

  test('stands under the seed of its Idempotency-Key: a repeated request meets it and answers as it did', async () => {
    const { world } = await startStores()
    const [one, two] = [ask({ mark }), ask({ mark, now: minutes(9) })]
    expect(randomPartOf(jobIdFor(one))).toBe(randomPartOf(jobIdFor(two)))
    const wanted = { action, dryRun: false, taskIds: named(3) }
    const first = await startJob(one, jobIdFor(one), wanted, world.jobs)
    expect(await startJob(two, jobIdFor(two), wanted, world.jobs)).toEqual(first)
    const other = ask({ mark: { ...mark, payload: 'another' } })
    await expect(startJob(other, jobIdFor(other), wanted, world.jobs)).rejects.toEqual(
      new Failure('idempotency-mismatch'),
    )
  })

  test('without a key is another job each time', () => {
    expect(randomPartOf(jobIdFor(ask()))).not.toBe(randomPartOf(jobIdFor(ask())))
  })
})
