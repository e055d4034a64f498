import { statuses } from '../../api/schemas/task.ts'
import type { Projects, Tasks } from '../ports.ts'
import type { Job, Listing } from './job.ts'
import type { Jobs } from './ports.ts'

const pageSize = 100
/** The lists of a project that hold what "all tasks" means; what lies in the trash is deleted already. */
const lists = ['active', 'archived'] as const

export interface ListingWorld {
  readonly jobs: Jobs
  readonly tasks: Tasks
  readonly projects: Projects
  readonly now: () => string
}

/** The next project in the order of their ids; `undefined` behind the last one. */
const nextProject = async (listing: Listing, { projects }: ListingWorld): Promise<Listing | undefined> => {
  const after = listing.projectId ?? undefined
  const { items } = await projects.projects(listing.workspaceId, 1, after)
  const [project] = items
  return project && { ...listing, projectId: project.id, isThrough: false, nthList: 0, position: null }
}

const behind = (listing: Listing, position: string | undefined): Listing => {
  if (position !== undefined) return { ...listing, position }
  const nthList = listing.nthList + 1
  return { ...listing, nthList, position: null, isThrough: nthList === lists.length }
}

/** One page of the list under way: tasks there were when the job was made, and where the next page begins. */
const readPage = async (listing: Listing, job: Job, { tasks }: ListingWorld) => {
  const { rows, more } = await tasks.list({
    workspaceId: job.workspaceId,
    of: { projectId: String(listing.projectId) },
    life: lists[listing.nthList] ?? 'active',
    statuses,
    sort: 'created',
    descending: false,
    position: listing.position ?? undefined,
    limit: pageSize,
  })
  const old = rows.filter(({ row }) => row.createdAt <= job.createdAt)
  const isEnd = !more || old.length < rows.length
  // A task that stands in several projects counts in its own.
  const own = old.filter(({ row }) => row.projectId === listing.projectId)
  return {
    taskIds: own.map(({ row }) => row.id),
    next: behind(listing, isEnd ? undefined : rows.at(-1)?.position),
  }
}

/** Goes on to the next page that has any tasks, over as many empty lists and projects as it takes. */
const nextPage = async (from: Listing, job: Job, world: ListingWorld) => {
  for (let listing: Listing | undefined = from; ; ) {
    if (listing.projectId === null || listing.isThrough) listing = await nextProject(listing, world)
    if (listing === undefined) return undefined
    const { taskIds, next } = await readPage(listing, job, world)
    if (taskIds.length > 0) return { taskIds, next }
    listing = next
  }
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
  const page = isCut ? undefined : await nextPage(listing, job, world)
  const number = listing.step + 1
  const after = { ...(page?.next ?? listing), step: number, isDone: page === undefined, isCut }
  const chunk = page && { workspaceId, jobId, number, expiresAt, taskIds: page.taskIds, next: 0, results: [] }
  if (await jobs.extend(after, chunk, world.now())) return after
  // Another delivery of the same message was faster.
  return jobs.listing(workspaceId, jobId)
}
