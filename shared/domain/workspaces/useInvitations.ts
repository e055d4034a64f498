import type { Role } from '../../api/actions.ts'
import type { Person } from '../account/person.ts'
import { made } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Stores } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Invitation, Member, Workspace } from './workspace.ts'

const validDays = 14

interface InvitationReply {
  id: string
  workspaceId: string
  workspaceName: string
  role: Role
  invitedByName: string
  createdAt: string
  expiresAt: string
}
const present = (invitation: Invitation): InvitationReply => ({
  id: invitation.id,
  workspaceId: invitation.workspaceId,
  workspaceName: invitation.workspaceName,
  role: invitation.role,
  invitedByName: invitation.invitedByName,
  createdAt: invitation.createdAt,
  expiresAt: invitation.expiresAt,
})

type InviteAsk = Ask<
  { workspaceId: string },
  unknown,
  { email: string; role: 'admin' | 'manager' | 'member' | 'guest' }
>

/** Stores an invitation that only the owner of the address can accept; the stream consumer mails it. */
export const invite: UseCase<InviteAsk, Stores, Workspace | undefined, InvitationReply> = {
  load: ({ params }, { workspaces }) => workspaces.workspace(params.workspaceId),
  run: async ({ ask, person }, workspace, { workspaces }) => {
    if (workspace === undefined) throw notFound()
    const { now, mark, userId, body } = ask
    const invitation: Invitation = {
      id: makeId('invitation', Date.parse(now), randomSeed()),
      workspaceId: workspace.id,
      workspaceName: workspace.name,
      email: body.email,
      role: body.role,
      invitedBy: userId,
      invitedByName: person.name,
      createdAt: now,
      expiresAt: new Date(Date.parse(now) + validDays * 86_400_000).toISOString(),
      acceptedAt: null,
      version: 1,
    }
    const clash = () => new Failure('conflict')
    const created = made(await workspaces.invite(invitation, mark), invitation, mark, clash)
    return {
      body: present(created),
      location: `/v1/me/invitations/${created.workspaceId}/${created.id}`,
    }
  },
}

type InvitationAsk = Ask<{ workspaceId: string; invitationId: string }>

/** An invitation that this person may still accept; anything else does not exist for them. */
const open = (invitation: Invitation | undefined, person: Person, now: string): Invitation => {
  if (invitation === undefined || invitation.email !== person.email) throw notFound()
  if (invitation.acceptedAt !== null || invitation.expiresAt <= now) throw notFound()
  return invitation
}

const load = ({ params }: InvitationAsk, { workspaces }: Stores) =>
  workspaces.invitation(params.workspaceId, params.invitationId)

export const getInvitation: UseCase<InvitationAsk, Stores, Invitation | undefined, InvitationReply> = {
  load,
  run: async ({ ask, person }, invitation) => ({ body: present(open(invitation, person, ask.now)) }),
}

interface Joined {
  workspaceId: string
  workspaceName: string
  role: Role
}
interface AcceptLoaded {
  readonly invitation: Invitation | undefined
  readonly member: Member | undefined
}
const joined = ({ workspaceId, workspaceName, role }: Member): { body: Joined } => ({
  body: { workspaceId, workspaceName, role },
})

export const acceptInvitation: UseCase<InvitationAsk, Stores, AcceptLoaded, Joined> = {
  load: async (ask, stores) => {
    const [invitation, member] = await Promise.all([
      load(ask, stores),
      stores.workspaces.member(ask.params.workspaceId, ask.userId),
    ])
    return { invitation, member }
  },
  run: async ({ ask, person }, loaded, { workspaces }) => {
    const { invitation } = loaded
    // Accepting again what this person accepted answers the same.
    if (loaded.member !== undefined && invitation?.email === person.email && invitation.acceptedAt !== null) {
      return joined(loaded.member)
    }
    const valid = open(invitation, person, ask.now)
    if (loaded.member !== undefined) throw new Failure('conflict', 'You are a member already.')
    const member: Member = {
      workspaceId: valid.workspaceId,
      workspaceName: valid.workspaceName,
      userId: ask.userId,
      name: person.name,
      role: valid.role,
      joinedAt: ask.now,
      updatedBy: ask.userId,
      version: 1,
    }
    const accepted = { ...valid, acceptedAt: ask.now, version: valid.version + 1 }
    const result = await workspaces.join(accepted, member)
    if (result.won) return joined(member)
    if (result.present?.email === person.email && result.present.acceptedAt !== null) return joined(member)
    throw new Failure('conflict', 'You are a member already.')
  },
}
