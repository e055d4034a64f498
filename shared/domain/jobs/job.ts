import type { JobAction, JobReply, JobResult, JobState, Outcome } from '../../api/schemas/jobs.ts'
import type { Through } from '../../api/schemas/record.ts'
import type { RequestMark } from '../tasks/task.ts'
import type { Place } from './walk.ts'

/** What was asked for; never changes. */
export interface Job {
  readonly id: string
  readonly workspaceId: string
  readonly action: JobAction
  /** Every task of the workspace, rather than those named. */
  readonly all: boolean
  readonly dryRun: boolean
  /** How many tasks were named. */
  readonly named: number
  readonly createdAt: string
  readonly createdBy: string
  /** By what door it was asked for; absent of jobs from before it was noted. */
  readonly through?: Through
  readonly expiresAt: string
  /** The request that made it. */
  readonly origin: RequestMark | null
}

export type Counts = Readonly<Record<Outcome, number>>

/** How far it has come: counters that only grow. */
export interface Progress {
  readonly workspaceId: string
  readonly jobId: string
  readonly createdBy: string
  readonly expiresAt: string
  /** Tasks and chunks there are so far. */
  readonly total: number
  readonly chunks: number
  /** No chunk is to come any more. */
  readonly listed: boolean
  /** Cancelled while its tasks were being listed: some of them are in no chunk. */
  readonly isCut: boolean
  readonly counts: Counts
  /** How many tasks it has newly assigned to whom. */
  readonly told: Readonly<Record<string, number>>
  readonly cancelledAt: string | null
  readonly updatedAt: string
}

export type ItemResult = Omit<JobResult, 'taskId' | 'outcome'> & { readonly outcome: Outcome }

/** Some of the tasks of a job, with the results of the first `next` of them. */
export interface Chunk {
  readonly workspaceId: string
  readonly jobId: string
  /** From 1, without a gap. */
  readonly number: number
  readonly expiresAt: string
  readonly taskIds: readonly string[]
  readonly next: number
  readonly results: readonly ItemResult[]
}

/** Where the listing of all tasks of a workspace stands. `step` grows with each chunk it makes. */
export interface Listing extends Place {
  readonly workspaceId: string
  readonly jobId: string
  readonly expiresAt: string
  readonly step: number
  /** The last chunk is made. */
  readonly isDone: boolean
  /** It ended because the job was cancelled. */
  readonly isCut: boolean
}

export const nothingCounted: Counts = {
  changed: 0,
  unchanged: 0,
  'would-change': 0,
  refused: 0,
  missing: 0,
  cancelled: 0,
}

export const doneOf = ({ counts }: Progress): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

export const isFinished = (progress: Progress): boolean =>
  progress.listed && doneOf(progress) === progress.total

const stateOf = (progress: Progress): JobState => {
  if (isFinished(progress)) return progress.isCut || progress.counts.cancelled > 0 ? 'cancelled' : 'completed'
  if (progress.cancelledAt !== null) return 'cancelling'
  return doneOf(progress) > 0 ? 'running' : 'queued'
}

/** The representation that its maker, owners and administrators see. */
export const presentJob = (job: Job, progress: Progress): JobReply => {
  const { 'would-change': wouldChange, ...counts } = progress.counts
  return {
    id: job.id,
    workspaceId: job.workspaceId,
    action: job.action,
    all: job.all,
    dryRun: job.dryRun,
    state: stateOf(progress),
    total: progress.listed ? progress.total : null,
    done: doneOf(progress),
    ...counts,
    wouldChange,
    createdAt: job.createdAt,
    createdBy: job.createdBy,
    finishedAt: isFinished(progress) ? progress.updatedAt : null,
    expiresAt: job.expiresAt,
  }
}
