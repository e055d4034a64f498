import type { JobReply, JobResult } from '../../api/schemas/jobs.ts'
import type { Target } from '../access/target.ts'
import { existing } from '../failure.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { JobStores } from './createJob.ts'
import { type Chunk, isFinished, type Job, type Progress, presentJob } from './job.ts'

interface JobParams {
  readonly workspaceId: string
  readonly jobId: string
}
type JobAsk<Query = unknown> = Ask<JobParams, Query>

interface Loaded {
  readonly job: Job
  readonly progress: Progress
}

/** The job of a request; one past its time is as good as gone. */
const load = async (
  { params, now }: JobAsk,
  { jobs }: Pick<JobStores, 'jobs'>,
): Promise<Loaded | undefined> => {
  const { workspaceId, jobId } = params
  const [job, progress] = await Promise.all([jobs.job(workspaceId, jobId), jobs.progress(workspaceId, jobId)])
  return job === undefined || progress === undefined || job.expiresAt <= now ? undefined : { job, progress }
}

const about = (loaded: Loaded | undefined): Target => ({ owners: [existing(loaded).job.createdBy] })

export const getJob: UseCase<JobAsk, JobStores, Loaded | undefined, JobReply> = {
  load,
  about,
  run: async (_call, loaded) => {
    const { job, progress } = existing(loaded)
    return { body: presentJob(job, progress) }
  },
}

/** Asks a job to end. Steps under way are finished; repeating it, or coming too late, is no error. */
export const cancelJob: UseCase<JobAsk, JobStores, Loaded | undefined, undefined> = {
  load,
  about,
  run: async ({ ask }, loaded, { jobs }) => {
    const { job, progress } = existing(loaded)
    if (progress.cancelledAt === null && !isFinished(progress)) {
      await jobs.cancel(job.workspaceId, job.id, ask.now)
    }
    return { body: undefined }
  },
}

/** Number of a chunk and index in it. */
type Place = readonly [number, number]

const placeOf = (position: string | undefined): Place => {
  const [chunk = 1, index = 0] = (position ?? '1.0').split('.').map(Number)
  return [chunk, index]
}

const resultsOf = ({ taskIds, results }: Chunk): JobResult[] =>
  taskIds.map((taskId, index) => ({ taskId, ...(results[index] ?? { outcome: 'waiting' }) }))

/** How many chunks one page looks into: two full ones fill any page. */
const chunksRead = 2

interface ResultsLoaded {
  readonly found: Loaded | undefined
  readonly chunks: readonly (Chunk | undefined)[]
}

/** Up to `limit` results from a place on, each with its own place, in the order of the tasks. */
const pageOf = (chunks: readonly (Chunk | undefined)[], [, from]: Place, limit: number) => {
  const all = chunks.flatMap((chunk, nth) =>
    chunk === undefined
      ? []
      : resultsOf(chunk).map((result, index) => ({ result, place: [chunk.number, index] as Place, nth })),
  )
  return all.filter(({ nth, place: [, index] }) => nth > 0 || index >= from).slice(0, limit)
}

/** Where the next page begins: behind the last result, or behind the chunks that were looked into. */
const nextPlace = (last: Place | undefined, chunks: readonly (Chunk | undefined)[], progress: Progress) => {
  if (last === undefined) return undefined
  const [number, index] = last
  const chunk = chunks.find((one) => one?.number === number)
  const isEnd = index + 1 === chunk?.taskIds.length
  const next: Place = isEnd ? [number + 1, 0] : [number, index + 1]
  return next[0] > progress.chunks ? undefined : next.join('.')
}

type ResultsAsk = JobAsk<{ limit: number }>

export const listJobResults: UseCase<
  ResultsAsk,
  JobStores,
  ResultsLoaded,
  { items: JobResult[]; next?: string }
> = {
  load: async (ask, stores) => {
    const { workspaceId, jobId } = ask.params
    const [first] = placeOf(ask.position)
    const [found, ...chunks] = await Promise.all([
      load(ask, stores),
      ...Array.from({ length: chunksRead }, (_, n) => stores.jobs.chunk(workspaceId, jobId, first + n)),
    ])
    return { found, chunks }
  },
  about: ({ found }) => about(found),
  run: async ({ ask }, { found, chunks }) => {
    const { progress } = existing(found)
    const page = pageOf(chunks, placeOf(ask.position), ask.query.limit)
    return {
      body: { items: page.map(({ result }) => result) },
      nextPosition: nextPlace(page.at(-1)?.place, chunks, progress),
    }
  },
}
