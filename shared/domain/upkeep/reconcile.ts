import { isDeepStrictEqual } from 'node:util'
import type { Statistics } from '../../api/schemas/record.ts'
import { lifeStates, statuses } from '../../api/schemas/task.ts'
import { allOf } from '../pages.ts'
import type { Projects, Records, Tasks } from '../ports.ts'
import { listPages } from '../tasks/listPages.ts'

export interface ReconcileWorld {
  readonly projects: Pick<Projects, 'projects'>
  readonly records: Pick<Records, 'statistics' | 'event'>
  readonly tasks: Pick<Tasks, 'list' | 'task'>
  /** Says that counters do not tell what the lists show; nothing mends them silently. */
  readonly report: (drift: Drift) => void
}

/** By how many tasks a project is counted wrong, in all and at the worst of its counters. */
export interface Drift {
  readonly workspaceId: string
  readonly projectId: string
  readonly tasks: number
}

const pageSize = 250

/** How often a project is counted whose counters moved meanwhile, or do not agree. */
const attempts = 3

const emptied = <Counts extends Readonly<Record<string, number>>>(counts: Counts): Record<string, number> =>
  Object.fromEntries(Object.keys(counts).map((name) => [name, 0]))

const countedIn = async (
  workspaceId: string,
  projectId: string,
  shape: Statistics,
  { tasks }: ReconcileWorld,
): Promise<Statistics> => {
  const byStatus = emptied(shape.byStatus)
  const byPriority = emptied(shape.byPriority)
  let total = 0
  const order = { statuses, sort: 'created', descending: false, limit: pageSize } as const
  for await (const rows of listPages({ workspaceId, of: { projectId }, life: 'active', ...order }, tasks)) {
    for (const { row } of rows) {
      // A link from another project's list is counted there.
      if (row.projectId !== projectId) continue
      total++
      byStatus[row.status] = (byStatus[row.status] ?? 0) + 1
      byPriority[row.priority] = (byPriority[row.priority] ?? 0) + 1
    }
  }
  return { total, byStatus, byPriority } as Statistics
}

const apart = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): number =>
  Math.max(0, ...Object.keys(one).map((name) => Math.abs((one[name] ?? 0) - (other[name] ?? 0))))

const driftBetween = (counters: Statistics, counted: Statistics): number =>
  Math.max(
    Math.abs(counters.total - counted.total),
    apart(counters.byStatus, counted.byStatus),
    apart(counters.byPriority, counted.byPriority),
  )

/**
 * By how much the counters of a project are off; 0 when they hold, or moved while it was counted each time: counters
 * trail the lists, so what is off only for a moment is no drift.
 */
const driftOf = async (workspaceId: string, projectId: string, world: ReconcileWorld): Promise<number> => {
  let last: readonly Statistics[] = []
  for (let attempt = 0; attempt < attempts; attempt++) {
    const counters = await world.records.statistics(workspaceId, projectId)
    const counted = await countedIn(workspaceId, projectId, counters, world)
    if (isDeepStrictEqual(counters, counted)) return 0
    // Off by the same twice, with nothing that moved in between.
    if (isDeepStrictEqual([counters, counted], last)) return driftBetween(counters, counted)
    last = [counters, counted]
  }
  return 0
}

/** As many of the latest changes of each list are looked at. */
const latest = 10

/** Whether any of the latest changes of the tasks of a project has no event yet: then its counters are to come, too. */
const isBehind = async (
  workspaceId: string,
  projectId: string,
  { tasks, records }: ReconcileWorld,
): Promise<boolean> => {
  const request = { workspaceId, of: { projectId }, statuses, sort: 'updated', descending: true } as const
  const pages = await Promise.all(
    lifeStates.map((life) => tasks.list({ ...request, life, limit: latest, position: undefined })),
  )
  const isTold = async (taskId: string): Promise<boolean> => {
    const task = await tasks.task(workspaceId, taskId)
    return task === undefined || (await records.event(workspaceId, taskId, task.version)) !== undefined
  }
  const told = await Promise.all(pages.flatMap(({ rows }) => rows.map(({ row }) => isTold(row.id))))
  return told.includes(false)
}

/**
 * Counts the tasks of each project of a workspace, and reports every one whose counters say something else. The
 * counters of the workspace move in the same transactions as those of its projects.
 * @returns `false` when the stream is behind, and nothing can be said of what seems to be off:
 * the next run counts again
 */
export const reconcile = async (workspaceId: string, world: ReconcileWorld): Promise<boolean> => {
  const page = (after?: string) => world.projects.projects(workspaceId, pageSize, after)
  const ids = (await allOf(page, ({ id }) => id)).map(({ id }) => id)
  const suspects: string[] = []
  for (const id of ids) if ((await driftOf(workspaceId, id, world)) > 0) suspects.push(id)
  if (suspects.length === 0) return true
  // A task that has gone elsewhere is found there: that one seems to be off as well.
  for (const id of suspects) if (await isBehind(workspaceId, id, world)) return false
  for (const projectId of suspects) {
    // What was to come when it was counted has come by now.
    const tasks = await driftOf(workspaceId, projectId, world)
    if (tasks > 0) world.report({ workspaceId, projectId, tasks })
  }
  return true
}
