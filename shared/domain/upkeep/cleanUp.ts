import { statuses, type TaskRow } from '../../api/schemas/task.ts'
import { pagesOf } from '../pages.ts'
import type { Projects, Tasks, WorkspacesByKey } from '../ports.ts'
import { trash } from '../tasks/edit.ts'
import { listPages } from '../tasks/listPages.ts'
import { daysInTrash, purgeAt, type Task } from '../tasks/task.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { Workspace } from '../workspaces/workspace.ts'

export interface CleanUpWorld {
  readonly workspaces: Pick<WorkspacesByKey, 'workspace'>
  readonly projects: Pick<Projects, 'projects'>
  readonly tasks: Pick<Tasks, 'task' | 'list' | 'drop' | 'replace'>
}

const pageSize = 100

/** Tasks that one run deals with in a workspace, at most. */
const mostPerRun = 1_000

interface Old {
  readonly workspaceId: string
  readonly projectId: string
  readonly life: 'trashed' | 'archived'
  /** Those are old enough that have not been changed since. */
  readonly before: string
}

/** Tasks of a list that nobody has changed since an instant, oldest first, at most as many as a run deals with. */
const oldRows = async ({ workspaceId, projectId, life, before }: Old, { tasks }: CleanUpWorld) => {
  const order = { statuses, sort: 'updated', descending: false, limit: pageSize } as const
  const old: TaskRow[] = []
  for await (const rows of listPages({ workspaceId, of: { projectId }, life, ...order }, tasks)) {
    const some = rows.filter(({ position }) => position < before)
    old.push(...some.map(({ row }) => row))
    if (some.length < rows.length || old.length >= mostPerRun) break
  }
  return old
}

/** What the table has not dropped by itself, although its time in the trash is over. */
const dropOld = async (rows: readonly TaskRow[], now: string, { tasks }: CleanUpWorld): Promise<void> => {
  for (const { workspaceId, id } of rows) {
    const task = await tasks.task(workspaceId, id)
    if (task?.trashedAt && purgeAt(task.trashedAt) <= now) await tasks.drop(task)
  }
}

const isOld = ({ archivedAt, archivedWith, trashedAt, id }: Task, before: string): boolean =>
  trashedAt === null && archivedAt !== null && archivedAt < before && archivedWith === id

/** Those below a task that was archived follow it into the trash. */
const trashOld = async (
  rows: readonly TaskRow[],
  { before, days, now, userId }: { before: string; days: number; now: string; userId: string },
  { tasks }: CleanUpWorld,
): Promise<void> => {
  for (const { workspaceId, id } of rows) {
    const task = await tasks.task(workspaceId, id)
    if (task === undefined || !isOld(task, before)) continue
    const cause = { kind: 'retention', days } as const
    // One that was written meanwhile is looked at again the next day.
    await tasks.replace(trash(task, { userId, now, zone: 'UTC', through: 'system', cause }))
  }
}

/** What went into the trash before that is to be dropped; nothing changes there but what takes it out. */
const trashedBefore = (now: string): string => daysAfter(now, -daysInTrash)

const cleanProject = async (
  { id: workspaceId, archiveRetentionDays: days = null, updatedBy, createdBy }: Workspace,
  projectId: string,
  now: string,
  world: CleanUpWorld,
): Promise<number> => {
  const trashed = await oldRows(
    { workspaceId, projectId, life: 'trashed', before: trashedBefore(now) },
    world,
  )
  const over = trashed.filter(({ trashedAt }) => trashedAt !== null && purgeAt(trashedAt) <= now)
  await dropOld(over, now, world)
  if (days === null) return over.length
  const before = daysAfter(now, -days)
  const archived = await oldRows({ workspaceId, projectId, life: 'archived', before }, world)
  await trashOld(archived, { before, days, now, userId: updatedBy ?? createdBy }, world)
  return over.length + archived.length
}

/**
 * Drops what has been in the trash for its time, and puts what has been archived for as long as the workspace keeps it
 * into the trash. Answers whether it came to the end.
 */
export const cleanUp = async (workspaceId: string, now: string, world: CleanUpWorld): Promise<boolean> => {
  const workspace = await world.workspaces.workspace(workspaceId)
  if (workspace === undefined) return true
  let dealt = 0
  const page = (after?: string) => world.projects.projects(workspaceId, pageSize, after)
  for await (const projects of pagesOf(page, ({ id }) => id)) {
    for (const { id } of projects) {
      dealt += await cleanProject(workspace, id, now, world)
      if (dealt >= mostPerRun) return false
    }
  }
  return true
}
