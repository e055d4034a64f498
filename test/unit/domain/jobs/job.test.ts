import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { job as jobReply } from '../../../../shared/api/schemas/jobs.ts'
import { nothingCounted, presentJob } from '../../../../shared/domain/jobs/job.ts'
import { minutes } from '../support/builders.ts'
import { aJob, aProgress } from './jobBuilders.ts'

const shown = (changes: Parameters<typeof aProgress>[0]) => presentJob(aJob(), aProgress(changes))
const counts = (changes: Partial<typeof nothingCounted>) => ({ ...nothingCounted, ...changes })

describe('a job is', () => {
  test('queued until the first of its tasks has a result', () => {
    expect(shown({ total: 3 })).toMatchObject({ state: 'queued', done: 0, finishedAt: null })
  })

  test('running until the last has', () => {
    expect(shown({ total: 3, counts: counts({ changed: 1, refused: 1 }) })).toMatchObject({
      state: 'running',
      done: 2,
      finishedAt: null,
    })
  })

  test('completed with the last result, at that time', () => {
    const updatedAt = minutes(7)
    expect(shown({ total: 3, counts: counts({ changed: 2, missing: 1 }), updatedAt })).toMatchObject({
      state: 'completed',
      done: 3,
      finishedAt: updatedAt,
    })
  })

  test('completed when the wish to cancel it came too late', () => {
    const late = { total: 1, counts: counts({ changed: 1 }), cancelledAt: minutes(1) }
    expect(shown(late).state).toBe('completed')
  })

  test('cancelling, then cancelled', () => {
    const cancelledAt = minutes(1)
    expect(shown({ total: 2, counts: counts({ changed: 1 }), cancelledAt }).state).toBe('cancelling')
    expect(shown({ total: 2, counts: counts({ changed: 1, cancelled: 1 }), cancelledAt }).state).toBe(
      'cancelled',
    )
  })

  test('cancelled when its tasks were not all listed, even if those that were have been changed', () => {
    const cancelledAt = minutes(1)
    expect(shown({ isCut: true, cancelledAt }).state).toBe('cancelled')
    expect(shown({ total: 1, counts: counts({ changed: 1 }), isCut: true, cancelledAt }).state).toBe(
      'cancelled',
    )
  })

  test('not through while its tasks are still being listed, and of unknown size', () => {
    const listing = { total: 2, listed: false, counts: counts({ changed: 2 }) }
    expect(shown(listing)).toMatchObject({ state: 'running', total: null, finishedAt: null })
  })
})

test('whatever is counted, the representation is one that the API promises, and done is the sum', () => {
  const count = fc.nat(10_000)
  const anyCounts = fc.record({
    changed: count,
    unchanged: count,
    'would-change': count,
    refused: count,
    missing: count,
    cancelled: count,
  })
  fc.assert(
    fc.property(anyCounts, fc.boolean(), fc.option(fc.constant(minutes(2))), (all, listed, cancelledAt) => {
      const reply = shown({ total: 60_000, counts: all, listed, cancelledAt })
      expect(jobReply.safeParse(reply).success).toBe(true)
      const { changed, unchanged, wouldChange, refused, missing, cancelled } = reply
      expect(reply.done).toBe(changed + unchanged + wouldChange + refused + missing + cancelled)
    }),
  )
})
