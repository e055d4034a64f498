import type { Record } from '../pipeline/record.ts'
import type { Workspaces } from '../ports.ts'
import type { LeftPreferences, Preferences } from './preferences.ts'

interface World {
  readonly stores: { readonly workspaces: Pick<Workspaces, 'memberInAnyState'> }
  readonly preferences: LeftPreferences
}

/** Drops what somebody chose who is there no more; of somebody who has come back, what they chose before. */
const dropLeft = async (
  { workspaceId, userId }: Pick<Preferences, 'workspaceId' | 'userId'>,
  { stores, preferences }: World,
): Promise<void> => {
  for (;;) {
    // First the choice: what somebody chooses who comes back in between is a later version.
    const present = await preferences.preferences(workspaceId, userId)
    if (present === undefined) return
    const member = await stores.workspaces.memberInAnyState(workspaceId, userId)
    if (member !== undefined && present.updatedAt >= member.joinedAt) return
    if ((await preferences.drop(present)).won) return
  }
}

/**
 * Preferences go with whoever leaves the workspace; who is suspended may come back to theirs. A choice that was under
 * way while the person left has a record of its own, and goes by that.
 */
export const followPreferences = async (records: readonly Record[], world: World): Promise<void> => {
  for (const record of records) {
    if (record.kind === 'member' && record.before !== undefined && record.after === undefined)
      await dropLeft(record.before, world)
    if (record.kind === 'preferences' && record.after !== undefined) await dropLeft(record.after, world)
  }
}
