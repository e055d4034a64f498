import { randomUUID } from 'node:crypto'
import * as groups from '../../../shared/api/routes/groups.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
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

const groupsNow = async ({ app, owner, workspaceId }: Team): Promise<string[]> => {
  const query = { limit: '100' }
  const { body } = await app.call(owner, groups.listGroups, { params: { workspaceId }, query })
  return body.items.map(({ id }: { id: string }) => id)
}

/** A workspace has a hundred groups at most: those of calls that are long past go, the first ones stay. */
const makeRoom = async (team: Team): Promise<void> => {
  const { app, owner, workspaceId } = team
  const all = await groupsNow(team)
  for (const groupId of all.length < 90 ? [] : all.slice(10, 60)) {
    await app.call(owner, groups.deleteGroup, { params: { workspaceId, groupId } })
  }
}

type InWorkspace = { readonly workspaceId: string; readonly groupId: string }

const newGroup = async ({ app, owner, workspaceId }: Team): Promise<InWorkspace> => {
  const body = { name: freshName() }
  const made = await succeed(app, owner, groups.createGroup, { params: { workspaceId }, body })
  return { workspaceId, groupId: String(made.body.id) }
}

/** A new group of these people. */
export const groupOf = async (team: Team, members: readonly Someone[]): Promise<InWorkspace> => {
  const { app, owner } = team
  await makeRoom(team)
  const params = await newGroup(team)
  for (const { userId } of members) {
    await succeed(app, owner, groups.addGroupMember, { params: { ...params, userId }, body: {} })
  }
  return params
}

/** More groups than a page shows, in a workspace of their own: all names of one are an item, which others change. */
const manyGroups = async (team: Team): Promise<{ readonly workspaceId: string }> => {
  const { body } = await succeed(team.app, team.owner, createWorkspace, { body: { name: 'Port' } })
  const workspaceId = String(body.id)
  for (let n = 0; n < crowd; n++) await newGroup({ ...team, workspaceId })
  return { workspaceId }
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
  createGroup: async (team) => {
    await makeRoom(team)
    const headers = { 'Idempotency-Key': randomUUID() }
    const params = { workspaceId: team.workspaceId }
    return { who: team.owner, request: { params, body: { name: freshName() }, headers } }
  },
  listGroups: async (team) => ({ who: team.owner, request: { params: await manyGroups(team) } }),
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
