import type { JobMessage } from '../../api/schemas/jobs.ts'
import type { Chunk, Listing } from './job.ts'
import type { JobQueue } from './ports.ts'
import { type ChunkWorld, runStep } from './runChunk.ts'
import { type ListingWorld, runListingStep } from './runListing.ts'

export interface JobWorld extends ChunkWorld, ListingWorld {
  readonly queue: JobQueue
}

const isDone = (part: Chunk | Listing): boolean =>
  'taskIds' in part ? part.next === part.taskIds.length : part.isDone

/**
 * Works on one chunk of a job, or on its listing, step by step. When time gets short the rest becomes a message of its
 * own, rather than being cut off. May be cut off all the same, and run again, and by several at once.
 */
export const runJob = async (message: JobMessage, world: JobWorld, hasTime: () => boolean): Promise<void> => {
  const { workspaceId, jobId, work } = message
  const { jobs } = world
  const [job, found] = await Promise.all([
    jobs.job(workspaceId, jobId),
    work === 'listing' ? jobs.listing(workspaceId, jobId) : jobs.chunk(workspaceId, jobId, work),
  ])
  // Jobs are forgotten after a month; their messages may come later, out of the dead letters.
  if (job === undefined) return
  let left = found
  while (left !== undefined && !isDone(left)) {
    if (!hasTime()) return world.queue.send([message])
    left = 'taskIds' in left ? await runStep(left, job, world) : await runListingStep(left, job, world)
  }
}
