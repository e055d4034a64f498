import type * as z from 'zod/mini'
import type { openInvitation } from '../../api/schemas/people.ts'
import { notFound } from '../failure.ts'
import type { AllStores } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { masked } from './masked.ts'
import { type Invitation, isOpen, revoked } from './workspace.ts'

type Shown = z.infer<typeof openInvitation>

const present = (invitation: Invitation): Shown => ({
  id: invitation.id,
  address: masked(invitation.email ?? ''),
  role: invitation.role,
  invitedBy: invitation.invitedBy,
  invitedByName: invitation.invitedByName,
  createdAt: invitation.createdAt,
  expiresAt: invitation.expiresAt,
})

type ListAsk = Ask<{ workspaceId: string }, { limit: number }>
type Slice = Awaited<ReturnType<AllStores['workspaces']['invitations']>>

/** Those that wait to be accepted. Others are left out of a page after it was read. */
export const listInvitations: UseCase<ListAsk, AllStores, Slice, { items: Shown[]; next?: string }> = {
  load: ({ params, query, position }, { workspaces }) =>
    workspaces.invitations(params.workspaceId, query.limit, position),
  run: async ({ ask }, { items, more }) => ({
    body: { items: items.filter((one) => isOpen(one, ask.now)).map(present) },
    nextPosition: more ? items.at(-1)?.id : undefined,
  }),
}

type RevokeAsk = Ask<{ workspaceId: string; invitationId: string }>

export const revokeInvitation: UseCase<RevokeAsk, AllStores, Invitation | undefined, undefined> = {
  load: ({ params }, { workspaces }) => workspaces.invitation(params.workspaceId, params.invitationId),
  run: async ({ ask }, invitation, { workspaces }) => {
    if (invitation === undefined || !isOpen(invitation, ask.now)) throw notFound()
    // Whoever was faster has accepted or revoked it.
    if (!(await workspaces.revoke(revoked(invitation, ask.userId, ask.now))).won) throw notFound()
    return { body: undefined }
  },
}
