import { Failure } from '../failure.ts'
import type { Created, Slice } from '../ports.ts'
import type { RequestMark } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'

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

/** All names of groups in one item, so that no two are the same and there are never too many. */
export interface GroupNames {
  readonly workspaceId: string
  /** 0 before the first group. */
  readonly version: number
  /** As they are compared, not as they were written. */
  readonly names: readonly { readonly groupId: string; readonly name: string }[]
}

/** Somebody who comes into a group, with the group and the member as they are afterwards. */
export interface Entering {
  readonly group: Group
  readonly place: GroupMember
  readonly member: Member
}

/** Somebody who goes. */
export interface Leaving {
  /** Absent where the group itself is gone. */
  readonly group: Group | undefined
  readonly place: GroupMember
  /** Absent where the member is gone, or has come back since. */
  readonly member: Member | undefined
}

/** What writes: each loses to any change of what it was made from. */
export interface Groups {
  /** In whatever order; a page behind `after`. */
  groups(workspaceId: string, limit: number, after?: string): Promise<Slice<Group>>
  names(workspaceId: string): Promise<GroupNames>
  /** A creation that ran before under this key. */
  ran(userId: string, key: string): Promise<{ payload: string; entity: Group } | undefined>
  add(group: Group, names: GroupNames, mark: RequestMark | null): Promise<Created<Group>>
  rename(group: Group, names: GroupNames): Promise<boolean>
  remove(group: Group, names: GroupNames): Promise<boolean>
  place(workspaceId: string, groupId: string, userId: string): Promise<GroupMember | undefined>
  /** Who is in a group, in the order of their ids; a page behind `after`. Also of a group that is gone. */
  places(workspaceId: string, groupId: string, limit: number, after?: string): Promise<Slice<GroupMember>>
  /** @param attempt counts from 1: whoever loses often is answered after a while */
  enter(move: Entering, attempt: number): Promise<boolean>
  leave(move: Leaving, attempt: number): Promise<boolean>
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
