import type { Created, Slice } from '../ports.ts'
import type { RequestMark } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Group, GroupDeletion, GroupMember, GroupNames } from './group.ts'

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
  remove(group: Group, names: GroupNames, deletion: GroupDeletion): Promise<boolean>
  place(workspaceId: string, groupId: string, userId: string): Promise<GroupMember | undefined>
  /** Who is in a group, in the order of their ids; a page behind `after`. Also of a group that is gone. */
  places(workspaceId: string, groupId: string, limit: number, after?: string): Promise<Slice<GroupMember>>
  /** @param attempt counts from 1: whoever loses often is answered after a while */
  enter(move: Entering, attempt: number): Promise<boolean>
  leave(move: Leaving, attempt: number): Promise<boolean>
}
