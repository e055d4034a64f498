import type { Member } from '../workspaces/workspace.ts'
import type { Group, GroupMember } from './group.ts'
import type { Entering, Leaving } from './ports.ts'

/** Who moves somebody, and when: RFC 3339. */
interface Mover {
  readonly userId: string
  readonly now: string
}

/** Whether a place in a group is of the member as they are now, and not of an earlier time in the workspace. */
export const isPresent = (place: GroupMember | undefined, member: Member | undefined): place is GroupMember =>
  place !== undefined && member !== undefined && place.joinedAt === member.joinedAt

const withCount = (group: Group, difference: 1 | -1, { userId, now }: Mover): Group => ({
  ...group,
  members: group.members + difference,
  updatedAt: now,
  updatedBy: userId,
  version: group.version + 1,
})

const withGroups = (member: Member, groupIds: readonly string[], { userId }: Mover): Member => ({
  ...member,
  groupIds,
  updatedBy: userId,
  version: member.version + 1,
})

export const entering = (group: Group, member: Member, mover: Mover): Entering => {
  const { workspaceId, userId, joinedAt, groupIds = [] } = member
  return {
    group: withCount(group, 1, mover),
    place: { workspaceId, groupId: group.id, userId, joinedAt, addedAt: mover.now, addedBy: mover.userId },
    member: withGroups(member, [...groupIds, group.id], mover),
  }
}

/**
 * @param from the group, unless it is gone, and whoever the member is by now: one who has come back to the workspace
 * since is in no group by that place, and stays as they are
 */
export const leaving = (
  place: GroupMember,
  { group, member }: { readonly group: Group | undefined; readonly member: Member | undefined },
  mover: Mover,
): Leaving => ({
  group: group && withCount(group, -1, mover),
  place,
  member:
    member !== undefined && isPresent(place, member)
      ? withGroups(
          member,
          (member.groupIds ?? []).filter((id) => id !== place.groupId),
          mover,
        )
      : undefined,
})
