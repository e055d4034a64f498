import { randomUUID } from 'node:crypto'
import { createJob } from '../../../shared/api/routes/jobs.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { runJob } from '../../../shared/domain/jobs/runJob.ts'
import { jobWorldOf } from '../jobs.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team, taskBody } from './team.ts'

const once = () => ({ 'Idempotency-Key': randomUUID() })

/** Tasks of an ordinary batch, and of an ordinary job. */
const few = 20
const many = 300

const someone = ({ colleagues }: Team, n: number): string[] =>
  colleagues.slice(n, n + 1).map(({ userId }) => userId)

const newTasks = async (team: Team, count: number): Promise<string[]> => {
  const { app, owner, workspaceId, projectId } = team
  const params = { workspaceId, projectId }
  const make = () => succeed(app, owner, createTask, { params, body: taskBody(someone(team, 0)) })
  const made = await Promise.all(Array.from({ length: count }, make))
  return made.map(({ body }) => String(body.id))
}

const bodyOf = (taskIds: readonly string[]) => ({
  action: { kind: 'edit', patch: { status: 'in_progress' } },
  taskIds,
})
const unknown = () => Array.from({ length: many }, (_, n) => `tsk_${String(n).padStart(26, '0')}`)

/** Path of a job that is through. */
const finished = async (team: Team) => {
  const { app, owner, workspaceId } = team
  const { body } = await succeed(app, owner, createJob, { params: { workspaceId }, body: bodyOf(unknown()) })
  const jobId = String(body.id)
  for (const work of [1, 2, 3]) await runJob({ workspaceId, jobId, work }, jobWorldOf(app), () => true)
  return { workspaceId, jobId }
}

export const jobCalls: OrdinaryCalls = {
  // Moves twenty tasks in every list, and from one assignee to another.
  batchTasks: async (team) => {
    const patch = { status: 'in_progress', assigneeIds: someone(team, 1) }
    const operations = (await newTasks(team, few)).map((taskId) => ({ taskId, patch }))
    const { owner: who, workspaceId } = team
    return { who, request: { params: { workspaceId }, body: { operations }, headers: once() } }
  },
  createJob: async ({ owner: who, workspaceId }) => ({
    who,
    request: { params: { workspaceId }, body: bodyOf(unknown()), headers: once() },
  }),
  deleteAllTasks: async ({ app, owner: who, workspaceId }) => {
    const workspace = await app.stores.workspaces.workspace(workspaceId)
    const body = { confirm: workspace?.name }
    return { who, request: { params: { workspaceId }, body, headers: once() } }
  },
  getJob: async (team) => ({ who: team.owner, request: { params: await finished(team) } }),
  listJobResults: async (team) => ({
    who: team.owner,
    request: { params: await finished(team), query: { limit: '50' } },
  }),
  cancelJob: async ({ app, owner: who, workspaceId }) => {
    const { body } = await succeed(app, who, createJob, {
      params: { workspaceId },
      body: bodyOf(unknown()),
    })
    return { who, request: { params: { workspaceId, jobId: String(body.id) }, body: {} } }
  },
}
