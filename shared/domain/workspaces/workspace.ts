import type { Role } from '../../api/actions.ts'
import { mayDo } from '../access/permissions.ts'

export interface Workspace {
  readonly id: string
  readonly name: string
  readonly zone: string
  /** Archived tasks go into the trash after so many days; absent or `null`: never. */
  readonly archiveRetentionDays?: number | null
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  /** Absent until somebody edits it. */
  readonly updatedBy?: string
  readonly version: number
  /** How many active owners it has; changes together with their roles and states. */
  readonly owners: number
}

export interface Member {
  readonly workspaceId: string
  /** Copy, brought up to date by the stream consumer. */
  readonly workspaceName: string
  readonly userId: string
  /** Copy of the person's name, brought up to date by the stream consumer. */
  readonly name: string
  readonly role: Role
  /** Who is suspended keeps the role, and is answered as no member. Absent: active. */
  readonly state?: 'active' | 'suspended'
  /** By project: takes the place of `role` there. Absent: nowhere. */
  readonly projectRoles?: Readonly<Record<string, Role>>
  /** Groups the member is in. Absent: none. */
  readonly groupIds?: readonly string[]
  readonly joinedAt: string
  /** The invitation by which they joined; absent for who founded the workspace. */
  readonly invitationId?: string
  /** The owner who handed the workspace over, when that was the latest change of role or state. */
  readonly handedOverBy?: string | null
  readonly updatedBy: string
  readonly version: number
}

/** That somebody was taken out of a workspace, or left: by whom and when. Kept for as long as records are consumed. */
export interface Departure extends Pick<Member, 'workspaceId' | 'userId' | 'role' | 'joinedAt'> {
  readonly by: string
  readonly at: string
}

export const departureOf = (
  { workspaceId, userId, role, joinedAt }: Member,
  { by, at }: Pick<Departure, 'by' | 'at'>,
): Departure => ({ workspaceId, userId, role, joinedAt, by, at })

export const isActive = ({ state }: Member): boolean => state !== 'suspended'

/** Whether somebody counts among the owners that a workspace must have one of. */
export const isActiveOwner = (member: Member | undefined): member is Member =>
  member?.role === 'owner' && isActive(member)

/** Whether invitations of this member stand: they fall with the right of whoever made them. */
export const mayInvite = (member: Member | undefined): member is Member =>
  member !== undefined && isActive(member) && mayDo(member.role, 'member.invite', false)

export interface Invitation {
  readonly id: string
  readonly workspaceId: string
  readonly workspaceName: string
  /** The verified address that may accept; dropped once it has. Never answered whole to anybody. */
  readonly email: string | null
  readonly role: Role
  readonly invitedBy: string
  /** Dropped as the address is: empty once it was accepted or taken back. */
  readonly invitedByName: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly acceptedAt: string | null
  /** Absent until it is accepted. */
  readonly acceptedBy?: string
  /** Absent until it is taken back. */
  readonly revokedAt?: string
  /** Who took it back; `null` when it fell with the right of whoever made it. */
  readonly revokedBy?: string | null
  readonly version: number
}

/** Whether it waits to be accepted. */
export const isOpen = ({ acceptedAt, revokedAt, expiresAt }: Invitation, now: string): boolean =>
  acceptedAt === null && revokedAt === undefined && expiresAt > now

export type Revoked = Invitation & Required<Pick<Invitation, 'revokedAt' | 'revokedBy'>>

/** An invitation taken back. Address and name go, as when it is accepted. */
export const revoked = (invitation: Invitation, by: string | null, at: string): Revoked => ({
  ...invitation,
  email: null,
  invitedByName: '',
  revokedAt: at,
  revokedBy: by,
  version: invitation.version + 1,
})
