import type { JobAction } from '../../../../shared/api/schemas/jobs.ts'
import { jobStore } from '../../../../shared/data/stores/jobs.ts'
import { projectStore } from '../../../../shared/data/stores/projects.ts'
import { taskStore } from '../../../../shared/data/stores/tasks.ts'
import { workspaceStore } from '../../../../shared/data/stores/workspaces.ts'
import { memberCodec, workspaceCodec } from '../../../../shared/data/stores/workspacesByKey.ts'
import type { Table } from '../../../../shared/data/tablePort.ts'
import { type Job, nothingCounted, type Progress } from '../../../../shared/domain/jobs/job.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import {
  aMember,
  aTask,
  aWorkspace,
  idOf,
  iso,
  minutes,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'

export const jobId = idOf('job', 'one')

export const aJob = (changes: Partial<Job> = {}): Job => ({
  id: jobId,
  workspaceId,
  action: { kind: 'complete' },
  all: false,
  dryRun: false,
  named: 0,
  createdAt: iso(start),
  createdBy: userOf('ana'),
  expiresAt: minutes(30 * 1440),
  origin: null,
  ...changes,
})

export const aProgress = (changes: Partial<Progress> = {}): Progress => ({
  workspaceId,
  jobId,
  createdBy: userOf('ana'),
  expiresAt: minutes(30 * 1440),
  total: 0,
  chunks: 0,
  listed: true,
  isCut: false,
  counts: nothingCounted,
  told: {},
  cancelledAt: null,
  updatedAt: iso(start),
  ...changes,
})

/** The stores over a table in memory, with a workspace in which Ana is a manager. */
export const startStores = async (over: (table: Table) => Table = (table) => table) => {
  const { table: memory, items } = memoryTable()
  const table = over(memory)
  await memory.put(workspaceCodec.encode(aWorkspace()))
  await memory.put(memberCodec.encode(aMember({ role: 'manager' })))
  const world = {
    jobs: jobStore(table),
    tasks: taskStore(table),
    workspaces: workspaceStore(table),
    projects: projectStore(table),
    now: () => minutes(1),
  }
  const addTasks = async (count: number, changes: object = {}): Promise<string[]> => {
    const tasks = Array.from({ length: count }, (_, n) =>
      aTask({ id: idOf('task', `task ${n}`), ...changes }),
    )
    for (const task of tasks) await world.tasks.add(task)
    return tasks.map(({ id }) => id)
  }
  /** Puts a job of one chunk on record. */
  const addJob = async (action: JobAction, taskIds: readonly string[], changes: Partial<Job> = {}) => {
    const job = aJob({ action, named: taskIds.length, ...changes })
    const { expiresAt } = job
    const chunk = { workspaceId, jobId, number: 1, expiresAt, taskIds, next: 0, results: [] }
    const progress = aProgress({ total: taskIds.length, chunks: 1 })
    await world.jobs.add({ job, progress, parts: [chunk] })
    return { job, chunk }
  }
  return { table, items, world, addTasks, addJob }
}
