import { isDeepStrictEqual } from 'node:util'
import type { AuditType } from '../../api/schemas/audit.ts'
import type { Change, MemberChange } from '../pipeline/record.ts'
import { type Departure, isActive, type Member } from '../workspaces/workspace.ts'
import type { AuditDraft } from './event.ts'
import { secondOf } from './second.ts'

type Told = Pick<AuditDraft, 'type' | 'changes'>

const joined = ({ role, invitationId }: Member): Told => ({
  type: 'member.joined',
  changes: [
    { field: 'role', from: null, to: role },
    { field: 'invitationId', from: null, to: invitationId ?? null },
  ],
})

const roleType = (after: Member): AuditType =>
  after.role === 'owner' && (after.handedOverBy ?? null) !== null
    ? 'workspace.handedOver'
    : 'member.roleChanged'

const roleTold = (before: Member, after: Member): Told[] =>
  before.role === after.role
    ? []
    : [{ type: roleType(after), changes: [{ field: 'role', from: before.role, to: after.role }] }]

const stateTold = (before: Member, after: Member): Told[] => {
  if (isActive(before) === isActive(after)) return []
  const [from, to] = isActive(after) ? ['suspended', 'active'] : ['active', 'suspended']
  const type = isActive(after) ? 'member.reinstated' : 'member.suspended'
  return [{ type, changes: [{ field: 'state', from, to }] }]
}

const projectRolesTold = (before: Member, after: Member): Told[] => {
  const [old, now] = [before.projectRoles ?? {}, after.projectRoles ?? {}]
  const ids = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
  const changes = ids
    .filter((id) => !isDeepStrictEqual(old[id], now[id]))
    .map((id) => ({ field: `projectRoles/${id}`, from: old[id] ?? null, to: now[id] ?? null }))
  return changes.length === 0 ? [] : [{ type: 'member.projectRolesChanged', changes }]
}

/**
 * What a write of a member means to owners. Who went and why, a record of its own tells: `departureAudit`; into which
 * groups they came, `membershipAudit`.
 */
export const memberAudit = ({ before, after, by }: MemberChange): AuditDraft[] => {
  if (after === undefined) return []
  const told =
    before === undefined
      ? [joined(after)]
      : [...roleTold(before, after), ...stateTold(before, after), ...projectRolesTold(before, after)]
  const { workspaceId, userId, joinedAt, version } = after
  return told.map((one) => ({
    ...one,
    workspaceId,
    // Who comes back counts versions anew.
    id: `${one.type}/${userId}/${joinedAt}/${version}`,
    at: before === undefined ? joinedAt : secondOf(by),
    by: after.updatedBy,
    about: { kind: 'member', id: userId },
  }))
}

export const departureAudit = ({ after }: Change<Departure>): AuditDraft[] => {
  if (after === undefined) return []
  const { workspaceId, userId, joinedAt, role, by, at } = after
  return [
    {
      workspaceId,
      id: `departure/${userId}/${joinedAt}`,
      type: by === userId ? 'member.left' : 'member.removed',
      at,
      by,
      about: { kind: 'member', id: userId },
      changes: [{ field: 'role', from: role, to: null }],
    },
  ]
}
