import type { JobMessage } from '../../api/schemas/jobs.ts'
import type { AccountMessage } from '../../api/schemas/privacy.ts'
import type { Written } from '../ports.ts'
import type { RequestMark, Task } from '../tasks/task.ts'
import type { Chunk, Counts, Job, Listing, Progress } from './job.ts'

/** A job as it is put on record: with its chunks, or with the listing that will make them. */
export interface NewJob {
  readonly job: Job
  readonly progress: Progress
  readonly parts: readonly Chunk[] | Listing
}

/** What one step adds to the progress. `told`: newly assigned tasks by person. */
export interface StepTally {
  readonly counts: Counts
  readonly told: Readonly<Record<string, number>>
  readonly at: string
}

export interface Jobs {
  job(workspaceId: string, jobId: string): Promise<Job | undefined>
  /** The job that an earlier run of the same request made: the same seed, an earlier time. */
  madeAs(workspaceId: string, jobId: string): Promise<Job | undefined>
  progress(workspaceId: string, jobId: string): Promise<Progress | undefined>
  chunk(workspaceId: string, jobId: string, number: number): Promise<Chunk | undefined>
  listing(workspaceId: string, jobId: string): Promise<Listing | undefined>
  /** All of it or nothing. */
  add(made: NewJob): Promise<Written<Job>>
  /**
   * A step of a chunk, its results and what they add to the progress, together or not at all.
   * False when the chunk is not at `before` any more.
   */
  record(before: Chunk, after: Chunk, tally: StepTally): Promise<boolean>
  /** The same for a step of the listing, with the chunk that it makes. `at` is RFC 3339. */
  extend(after: Listing, made: Chunk | undefined, at: string): Promise<boolean>
  /** Asks for the end. Repeating it changes nothing. */
  cancel(workspaceId: string, jobId: string, at: string): Promise<void>
}

export interface JobQueue {
  /** Sends all or throws. They arrive after so many seconds at the earliest, 900 at most. */
  send(messages: readonly (JobMessage | AccountMessage)[], delaySeconds?: number): Promise<void>
}

/** A request under an Idempotency-Key. */
export interface Claim {
  readonly userId: string
  readonly mark: RequestMark | null
  readonly now: string
}

export interface TaskBatches {
  /** What the request under an Idempotency-Key asked for, as its mark has it. */
  claimed(userId: string, key: string): Promise<string | undefined>
  /**
   * Writes all of these or none: none when any of them has been written since the state it was made from, or another
   * request has the claim. Then it waits, the longer the higher the attempt (from 1).
   */
  replaceAll(tasks: readonly Task[], claim: Claim | undefined, attempt: number): Promise<boolean>
}
