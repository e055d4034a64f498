import type { Role } from '../../api/actions.ts'
export interface Workspace {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly version: number
  /** How many owners it has; changes together with their roles. */
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
  /** By project: takes the place of `role` there. Absent: nowhere. */
  readonly projectRoles?: Readonly<Record<string, Role>>
  readonly joinedAt: string
  readonly updatedBy: string
  readonly version: number
}

export interface Invitation {
  readonly id: string
  readonly workspaceId: string
  readonly workspaceName: string
  /** The verified address that may accept. Never answered to anybody. */
  readonly email: string
  readonly role: Role
  readonly invitedBy: string
  readonly invitedByName: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly acceptedAt: string | null
  readonly version: number
}
