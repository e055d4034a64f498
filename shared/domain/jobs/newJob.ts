import type { JobAction, JobReply } from '../../api/schemas/jobs.ts'
import { Failure } from '../failure.ts'
import { derivedSeed, makeId, randomSeed } from '../ids.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { Ask, Outcome } from '../useCase.ts'
import { type Chunk, type Job, nothingCounted, type Progress, presentJob } from './job.ts'
import type { Jobs, NewJob } from './ports.ts'
import { start } from './walk.ts'

type JobAsk = Ask<{ workspaceId: string }>
type Wanted = {
  readonly action: JobAction
  readonly dryRun: boolean
  readonly taskIds: readonly string[] | 'all'
}

const keptDays = 30
/** So that ten thousand tasks, job and progress fit the hundred writes of one transaction. */
const chunkSize = 125

/** The id that a request gives the job it makes: with an Idempotency-Key it ends the same each time. */
export const jobIdFor = ({ mark, now, userId }: JobAsk): string => {
  const seed = mark === null ? randomSeed() : derivedSeed(userId, mark.key)
  return makeId('job', Date.parse(now), seed)
}

const jobOf = (ask: JobAsk, id: string, { action, dryRun, taskIds }: Wanted): Job => ({
  id,
  workspaceId: ask.params.workspaceId,
  action,
  all: taskIds === 'all',
  dryRun,
  named: taskIds === 'all' ? 0 : taskIds.length,
  createdAt: ask.now,
  createdBy: ask.userId,
  through: ask.through,
  expiresAt: daysAfter(ask.now, keptDays),
  origin: ask.mark,
})

const chunksOf = ({ workspaceId, id: jobId, expiresAt }: Job, taskIds: readonly string[]): Chunk[] =>
  Array.from({ length: Math.ceil(taskIds.length / chunkSize) }, (_, index) => ({
    workspaceId,
    jobId,
    number: index + 1,
    expiresAt,
    taskIds: taskIds.slice(index * chunkSize, (index + 1) * chunkSize),
    next: 0,
    results: [],
  }))

/** How a job stands before its first step. */
const begun = (job: Job): Progress => ({
  workspaceId: job.workspaceId,
  jobId: job.id,
  createdBy: job.createdBy,
  expiresAt: job.expiresAt,
  total: job.named,
  chunks: Math.ceil(job.named / chunkSize),
  listed: !job.all,
  isCut: false,
  counts: nothingCounted,
  told: {},
  cancelledAt: null,
  updatedAt: job.createdAt,
})

const listingOf = ({ workspaceId, id: jobId, expiresAt }: Job) => ({
  workspaceId,
  jobId,
  expiresAt,
  step: 0,
  isDone: false,
  isCut: false,
  ...start,
})

const answer = (job: Job): Outcome<JobReply> => ({
  body: presentJob(job, begun(job)),
  location: `/v1/workspaces/${job.workspaceId}/jobs/${job.id}`,
})

/** The answer to a request that ran before, as it was then. */
export const replayJob = (job: Job, ask: JobAsk): Outcome<JobReply> => {
  if (job.origin?.payload !== ask.mark?.payload) throw new Failure('idempotency-mismatch')
  return answer(job)
}

/** Puts a job on record; the stream hands its parts to the queue. */
export const startJob = async (
  ask: JobAsk,
  id: string,
  wanted: Wanted,
  jobs: Jobs,
): Promise<Outcome<JobReply>> => {
  const job = jobOf(ask, id, wanted)
  const parts = wanted.taskIds === 'all' ? listingOf(job) : chunksOf(job, wanted.taskIds)
  const made: NewJob = { job, progress: begun(job), parts }
  const added = await jobs.add(made)
  if (added.won) return answer(job)
  if (added.present === undefined) throw new Error('a lost insert names what stood in its way')
  return replayJob(added.present, ask)
}
