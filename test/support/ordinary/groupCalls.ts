import { randomUUID } from 'node:crypto'
import * as groups from '../../../shared/api/routes/groups.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import type { Someone } from '../app.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team, taskBody } from './team.ts'

/** More than a page. */
const crowd = 55

const freshName = () => `Harbour pilots ${randomUUID()}`

/** So many further members of the workspace. */
const people = async ({ app, workspaceId }: Team, count: number): Promise<Someone[]> => {
  const all = await Promise.all(Array.from({ length: count }, () => app.person('Piet Pilot')))
  for (const one of all) await app.join(one, workspaceId, 'member', 'Piet Pilot')
  return all
}

/** A new group of these people. */
export const groupOf = async (
  { app, owner, workspaceId }: Team,
  members: readonly Someone[],
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
  const assigneeGroupIds = [(await groupOf(team, [])).groupId, (await groupOf(team, [])).groupId]
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
  getGroup: async (team) => ({ who: team.owner, request: { params: await groupOf(team, []) } }),
  editGroup: async (team) => ({
    who: team.owner,
    request: {
      params: await groupOf(team, []),
      body: { name: freshName() },
      headers: { 'If-Match': '"1"' },
    },
  }),
  deleteGroup: async (team) => ({
    who: team.owner,
    request: { params: await groupOf(team, []), headers: { 'If-Match': '"1"' } },
  }),
  listGroupMembers: async (team) => ({
    who: team.owner,
    request: { params: await groupOf(team, await people(team, crowd)) },
  }),
  addGroupMember: async (team) => {
    const [first, second, third] = await people(team, 3)
    const params = await groupOf(team, [first, second] as Someone[])
    return { who: team.owner, request: { params: { ...params, userId: String(third?.userId) }, body: {} } }
  },
  removeGroupMember: async (team) => {
    const [first, second] = await people(team, 2)
    const params = await groupOf(team, [first, second] as Someone[])
    return { who: team.owner, request: { params: { ...params, userId: String(second?.userId) } } }
  },
  listTaskGroups: async (team) => ({ who: team.owner, request: { params: await assigned(team) } }),
}
