import { statuses } from '../../api/schemas/task.ts'
import { allOf } from '../pages.ts'
import type { ListRequest, Projects, Tasks, WorkspacesByKey, Written } from '../ports.ts'
import { trash } from '../tasks/edit.ts'
import { daysInTrash, purgeAt, type Task } from '../tasks/task.ts'
import { dayMs, daysAfter } from '../time/daysAfter.ts'
import type { Workspace } from '../workspaces/workspace.ts'

/** How far a run goes in a workspace. */
interface CleanUpLimits {
  /** Tasks that it trashes or drops. */
  readonly changes: number
  /** Pages that it reads, and those of one list among them; each with its tasks, whatever becomes of them. */
  readonly pages: number
  readonly pagesOfList: number
  readonly rowsOfPage: number
}

export interface CleanUpWorld {
  readonly workspaces: Pick<WorkspacesByKey, 'workspace'>
  readonly projects: Pick<Projects, 'projects'>
  readonly tasks: Pick<Tasks, 'task' | 'list' | 'drop' | 'replace'>
  readonly limits?: CleanUpLimits
}

/**
 * A page takes some 25 milliseconds with its tasks, a change ten: even a workspace that uses all of it up leaves more
 * than half of the function's five minutes to those behind it.
 */
const usual: CleanUpLimits = { changes: 1_000, pages: 4_000, pagesOfList: 500, rowsOfPage: 100 }

/** One run in one workspace. */
interface Run {
  readonly workspace: Workspace
  readonly now: string
  readonly limits: CleanUpLimits
  /** Counts down. */
  readonly left: { changes: number; pages: number }
  readonly tasks: CleanUpWorld['tasks']
}

interface OldList extends Pick<ListRequest, 'of' | 'life'> {
  /** Only tasks that have not been changed since. */
  readonly before: string
  /** What is done with one of them, as it is now; nothing where it is not for that, or is not yet. */
  readonly clean: (task: Task) => Promise<Written<Task>> | undefined
}

/**
 * Another share of a whole on each day (that many times the golden ratio), such that those of some days in a row lie
 * far apart: where a run does not get to the end, the next one gets elsewhere, with nothing to be kept in between.
 */
const shareOf = (now: string): number => (Math.floor(Date.parse(now) / dayMs) * ((Math.sqrt(5) - 1) / 2)) % 1

/** An instant between the beginning of a workspace and another one: where reading goes on today in a long list. */
const placeOf = ({ workspace, now }: Run, before: string): string => {
  const began = Date.parse(workspace.createdAt)
  return new Date(began + shareOf(now) * (Date.parse(before) - began)).toISOString()
}

const later = (a: string, b: string): string => (a > b ? a : b)

/**
 * Rows of a list, page by page, oldest first. One list takes so many pages at most: the first half of them from its
 * beginning on, the other from the place of the day, so that what stays for long, and is not to be cleaned, hides
 * nothing for ever.
 */
async function* oldPages({ of, life, before }: OldList, run: Run) {
  const { pagesOfList, rowsOfPage: limit } = run.limits
  const { id: workspaceId } = run.workspace
  const order = { statuses, sort: 'updated', descending: false } as const
  let position: string | undefined
  for (let read = 1; read <= pagesOfList && run.left.pages > 0; read++) {
    run.left.pages--
    const { rows, more } = await run.tasks.list({ workspaceId, of, life, ...order, limit, position })
    const old = rows.filter((one) => one.position < before)
    yield old.map(({ row }) => row)
    const last = old.at(-1)
    if (!more || last === undefined || old.length < rows.length) return
    position = read * 2 === pagesOfList ? later(last.position, placeOf(run, before)) : last.position
  }
}

/** Lists trail the tasks and show little of them: each is looked at as it is. Only what was written counts. */
const cleanList = async (list: OldList, run: Run): Promise<void> => {
  for await (const rows of oldPages(list, run)) {
    const tasks = await Promise.all(rows.map(({ workspaceId, id }) => run.tasks.task(workspaceId, id)))
    for (const task of tasks) {
      // One that was written meanwhile is looked at again the next day.
      if (task !== undefined && (await list.clean(task))?.won) run.left.changes--
      if (run.left.changes <= 0) return
    }
  }
}

/** What the table has not dropped by itself, although its time in the trash is over. */
const trashedIn = (projectId: string, { now, tasks }: Run): OldList => ({
  of: { projectId },
  life: 'trashed',
  // Nothing changes in the trash but what takes it out.
  before: daysAfter(now, -daysInTrash),
  clean: (task) => (task.trashedAt !== null && purgeAt(task.trashedAt) <= now ? tasks.drop(task) : undefined),
})

const isOld = ({ archivedAt, archivedWith, trashedAt, id }: Task, before: string): boolean =>
  trashedAt === null && archivedAt !== null && archivedAt < before && archivedWith === id

/** What has been archived for so many days. Those below a task that was archived follow it into the trash. */
const archivedIn = (projectId: string, days: number, { workspace, now, tasks }: Run): OldList => {
  const before = daysAfter(now, -days)
  const userId = workspace.updatedBy ?? workspace.createdBy
  const editor = { userId, now, zone: 'UTC', through: 'system', cause: { kind: 'retention', days } } as const
  return {
    of: { projectId },
    life: 'archived',
    before,
    clean: (task) => (isOld(task, before) ? tasks.replace(trash(task, editor)) : undefined),
  }
}

const cleanProject = async (projectId: string, run: Run): Promise<void> => {
  await cleanList(trashedIn(projectId, run), run)
  const { archiveRetentionDays: days = null } = run.workspace
  if (days !== null && run.left.changes > 0) await cleanList(archivedIn(projectId, days, run), run)
}

/** Its projects, another one first on each day: those behind what a run can read have their day as well. */
const projectsOf = async (workspaceId: string, now: string, { projects }: CleanUpWorld) => {
  const page = (after?: string) => projects.projects(workspaceId, usual.rowsOfPage, after)
  const ids = (await allOf(page, ({ id }) => id)).map(({ id }) => id)
  const first = Math.floor(shareOf(now) * ids.length)
  return [...ids.slice(first), ...ids.slice(0, first)]
}

/**
 * Drops what has been in the trash for its time, and puts what has been archived for as long as the workspace keeps it
 * into the trash. Answers `false` when it stopped after so many changes and the next run is to go on; never where it
 * has changed nothing, so that it comes to an end.
 */
export const cleanUp = async (workspaceId: string, now: string, world: CleanUpWorld): Promise<boolean> => {
  const workspace = await world.workspaces.workspace(workspaceId)
  if (workspace === undefined) return true
  const { limits = usual, tasks } = world
  const run: Run = { workspace, now, limits, left: { changes: limits.changes, pages: limits.pages }, tasks }
  for (const projectId of await projectsOf(workspaceId, now, world)) {
    await cleanProject(projectId, run)
    if (run.left.changes <= 0) return false
  }
  return true
}
