import * as access from '../../../shared/api/routes/access.ts'
import { shareTask } from '../../../shared/api/routes/shares.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team, taskBody } from './team.ts'

const ofColleague = ({ workspaceId, projectId, colleagues }: Team) => ({
  workspaceId,
  projectId,
  userId: String(colleagues[0]?.userId),
})

/** Paths of a new task, and of a colleague with whom to share it. */
const sharable = async (team: Team) => {
  const { app, owner, workspaceId, projectId, colleagues } = team
  const made = await succeed(app, owner, createTask, {
    params: { workspaceId, projectId },
    body: taskBody([]),
  })
  return { workspaceId, taskId: String(made.body.id), userId: String(colleagues[0]?.userId) }
}

export const accessCalls: OrdinaryCalls = {
  listProjectMembers: async ({ owner, workspaceId, projectId }) => ({
    who: owner,
    request: { params: { workspaceId, projectId } },
  }),
  setProjectRole: async (team) => {
    const { app, owner } = team
    const params = ofColleague(team)
    await succeed(app, owner, access.setProjectRole, { params, body: { role: 'guest' } })
    return { who: owner, request: { params, body: { role: 'manager' } } }
  },
  removeProjectRole: async (team) => {
    const { app, owner } = team
    const params = ofColleague(team)
    await succeed(app, owner, access.setProjectRole, { params, body: { role: 'manager' } })
    return { who: owner, request: { params } }
  },
  shareTask: async (team) => ({
    who: team.owner,
    request: { params: await sharable(team), body: { level: 'edit' } },
  }),
  unshareTask: async (team) => {
    const params = await sharable(team)
    await succeed(team.app, team.owner, shareTask, { params, body: { level: 'view' } })
    return { who: team.owner, request: { params } }
  },
  listSharedTasks: async ({ colleagues, workspaceId }) => ({
    ...(colleagues[0] && { who: colleagues[0] }),
    request: { params: { workspaceId, userId: '@me' } },
  }),
  explainPermissions: async ({ owner, workspaceId, colleagues, longLived }) => ({
    who: owner,
    request: {
      params: { workspaceId },
      query: { action: 'task.edit', taskId: longLived.id, userId: String(colleagues[0]?.userId) },
    },
  }),
}
