import { randomUUID } from 'node:crypto'
import { createJob } from '../../../shared/api/routes/jobs.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { randomId } from '../hostile/otherIds.ts'
import { joined } from '../hostile/smallTeam.ts'
import type { OrdinaryCall, OrdinaryCalls } from '../ordinary/call.ts'
import { groupOf } from '../ordinary/groupCalls.ts'
import { ordinaryCalls } from '../ordinary/measureRoutes.ts'
import { succeed, type Team, taskBody } from '../ordinary/team.ts'
import { testedWebhook } from '../ordinary/webhookCalls.ts'

const newTask = async ({ app, owner, workspaceId, projectId }: Team, more = {}): Promise<string> => {
  const params = { workspaceId, projectId }
  const { body } = await succeed(app, owner, createTask, { params, body: taskBody([], more) })
  return String(body.id)
}

const jobOfOne = () => ({
  action: { kind: 'edit', patch: { status: 'in_progress' } },
  taskIds: [randomId('task')],
})

const withJob = async ({ app, owner, workspaceId }: Team): Promise<OrdinaryCall> => {
  const { body } = await succeed(app, owner, createJob, { params: { workspaceId }, body: jobOfOne() })
  return { request: { params: { workspaceId, jobId: String(body.id) } } }
}

const ofWorkspace = async ({ workspaceId }: Team): Promise<OrdinaryCall> => ({
  request: { params: { workspaceId } },
})

const aGroup = async (team: Team): Promise<OrdinaryCall> => ({ request: { params: await groupOf(team, []) } })

const aTestedWebhook = async (team: Team): Promise<OrdinaryCall> => ({
  request: { params: (await testedWebhook(team)).params },
})

/** Requests that are ordinary, but small where those that are measured are large; or that can be made again. */
const light: OrdinaryCalls = {
  listTemplates: ofWorkspace,
  listWebhookDeliveries: aTestedWebhook,
  listGroups: ofWorkspace,
  listChanges: ofWorkspace,
  listAudit: ofWorkspace,
  // Of no project: whoever knows of none chooses as well.
  editNotificationPreferences: async ({ workspaceId }) => ({
    request: { params: { workspaceId }, body: { mailWindow: 'hourly' } },
  }),
  verifyAudit: ofWorkspace,
  verifyHistory: ofWorkspace,
  listSubtasks: async (team) => {
    const taskId = await newTask(team)
    await newTask(team, { parentId: taskId })
    return { request: { params: { workspaceId: team.workspaceId, taskId } } }
  },
  setTaskParent: async (team) => {
    const params = { workspaceId: team.workspaceId, taskId: await newTask(team) }
    return { request: { params, body: { parentId: await newTask(team) } } }
  },
  batchTasks: async (team) => {
    const patch = { status: 'in_progress', assigneeIds: [team.owner.userId] }
    const taskIds = [await newTask(team), await newTask(team)]
    const body = { operations: taskIds.map((taskId) => ({ taskId, patch })) }
    const headers = { 'Idempotency-Key': randomUUID() }
    return { request: { params: { workspaceId: team.workspaceId }, body, headers } }
  },
  createJob: async ({ workspaceId }) => ({ request: { params: { workspaceId }, body: jobOfOne() } }),
  getJob: withJob,
  listJobResults: withJob,
  cancelJob: withJob,
  stopTimer: async (team) => ({
    request: { params: { workspaceId: team.workspaceId, taskId: await newTask(team) }, body: {} },
  }),
  listGroupMembers: aGroup,
  addGroupMember: async (team) => {
    const { userId } = await joined(team.app, team.workspaceId, 'member')
    return { request: { params: { ...(await groupOf(team, [])), userId }, body: {} } }
  },
  removeGroupMember: async (team) => {
    const who = await joined(team.app, team.workspaceId, 'member')
    return { request: { params: { ...(await groupOf(team, [who])), userId: who.userId } } }
  },
  // The heir of the measured call is an owner once it has been made.
  transferOwnership: async ({ app, workspaceId }) => {
    const { userId } = await joined(app, workspaceId, 'member')
    return { request: { params: { workspaceId, userId }, body: {} } }
  },
}

/** What the matrix asks, by the names of the routes. */
export const requests: OrdinaryCalls = { ...ordinaryCalls, ...light }
