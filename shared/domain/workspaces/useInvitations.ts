import type { Role } from '../../api/actions.ts'
import type { Person } from '../account/person.ts'
import { made } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { AllStores } from '../ports.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import {
  type Departure,
  type Invitation,
  isActive,
  isOpen,
  type Member,
  mayInvite,
  type Workspace,
} from './workspace.ts'

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
export const invite: UseCase<InviteAsk, AllStores, Workspace | undefined, InvitationReply> = {
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
      expiresAt: daysAfter(now, validDays),
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

/** An invitation to this person that waits; anything else does not exist for them. */
const open = (invitation: Invitation | undefined, person: Person, now: string): Invitation => {
  if (invitation === undefined || invitation.email !== person.email) throw notFound()
  if (!isOpen(invitation, now)) throw notFound()
  return invitation
}

/** Whoever was taken out, or left, comes back by an invitation made since, and by none of those from before. */
const requireSince = (departure: Departure | undefined, { createdAt }: Invitation): void => {
  if (departure !== undefined && createdAt < departure.at) throw notFound()
}

const load = ({ params }: InvitationAsk, { workspaces }: AllStores) =>
  workspaces.invitation(params.workspaceId, params.invitationId)

interface GetLoaded {
  readonly invitation: Invitation | undefined
  readonly departure: Departure | undefined
}

export const getInvitation: UseCase<InvitationAsk, AllStores, GetLoaded, InvitationReply> = {
  load: async (ask, stores) => {
    const [invitation, departure] = await Promise.all([
      load(ask, stores),
      stores.workspaces.departure(ask.params.workspaceId, ask.userId),
    ])
    return { invitation, departure }
  },
  run: async ({ ask, person }, { invitation, departure }) => {
    const valid = open(invitation, person, ask.now)
    requireSince(departure, valid)
    return { body: present(valid) }
  },
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

const look = async (ask: InvitationAsk, stores: AllStores): Promise<AcceptLoaded> => {
  const [invitation, member] = await Promise.all([
    load(ask, stores),
    stores.workspaces.memberInAnyState(ask.params.workspaceId, ask.userId),
  ])
  return { invitation, member }
}

const memberBy = (invitation: Invitation, { id, name }: Person, now: string): Member => ({
  workspaceId: invitation.workspaceId,
  workspaceName: invitation.workspaceName,
  userId: id,
  name,
  role: invitation.role,
  joinedAt: now,
  invitationId: invitation.id,
  updatedBy: id,
  version: 1,
})

/** One attempt; `undefined` when something was changed since it was looked at. */
const attempt = async (
  { ask, person }: Call<InvitationAsk>,
  { invitation, member: present }: AcceptLoaded,
  { workspaces }: AllStores,
): Promise<Member | undefined> => {
  const { userId, now } = ask
  // Nobody comes back from a suspension by an invitation, nor learns of it.
  if (present !== undefined && !isActive(present)) throw notFound()
  // Accepting again what this person accepted answers the same.
  if (present !== undefined && invitation?.acceptedBy === userId) return present
  const valid = open(invitation, person, now)
  if (present !== undefined) throw new Failure('conflict', 'You are a member already.')
  // Looked up behind the member, so that whoever is taken out in between is seen to be.
  const [inviter, departure] = await Promise.all([
    workspaces.member(valid.workspaceId, valid.invitedBy),
    workspaces.departure(valid.workspaceId, userId),
  ])
  requireSince(departure, valid)
  if (!mayInvite(inviter)) throw notFound()
  const { version } = valid
  // Of the people only ids stay: the rest lies with those whose it is, and goes with them.
  const used = { email: null, invitedByName: '', acceptedAt: now, acceptedBy: userId }
  const accepted = { ...valid, ...used, version: version + 1 }
  const member = memberBy(valid, person, now)
  return (await workspaces.join(accepted, member, inviter)).won ? member : undefined
}

const attempts = 5

export const acceptInvitation: UseCase<InvitationAsk, AllStores, AcceptLoaded, Joined> = {
  load: look,
  run: async (call, loaded, stores) => {
    let seen = loaded
    for (let n = 0; n < attempts; n++) {
      const member = await attempt(call, seen, stores)
      if (member !== undefined) return joined(member)
      seen = await look(call.ask, stores)
    }
    throw new Failure('unavailable', 'Too much of this workspace is changing at the same time.')
  },
}
