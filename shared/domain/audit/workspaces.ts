import type { Change, DatedChange } from '../pipeline/record.ts'
import { masked } from '../workspaces/masked.ts'
import type { Invitation, Workspace } from '../workspaces/workspace.ts'
import type { AuditDraft } from './event.ts'

const told = ['name', 'zone', 'archiveRetentionDays'] as const

/** What a write of the workspace itself means to owners; the count of its owners, nothing. */
export const workspaceAudit = ({ before, after }: Change<Workspace>): AuditDraft[] => {
  if (after === undefined || before?.version === after.version) return []
  const { id: workspaceId, version, createdBy, updatedAt: at } = after
  const type = before === undefined ? 'workspace.created' : 'workspace.edited'
  return [
    {
      workspaceId,
      id: `workspace/${version}`,
      type,
      at,
      by: before === undefined ? createdBy : (after.updatedBy ?? null),
      about: { kind: 'workspace', id: workspaceId },
      changes: told
        .map((field) => ({ field, from: before?.[field] ?? null, to: after[field] ?? null }))
        .filter(({ from, to }) => from !== to),
    },
  ]
}

const about = ({ workspaceId, id }: Invitation, what: 'made' | 'accepted' | 'revoked') =>
  ({
    workspaceId,
    id: `invitation/${id}/${what}`,
    type: `invitation.${what}`,
    about: { kind: 'invitation', id },
  }) as const

/** Enough of the address to tell invitations apart, as its list shows it, and no more. */
const made = (invitation: Invitation): AuditDraft => {
  const { email, role, createdAt, expiresAt, invitedBy } = invitation
  const changes = [
    { field: 'address', from: null, to: masked(email ?? '') },
    { field: 'role', from: null, to: role },
    { field: 'expiresAt', from: null, to: expiresAt },
  ]
  return { ...about(invitation, 'made'), at: createdAt, by: invitedBy, changes }
}

const ended = (before: Invitation, { after, by: noticed }: DatedChange<Invitation>): AuditDraft[] => {
  const isOver = before.acceptedAt !== null || before.revokedAt !== undefined
  if (isOver) return []
  if (after?.acceptedAt) {
    const { acceptedAt: at, acceptedBy: by = null } = after
    return [{ ...about(before, 'accepted'), at, by, changes: [{ field: 'acceptedBy', from: null, to: by }] }]
  }
  const changes = [{ field: 'address', from: masked(before.email ?? ''), to: null }]
  if (after?.revokedAt !== undefined) {
    return [{ ...about(before, 'revoked'), at: after.revokedAt, by: after.revokedBy ?? null, changes }]
  }
  // What has expired, the table drops by itself.
  const isDropped = after === undefined && before.expiresAt > noticed
  return isDropped ? [{ ...about(before, 'revoked'), at: noticed, by: null, changes }] : []
}

export const invitationAudit = (change: DatedChange<Invitation>): AuditDraft[] => {
  const { before, after } = change
  if (before !== undefined) return ended(before, change)
  return after === undefined ? [] : [made(after)]
}
