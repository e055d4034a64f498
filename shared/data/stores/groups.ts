import type { Group, GroupDeletion, GroupMember, GroupNames } from '../../domain/groups/group.ts'
import type { Groups } from '../../domain/groups/ports.ts'
import { daysAfter } from '../../domain/time/daysAfter.ts'
import type { Member } from '../../domain/workspaces/workspace.ts'
import { codec, transacted, ttlOf } from '../codec.ts'
import { create, ranBefore } from '../creation.ts'
import { groupDeletionKey, groupKey, groupMemberKey, groupNamesKey, memberKey } from '../keys.ts'
import { beforeAttempt } from '../patience.ts'
import { sliceOf } from '../slice.ts'
import type { Table, Write } from '../tablePort.ts'
import { seenAs } from './workspaces.ts'
import { groupCodec } from './workspacesByKey.ts'

const namesCodec = codec<GroupNames>('groupNames', ({ workspaceId }) => groupNamesKey(workspaceId))
const placeCodec = codec<GroupMember>('groupMember', ({ workspaceId, groupId, userId }) =>
  groupMemberKey(workspaceId, groupId, userId),
)

/** How long a deletion is kept: longer than any record of the stream waits to be consumed. */
const deletionDays = 30
export const groupDeletionCodec = codec<GroupDeletion>(
  'groupDeletion',
  ({ workspaceId, groupId }) => groupDeletionKey(workspaceId, groupId),
  ({ at }) => ({ ttl: ttlOf(daysAfter(at, deletionDays)) }),
)

const was = (version: number) => ({ equals: { version: version - 1 } })

const putNames = (names: GroupNames): Write => ({
  put: namesCodec.encode(names),
  condition: names.version === 1 ? { absent: true } : was(names.version),
})

const putGroup = (group: Group): Write => ({ put: groupCodec.encode(group), condition: was(group.version) })

/** Sets the groups of a member and nothing else: role, state and name have writers of their own. */
const setGroups = (member: Member): Write => {
  const { workspaceId, userId, groupIds = [], updatedBy, version } = member
  return {
    update: memberKey(workspaceId, userId),
    change: { set: { groupIds, updatedBy, version } },
    condition: seenAs(member, version - 1),
  }
}

const dropPlace = ({ workspaceId, groupId, userId, joinedAt }: GroupMember): Write => ({
  delete: groupMemberKey(workspaceId, groupId, userId),
  condition: { equals: { joinedAt } },
})

export const groupStore = (table: Table): Groups => {
  const all = async (writes: readonly Write[], attempt = 1): Promise<boolean> => {
    const { won } = await transacted(
      () => table.transact(writes),
      (item) => item,
    )
    // So many want this group that most of them lose each time: they spread out.
    if (!won) await beforeAttempt(attempt)
    return won
  }
  return {
    groups: async (workspaceId, limit, after) => {
      const { PK, SK } = groupKey(workspaceId, after ?? '')
      const prefix = groupKey(workspaceId, '').SK
      const range = { pk: PK, prefix, ...(after !== undefined && { after: SK }), limit }
      return sliceOf(table, range, groupCodec.decode)
    },
    names: async (workspaceId) => {
      const item = await table.get(groupNamesKey(workspaceId))
      return item === undefined ? { workspaceId, version: 0, names: [] } : namesCodec.decode(item)
    },
    ran: (userId, key) => ranBefore<Group>(table, userId, key),
    add: (group, names, mark) =>
      create(table, {
        writes: [{ put: groupCodec.encode(group), condition: { absent: true } }, putNames(names)],
        entity: group,
        userId: group.createdBy,
        mark,
        now: group.createdAt,
      }),
    rename: (group, names) => all([putGroup(group), putNames(names)]),
    remove: ({ workspaceId, id, version }, names, deletion) =>
      all([
        { delete: groupKey(workspaceId, id), condition: { equals: { version } } },
        putNames(names),
        // Who did that: of a deletion the stream shows only what there was.
        { put: groupDeletionCodec.encode(deletion) },
      ]),
    place: async (workspaceId, groupId, userId) => {
      const item = await table.get(groupMemberKey(workspaceId, groupId, userId))
      return item && placeCodec.decode(item)
    },
    places: async (workspaceId, groupId, limit, after) => {
      const { PK, SK } = groupMemberKey(workspaceId, groupId, after ?? '')
      const prefix = groupMemberKey(workspaceId, groupId, '').SK
      const range = { pk: PK, prefix, ...(after !== undefined && { after: SK }), limit }
      return sliceOf(table, range, placeCodec.decode)
    },
    enter: ({ group, place, member }, attempt) =>
      all(
        [{ put: placeCodec.encode(place), condition: { absent: true } }, putGroup(group), setGroups(member)],
        attempt,
      ),
    leave: ({ group, place, member }, attempt) =>
      all(
        [dropPlace(place), ...(group ? [putGroup(group)] : []), ...(member ? [setGroups(member)] : [])],
        attempt,
      ),
  }
}
