import { Failure } from '../failure.ts'

/** People of a workspace under one name, to whom work is given together. */
export interface Group {
  readonly id: string
  readonly workspaceId: string
  readonly name: string
  /** How many people are in it; changes together with who is. */
  readonly members: number
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly version: number
}

/** Somebody in a group. Stands also in `groupIds` of the member: always both. */
export interface GroupMember {
  readonly workspaceId: string
  readonly groupId: string
  readonly userId: string
  /** When they became a member of the workspace: who leaves and comes back is not in their groups again. */
  readonly joinedAt: string
  readonly addedAt: string
  readonly addedBy: string
}

/** That a group was deleted, by whom and when. Kept for as long as records are consumed. */
export interface GroupDeletion extends Pick<Group, 'workspaceId' | 'name'> {
  readonly groupId: string
  readonly by: string
  readonly at: string
}

export const deletionOf = (
  { workspaceId, id, name }: Group,
  { by, at }: Pick<GroupDeletion, 'by' | 'at'>,
): GroupDeletion => ({ workspaceId, groupId: id, name, by, at })

/** All names of groups in one item, so that no two are the same and there are never too many. */
export interface GroupNames {
  readonly workspaceId: string
  /** 0 before the first group. */
  readonly version: number
  /** As they are compared, not as they were written. */
  readonly names: readonly { readonly groupId: string; readonly name: string }[]
}

/** Groups of a workspace, people in one, and groups of one person, at most. */
export const limits = { groups: 100, members: 500, perPerson: 50 } as const

/**
 * A name as it is compared: letters that differ in case or in how they are composed (Unicode NFC), and the width of
 * spaces, tell no groups apart. Upper case first, so that ß and SS, ς and σ fold alike.
 */
export const folded = (name: string): string =>
  name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC').replace(/\s+/g, ' ')

/**
 * The names once a group has this one.
 * @throws Failure `conflict` when another group has it, or there are as many as may be
 */
export const withName = (present: GroupNames, groupId: string, name: string): GroupNames => {
  const others = present.names.filter((one) => one.groupId !== groupId)
  const wanted = folded(name)
  if (others.some((one) => one.name === wanted))
    throw new Failure('conflict', 'Another group of this workspace has this name.', {
      errors: [{ pointer: '/name', detail: 'must be a name that no other group has' }],
    })
  if (others.length >= limits.groups)
    throw new Failure('conflict', `A workspace has at most ${limits.groups} groups: delete one first.`)
  return { ...present, version: present.version + 1, names: [...others, { groupId, name: wanted }] }
}

export const withoutName = (present: GroupNames, groupId: string): GroupNames => ({
  ...present,
  version: present.version + 1,
  names: present.names.filter((one) => one.groupId !== groupId),
})
