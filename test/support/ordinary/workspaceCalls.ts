import { randomUUID } from 'node:crypto'
import { invite } from '../../../shared/api/routes/invitations.ts'
import { editMember, suspendMember } from '../../../shared/api/routes/members.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import type { OrdinaryCalls } from './call.ts'
import { description, succeed, type Team } from './team.ts'

/** Of a project; as no other has it. */
const newKey = () => `K${randomUUID().slice(0, 8).toUpperCase()}`
const once = () => ({ 'Idempotency-Key': randomUUID() })
const toldAfterADay = ([first]: Team['colleagues']) => ({ afterMinutes: 1_440, userId: first?.userId })
const guestOf = async ({ app, owner, workspaceId }: Team) => {
  const who = await app.person('Gus Guest')
  const person = await app.stores.people.person(who.userId)
  const { body } = await succeed(app, owner, invite, {
    params: { workspaceId },
    body: { email: person?.email, role: 'guest' },
  })
  return { who, request: { params: { workspaceId, invitationId: body.id } } }
}

/** A request of the owner about another one: the dearest, since the count of owners moves along. */
const ofSecondOwner = async ({ app, owner, workspaceId }: Team) => {
  const second = await app.person('Otto Owner')
  await app.join(second, workspaceId, 'member')
  const params = { workspaceId, userId: second.userId }
  await succeed(app, owner, editMember, { params, body: { role: 'owner' } })
  return { who: owner, second, request: { params, body: {} } }
}

/** A request of the owner to their workspace. */
const ofOwner =
  (request: { readonly query?: Record<string, string>; readonly body?: unknown } = {}) =>
  async ({ owner, workspaceId }: Team) => ({ who: owner, request: { params: { workspaceId }, ...request } })
const ofProject = async ({ owner, workspaceId, projectId }: Team) => ({
  who: owner,
  request: { params: { workspaceId, projectId } },
})

export const workspaceCalls: OrdinaryCalls = {
  createWorkspace: async ({ owner }) => ({
    who: owner,
    request: { body: { name: 'Side business', zone: 'Europe/Madrid' }, headers: once() },
  }),
  listWorkspaces: async ({ owner }) => ({ who: owner, request: {} }),
  getWorkspace: ofOwner(),
  editWorkspace: ofOwner({ body: { name: 'Acme Transport', zone: 'Europe/Lisbon' } }),
  listMembers: ofOwner(),
  editMember: async ({ app, owner, workspaceId }) => {
    const { userId } = await app.person('Mara Member')
    await app.join({ userId, token: '' }, workspaceId, 'member')
    // The dearest change: it moves the count of owners along.
    return { who: owner, request: { params: { workspaceId, userId }, body: { role: 'owner' } } }
  },
  suspendMember: ofSecondOwner,
  reinstateMember: async (team) => {
    const call = await ofSecondOwner(team)
    await succeed(team.app, team.owner, suspendMember, call.request)
    return call
  },
  removeMember: async (team) => {
    const { who, request } = await ofSecondOwner(team)
    return { who, request: { params: request.params } }
  },
  transferOwnership: async (team) => {
    const { second, request } = await ofSecondOwner(team)
    const userId = String(team.colleagues[3]?.userId)
    return { who: second, request: { ...request, params: { ...request.params, userId } } }
  },
  listInvitations: ofOwner(),
  revokeInvitation: async (team) => {
    const { request } = await guestOf(team)
    return { who: team.owner, request }
  },
  invite: async ({ owner, workspaceId }) => ({
    who: owner,
    request: { params: { workspaceId }, body: { email: 'new@example.com', role: 'member' }, headers: once() },
  }),
  getInvitation: guestOf,
  acceptInvitation: async (team) => {
    const { who, request } = await guestOf(team)
    return { who, request: { ...request, body: {} } }
  },
  createProject: async ({ owner, colleagues, workspaceId }) => ({
    who: owner,
    request: {
      params: { workspaceId },
      body: {
        name: 'Moving house',
        key: newKey(),
        description: description.slice(0, 250),
        escalation: toldAfterADay(colleagues),
      },
      headers: once(),
    },
  }),
  listProjects: ofOwner(),
  getProject: ofProject,
  editProject: async ({ app, owner, colleagues, workspaceId }) => {
    const body = { name: 'Yard', key: newKey(), description: description.slice(0, 250) }
    const made = await succeed(app, owner, createProject, { params: { workspaceId }, body })
    return {
      who: owner,
      request: {
        params: { workspaceId, projectId: made.body.id },
        body: { name: 'Yard and gates', escalation: toldAfterADay(colleagues) },
        headers: { 'If-Match': '"1"' },
      },
    }
  },
  getStatistics: ofOwner(),
  getProjectStatistics: ofProject,
}
