import type { Group } from '../../domain/groups/group.ts'
import type { Workspaces, WorkspacesByKey } from '../../domain/ports.ts'
import { isActive, type Member, type Workspace } from '../../domain/workspaces/workspace.ts'
import { codec } from '../codec.ts'
import { groupKey, memberKey, personKey, workspaceKey } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'

export const workspaceCodec = codec<Workspace>('workspace', ({ id }) => workspaceKey(id))
export const memberCodec = codec<Member>(
  'member',
  ({ workspaceId, userId }) => memberKey(workspaceId, userId),
  ({ workspaceId, userId }) => ({ person: personKey(userId).PK, personKey: workspaceKey(workspaceId).PK }),
)
export const groupCodec = codec<Group>('group', ({ workspaceId, id }) => groupKey(workspaceId, id))

/** For those who need nothing else of `Workspaces`: its invitations cost a function their bytes. */
export const memberInAnyState =
  (table: Table): Workspaces['memberInAnyState'] =>
  async (workspaceId, userId) => {
    const item = await table.get(memberKey(workspaceId, userId))
    return item && memberCodec.decode(item)
  }

export const workspacesByKey = (table: Table): WorkspacesByKey => ({
  workspace: async (workspaceId: string) => {
    const item = await table.get(workspaceKey(workspaceId))
    return item && workspaceCodec.decode(item)
  },
  member: async (workspaceId: string, userId: string) => {
    const member = await memberInAnyState(table)(workspaceId, userId)
    return member && isActive(member) ? member : undefined
  },
  group: async (workspaceId: string, groupId: string) => {
    const item = await table.get(groupKey(workspaceId, groupId))
    return item && groupCodec.decode(item)
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
})
