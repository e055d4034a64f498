import { randomUUID } from 'node:crypto'
import * as groups from '../../../shared/api/routes/groups.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team, taskBody } from './team.ts'

/** More than a page. */
const crowd = 55

const freshName = () => `Harbour pilots ${randomUUID()}`

/** A new group of two colleagues; the first two of all are in none unless they are asked for. */
export const groupOf = async (
  { app, owner, workspaceId, colleagues }: Team,
  members = colleagues.slice(2, 4),
): Promise<{ workspaceId: string; groupId: string }> => {
  const made = await succeed(app, owner, groups.createGroup, {
    params: { workspaceId },
    body: { name: freshName() },
  })
  const params = { workspaceId, groupId: String(made.body.id) }
  for (const { userId } of members) {
    await succeed(app, owner, groups.addGroupMember, { params: { ...params, userId }, body: {} })
  }
  return params
}

const addGroups = async (team: Team): Promise<void> => {
  const { app, owner, workspaceId } = team
  const { body } = await app.call(owner, groups.listGroups, {
    params: { workspaceId },
    query: { limit: '100' },
  })
  for (let n = body.items.length; n < crowd; n++) await groupOf(team, [])
}

/** A task of two groups. */
const assigned = async (team: Team) => {
  const { app, owner, workspaceId, projectId } = team
  const assigneeGroupIds = [(await groupOf(team)).groupId, (await groupOf(team)).groupId]
  const made = await succeed(app, owner, createTask, {
    params: { workspaceId, projectId },
    body: taskBody([], { assigneeGroupIds }),
  })
  return { workspaceId, taskId: String(made.body.id) }
}

export const groupCalls: OrdinaryCalls = {
  createGroup: async ({ owner, workspaceId }) => ({
    who: owner,
    request: {
      params: { workspaceId },
      body: { name: freshName() },
      headers: { 'Idempotency-Key': randomUUID() },
    },
  }),
  listGroups: async (team) => {
    await addGroups(team)
    return { who: team.owner, request: { params: { workspaceId: team.workspaceId } } }
  },
  getGroup: async (team) => ({ who: team.owner, request: { params: await groupOf(team) } }),
  editGroup: async (team) => ({
    who: team.owner,
    request: { params: await groupOf(team), body: { name: freshName() }, headers: { 'If-Match': '"3"' } },
  }),
  deleteGroup: async (team) => ({
    who: team.owner,
    request: { params: await groupOf(team), headers: { 'If-Match': '"3"' } },
  }),
  listGroupMembers: async (team) => ({
    who: team.owner,
    request: { params: await groupOf(team, team.colleagues.slice(2)) },
  }),
  addGroupMember: async (team) => ({
    who: team.owner,
    request: {
      params: { ...(await groupOf(team)), userId: String(team.colleagues[4]?.userId) },
      body: {},
    },
  }),
  listTaskGroups: async (team) => ({ who: team.owner, request: { params: await assigned(team) } }),
  removeGroupMember: async (team) => ({
    who: team.owner,
    request: { params: { ...(await groupOf(team)), userId: String(team.colleagues[3]?.userId) } },
  }),
}
