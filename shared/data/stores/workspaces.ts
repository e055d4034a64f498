import type { Invitation, Member, Workspace } from '../../domain/workspaces/workspace.ts'
import { codec, ttlOf } from '../codec.ts'
import { invitationKey, memberKey, personKey, workspaceKey } from '../keys.ts'
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

export const workspaceStore = (table: Table) => ({
  workspace: async (workspaceId: string): Promise<Workspace | undefined> => {
    const item = await table.get(workspaceKey(workspaceId))
    return item && workspaceCodec.decode(item)
  },
  member: async (workspaceId: string, userId: string): Promise<Member | undefined> => {
    const item = await table.get(memberKey(workspaceId, userId))
    return item && memberCodec.decode(item)
  },
  invitation: async (workspaceId: string, id: string): Promise<Invitation | undefined> => {
    const item = await table.get(invitationKey(workspaceId, id))
    return item && invitationCodec.decode(item)
  },
  /** A page of members in the order of their ids, behind `after`. */
  members: async (workspaceId: string, limit: number, after?: string) => {
    const from = memberKey(workspaceId, after ?? '')
    const { items, more } = await table.query({
      pk: from.PK,
      prefix: memberKey(workspaceId, '').SK,
      ...(after !== undefined && { after: from.SK }),
      limit,
    })
    return { items: items.map(memberCodec.decode), more }
  },
  /** A page of somebody's memberships in the order of the workspaces, behind `after`. */
  memberships: async (userId: string, limit: number, after?: string) => {
    const { items, more } = await table.query({
      index: 'byPerson',
      pk: personKey(userId).PK,
      prefix: workspaceKey('').PK,
      ...(after !== undefined && { after: workspaceKey(after).PK }),
      limit,
    })
    return { items: items.map(memberCodec.decode), more }
  },
  /** The workspace and its first owner, together or not at all. */
  found: (workspace: Workspace, owner: Member) =>
    table.transact([
      { put: workspaceCodec.encode(workspace), condition: { absent: true } },
      { put: memberCodec.encode(owner), condition: { absent: true } },
    ]),
  replaceWorkspace: (workspace: Workspace) =>
    table.put(workspaceCodec.encode(workspace), { equals: { version: workspace.version - 1 } }),
  replaceMember: (member: Member) => table.put(memberCodec.encode(member), { equals: { version: member.version - 1 } }),
  /** A role change that makes or unmakes an owner: the count of owners must still be what the caller saw. */
  replaceOwner: (member: Member, workspace: Workspace, owners: number) =>
    table.transact([
      { put: memberCodec.encode(member), condition: { equals: { version: member.version - 1 } } },
      {
        update: workspaceKey(workspace.id),
        change: { set: { owners } },
        condition: { equals: { owners: workspace.owners } },
      },
    ]),
  invite: (invitation: Invitation) => table.put(invitationCodec.encode(invitation), { absent: true }),
  /** Uses the invitation up and makes the member, together or not at all. */
  join: (accepted: Invitation, member: Member) =>
    table.transact([
      { put: invitationCodec.encode(accepted), condition: { equals: { version: accepted.version - 1 } } },
      { put: memberCodec.encode(member), condition: { absent: true } },
    ]),
})
export type WorkspaceStore = ReturnType<typeof workspaceStore>
