import { describe, expect, test } from 'vitest'
import { nothingCounted, type Progress } from '../../../../shared/domain/jobs/job.ts'
import { bulkNotices, jobMessages } from '../../../../shared/domain/jobs/notices.ts'
import { aTask, userOf, workspaceId } from '../support/builders.ts'
import { aProgress, jobId } from './jobBuilders.ts'

const [ana, ben] = [userOf('ana'), userOf('ben')]

describe('work is handed over', () => {
  const chunk = { workspaceId, jobId, number: 7, expiresAt: '', taskIds: ['t'], next: 0, results: [] }

  test('once for a chunk that comes into being, and not for what becomes of it', () => {
    expect(jobMessages({ kind: 'jobChunk', after: chunk })).toEqual([{ workspaceId, jobId, work: 7 }])
    expect(jobMessages({ kind: 'jobChunk', before: chunk, after: { ...chunk, next: 1 } })).toEqual([])
    expect(jobMessages({ kind: 'jobChunk', before: chunk })).toEqual([])
  })

  test('for nothing else', () => {
    expect(jobMessages({ kind: 'jobProgress', after: aProgress() })).toEqual([])
    expect(jobMessages({ kind: 'task', after: aTask() })).toEqual([])
    expect(jobMessages({ kind: 'other' })).toEqual([])
  })
})

describe('people are told', () => {
  const told = { [ben]: 3 }
  const half = aProgress({ total: 2, counts: { ...nothingCounted, changed: 1 }, told: { [ben]: 1 } })
  const whole = aProgress({ total: 2, counts: { ...nothingCounted, changed: 2 }, told })
  const moved = (before: Progress | undefined, after: Progress) =>
    bulkNotices({ kind: 'jobProgress', ...(before && { before }), after })

  test('when the job is through, and only then', () => {
    const notice = {
      kind: 'bulk',
      workspaceId,
      bulkId: jobId,
      by: ana,
      userId: ben,
      count: 3,
      at: whole.updatedAt,
    }
    expect(moved(half, whole)).toEqual([notice])
    expect(moved(undefined, half)).toEqual([])
    expect(moved(half, half)).toEqual([])
    // A wish to cancel that came too late moves it once more.
    expect(moved(whole, { ...whole, cancelledAt: whole.updatedAt })).toEqual([])
  })

  test('by the tasks of a batch that are the first of theirs', () => {
    const cause = { kind: 'bulk' as const, id: 'one', told }
    const after = aTask({ cause, version: 2, updatedBy: ana })
    expect(bulkNotices({ kind: 'task', before: aTask(), after })).toEqual([
      { kind: 'bulk', workspaceId, bulkId: 'one', by: ana, userId: ben, count: 3, at: after.updatedAt },
    ])
    // The machinery's own write leaves version and cause as they are.
    expect(bulkNotices({ kind: 'task', before: after, after: { ...after, revision: 9 } })).toEqual([])
    expect(bulkNotices({ kind: 'task', after: aTask({ cause: { kind: 'bulk', id: 'one' } }) })).toEqual([])
    expect(bulkNotices({ kind: 'task', before: after })).toEqual([])
  })
})
