import type { Projects, Tasks } from '../ports.ts'
import type { Job, Listing } from './job.ts'
import type { Jobs } from './ports.ts'
import { nextPage } from './walk.ts'

/** The lists of a project that hold what "all tasks" means; what lies in the trash is deleted already. */
const lists = ['active', 'archived'] as const

export interface ListingWorld {
  readonly jobs: Jobs
  readonly tasks: Tasks
  readonly projects: Projects
  readonly now: () => string
}

/**
 * One step of listing every task of a workspace: a page of them becomes a chunk. A cancelled job gets no more of them.
 * Answers the listing as it stands now; `undefined` when it is gone.
 */
export const runListingStep = async (
  listing: Listing,
  job: Job,
  world: ListingWorld,
): Promise<Listing | undefined> => {
  const { jobs } = world
  const { workspaceId, jobId, expiresAt } = listing
  const progress = await jobs.progress(workspaceId, jobId)
  if (progress === undefined) return undefined
  const isCut = progress.cancelledAt !== null
  const walk = { workspaceId, lists, until: job.createdAt }
  const page = isCut ? undefined : await nextPage(listing, walk, world)
  const number = listing.step + 1
  const after = { ...listing, ...page?.next, step: number, isDone: page === undefined, isCut }
  const chunk = page && { workspaceId, jobId, number, expiresAt, taskIds: page.taskIds, next: 0, results: [] }
  if (await jobs.extend(after, chunk, world.now())) return after
  // Another delivery of the same message was faster.
  return jobs.listing(workspaceId, jobId)
}
