import type { Projects, Tasks, WorkspacesByKey } from '../ports.ts'
import { inParallel } from './inParallel.ts'
import { type ItemDone, runItem, type StepFacts } from './item.ts'
import { type Chunk, type Counts, type Job, nothingCounted } from './job.ts'
import { namedIn } from './named.ts'
import type { Jobs, StepTally } from './ports.ts'

/** Tasks of a step: so many go before the progress moves, and may have to be looked at again after a crash. */
const stepSize = 25
const width = 10

export interface ChunkWorld {
  readonly jobs: Jobs
  readonly tasks: Tasks
  readonly workspaces: WorkspacesByKey
  readonly projects: Projects
  /** RFC 3339. */
  readonly now: () => string
}

/** Everything a step goes by, and its tasks: read in one turn. `undefined` when the job is forgotten. */
const readStep = async (job: Job, taskIds: readonly string[], world: ChunkWorld) => {
  const { id, workspaceId, createdBy, action, through } = job
  const { jobs, tasks, workspaces } = world
  const [progress, member, workspace, named, ...seen] = await Promise.all([
    jobs.progress(workspaceId, id),
    workspaces.member(workspaceId, createdBy),
    workspaces.workspace(workspaceId),
    namedIn(action.kind === 'edit' ? [action.patch] : [], workspaceId, world),
    ...taskIds.map((taskId) => tasks.task(workspaceId, taskId)),
  ])
  if (progress === undefined) return undefined
  const editor = {
    userId: createdBy,
    now: world.now(),
    zone: workspace?.zone ?? 'UTC',
    cause: { kind: 'bulk' as const, id },
    ...(through !== undefined && { through }),
  }
  const isCancelled = progress.cancelledAt !== null
  const facts: StepFacts = { job, isCancelled, member, named, editor }
  return { facts, seen }
}

const tallyOf = (done: readonly ItemDone[], at: string): StepTally => {
  const counts: Record<keyof Counts, number> = { ...nothingCounted }
  const told: Record<string, number> = {}
  for (const one of done) {
    counts[one.result.outcome] += 1
    for (const userId of one.told) told[userId] = (told[userId] ?? 0) + 1
  }
  return { counts, told, at }
}

/**
 * One step of a chunk: its tasks, then results and progress in one transaction. A cut-off step is run again and finds
 * by the marks what it has done. Once the job is cancelled, tasks that no step can have begun are not looked at.
 * Answers the chunk as it stands now; `undefined` when it is gone.
 */
export const runStep = async (chunk: Chunk, job: Job, world: ChunkWorld): Promise<Chunk | undefined> => {
  const begun = chunk.taskIds.slice(chunk.next, chunk.next + stepSize)
  const read = await readStep(job, begun, world)
  if (read === undefined) return undefined
  const { facts, seen } = read
  const done = await inParallel(seen, width, (task) => runItem(task, facts, world.tasks))
  const rest = facts.isCancelled ? chunk.taskIds.slice(chunk.next + begun.length) : []
  const all: ItemDone[] = [
    ...done,
    ...rest.map(() => ({ result: { outcome: 'cancelled' as const }, told: [] })),
  ]
  const after = {
    ...chunk,
    next: chunk.next + all.length,
    results: [...chunk.results, ...all.map(({ result }) => result)],
  }
  if (await world.jobs.record(chunk, after, tallyOf(all, world.now()))) return after
  // Another delivery of the same message was faster.
  return world.jobs.chunk(job.workspaceId, job.id, chunk.number)
}
