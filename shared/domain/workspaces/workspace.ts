import type { Role } from '../../api/actions.ts'
import { mayDo } from '../access/permissions.ts'

export interface Workspace {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
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
  readonly updatedBy: string
  readonly version: number
}

export const isActive = ({ state }: Member): boolean => state !== 'suspended'

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
  /** Dropped as the address is: empty once it was accepted. */
  readonly invitedByName: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly acceptedAt: string | null
  /** Absent until it is accepted. */
  readonly acceptedBy?: string
  readonly version: number
}

/** Whether it waits to be accepted. */
export const isOpen = ({ acceptedAt, expiresAt }: Invitation, now: string): boolean =>
  acceptedAt === null && expiresAt > now
