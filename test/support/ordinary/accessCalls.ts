import * as access from '../../../shared/api/routes/access.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team } from './team.ts'

const ofColleague = ({ workspaceId, projectId, colleagues }: Team) => ({
  workspaceId,
  projectId,
  userId: String(colleagues[0]?.userId),
})

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
  explainPermissions: async ({ owner, workspaceId, colleagues, longLived }) => ({
    who: owner,
    request: {
      params: { workspaceId },
      query: { action: 'task.edit', taskId: longLived.id, userId: String(colleagues[0]?.userId) },
    },
  }),
}
