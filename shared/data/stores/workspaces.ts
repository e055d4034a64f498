import type { Workspaces } from '../../domain/ports.ts'
import type { Invitation, Member, Workspace } from '../../domain/workspaces/workspace.ts'
import { codec, transacted, ttlOf, written } from '../codec.ts'
import { create } from '../creation.ts'
import { invitationKey, memberKey, personKey, workspaceKey } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'

export const workspaceCodec = codec<Workspace>('workspace', ({ id }) => workspaceKey(id))
export const memberCodec = codec<Member>(
  'member',
  ({ workspaceId, userId }) => memberKey(workspaceId, userId),
  ({ workspaceId, userId }) => ({ person: personKey(userId).PK, personKey: workspaceKey(workspaceId).PK }),
)
export const invitationCodec = codec<Invitation>(
  'invitation',
  ({ workspaceId, id }) => invitationKey(workspaceId, id),
  ({ expiresAt }) => ({ ttl: ttlOf(expiresAt) }),
)

const roleChange = ({ workspaceId, userId, role, updatedBy, version }: Member) =>
  [
    memberKey(workspaceId, userId),
    { set: { role, updatedBy, version } },
    { equals: { version: version - 1 } },
  ] as const

export const workspaceStore = (table: Table): Workspaces => ({
  workspace: async (workspaceId: string) => {
    const item = await table.get(workspaceKey(workspaceId))
    return item && workspaceCodec.decode(item)
  },
  member: async (workspaceId: string, userId: string) => {
    const item = await table.get(memberKey(workspaceId, userId))
    return item && memberCodec.decode(item)
  },
  invitation: async (workspaceId: string, id: string) => {
    const item = await table.get(invitationKey(workspaceId, id))
    return item && invitationCodec.decode(item)
  },
  /** A page of members in the order of their ids, behind `after`. */
  members: async (workspaceId: string, limit: number, after?: string) => {
    const from = memberKey(workspaceId, after ?? '')
    const range = {
      pk: from.PK,
      prefix: memberKey(workspaceId, '').SK,
      ...(after !== undefined && { after: from.SK }),
      limit,
    }
    return sliceOf(table, range, memberCodec.decode)
  },
  /** A page of somebody's memberships in the order of the workspaces, behind `after`. */
  memberships: async (userId: string, limit: number, after?: string) => {
    const range = {
      index: 'byPerson',
      pk: personKey(userId).PK,
      prefix: workspaceKey('').PK,
      ...(after !== undefined && { after: workspaceKey(after).PK }),
      limit,
    } as const
    return sliceOf(table, range, memberCodec.decode)
  },
  /** The workspace and its first owner, together or not at all. */
  found: (workspace, owner, mark) =>
    create(table, {
      writes: [
        { put: workspaceCodec.encode(workspace), condition: { absent: true } },
        { put: memberCodec.encode(owner), condition: { absent: true } },
      ],
      entity: workspace,
      userId: owner.userId,
      mark,
      now: workspace.createdAt,
    }),
  /** Sets what people edit, and nothing else: the count of owners has a life of its own. */
  editWorkspace: ({ id, name, zone, updatedAt, version }) =>
    written(
      table.update(
        workspaceKey(id),
        { set: { name, zone, updatedAt, version } },
        { equals: { version: version - 1 } },
      ),
      workspaceCodec.decode,
    ),
  setRole: (member) => written(table.update(...roleChange(member)), memberCodec.decode),
  setProjectRoles: ({ workspaceId, userId, projectRoles = {}, updatedBy, version }) =>
    written(
      table.update(
        memberKey(workspaceId, userId),
        { set: { projectRoles, updatedBy, version } },
        { equals: { version: version - 1 } },
      ),
      memberCodec.decode,
    ),
  /** A role change that makes or unmakes an owner: the count of owners must still be what the caller saw. */
  setOwner: (member, workspace, owners) => {
    const [update, change, condition] = roleChange(member)
    const seen = { equals: { owners: workspace.owners } }
    return transacted(
      () =>
        table.transact([
          { update, change, condition },
          { update: workspaceKey(workspace.id), change: { set: { owners } }, condition: seen },
        ]),
      memberCodec.decode,
    )
  },
  invite: (invitation, mark) =>
    create(table, {
      writes: [{ put: invitationCodec.encode(invitation), condition: { absent: true } }],
      entity: invitation,
      userId: invitation.invitedBy,
      mark,
      now: invitation.createdAt,
    }),
  /** Uses the invitation up and makes the member, together or not at all. */
  join: (accepted, member) =>
    transacted(
      () =>
        table.transact([
          { put: invitationCodec.encode(accepted), condition: { equals: { version: accepted.version - 1 } } },
          { put: memberCodec.encode(member), condition: { absent: true } },
        ]),
      invitationCodec.decode,
    ),
})
