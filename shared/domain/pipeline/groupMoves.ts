import type { GroupDeletion, GroupMember } from '../groups/group.ts'
import { leaving } from '../groups/moves.ts'
import type { Groups } from '../groups/ports.ts'
import type { AllStores } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Change } from './record.ts'

/** People taken out at once. They meet in no item, since that of the group is gone. */
const width = 50
const attempts = 30

interface World {
  readonly stores: Pick<AllStores, 'workspaces'>
  readonly groups: Groups
}

/** Takes somebody out of a group, from whatever the group and the member are by now. */
const takeOut = async (seen: GroupMember, mover: { userId: string; now: string }, world: World) => {
  const { workspaceId, groupId, userId } = seen
  const { workspaces } = world.stores
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const [group, member, place] = await Promise.all([
      workspaces.group(workspaceId, groupId),
      workspaces.memberInAnyState(workspaceId, userId),
      world.groups.place(workspaceId, groupId, userId),
    ])
    // Somebody who has come back since is there by another place.
    if (place?.joinedAt !== seen.joinedAt) return
    if (await world.groups.leave(leaving(place, { group, member }, mover), attempt)) return
  }
  throw new Error('a group stayed contested')
}

/** Whoever has left the workspace is in no group of it. */
export const leaveGroups = async (
  { workspaceId, userId, joinedAt, groupIds = [] }: Member,
  now: string,
  world: World,
): Promise<void> => {
  for (const groupId of groupIds) {
    const place = await world.groups.place(workspaceId, groupId, userId)
    if (place?.joinedAt === joinedAt) await takeOut(place, { userId, now }, world)
  }
}

/** Nobody is in a group that is gone. Cut off anywhere, it goes on with whoever is left. */
export const followDeletion = async ({ after }: Change<GroupDeletion>, world: World): Promise<void> => {
  if (after === undefined) return
  const { workspaceId, groupId, by, at } = after
  for (;;) {
    // What has been taken out is not there any more: the first page is always the next one.
    const { items } = await world.groups.places(workspaceId, groupId, width)
    if (items.length === 0) return
    await Promise.all(items.map((place) => takeOut(place, { userId: by, now: at }, world)))
  }
}
