import type { GroupMemberReply } from '../../api/schemas/groups.ts'
import { existing, Failure, notFound } from '../failure.ts'
import type { Slice } from '../ports.ts'
import type { Ask, Outcome, UseCase } from '../useCase.ts'
import { isActive, type Member } from '../workspaces/workspace.ts'
import { type Group, type GroupMember, limits } from './group.ts'
import { entering, isPresent, leaving } from './moves.ts'
import type { GroupWorld } from './useGroups.ts'

interface GroupParams {
  readonly workspaceId: string
  readonly groupId: string
}
type ListAsk = Ask<GroupParams, { limit: number }>
interface Listed {
  readonly group: Group | undefined
  readonly places: Slice<GroupMember>
}

const present = ({ addedAt, addedBy }: GroupMember, { userId, name }: Member): GroupMemberReply => ({
  userId,
  name,
  addedAt,
  addedBy,
})

/** The active members in a group. Others are left out of a page after it was read. */
export const listGroupMembers: UseCase<
  ListAsk,
  GroupWorld,
  Listed,
  { items: GroupMemberReply[]; next?: string }
> = {
  load: async ({ params: { workspaceId, groupId }, query, position }, { workspaces, groups }) => {
    const [group, places] = await Promise.all([
      workspaces.group(workspaceId, groupId),
      groups.places(workspaceId, groupId, query.limit, position),
    ])
    return { group, places }
  },
  run: async ({ ask }, { group, places: { items, more } }, { workspaces }) => {
    existing(group)
    const members = await Promise.all(
      items.map(({ userId }) => workspaces.member(ask.params.workspaceId, userId)),
    )
    const shown = items.flatMap((place, index) => {
      const member = members[index]
      return member !== undefined && isPresent(place, member) ? present(place, member) : []
    })
    return { body: { items: shown }, nextPosition: more ? items.at(-1)?.userId : undefined }
  },
}

type MemberAsk = Ask<GroupParams & { readonly userId: string }>
interface Seen {
  readonly group: Group | undefined
  readonly member: Member | undefined
  readonly place: GroupMember | undefined
}

const look = async ({ params }: MemberAsk, { workspaces, groups }: GroupWorld): Promise<Seen> => {
  const { workspaceId, groupId, userId } = params
  const [group, member, place] = await Promise.all([
    workspaces.group(workspaceId, groupId),
    workspaces.memberInAnyState(workspaceId, userId),
    groups.place(workspaceId, groupId, userId),
  ])
  return { group, member, place }
}

const attempts = 30

/** Runs one attempt after the other, each from the present state, until one has its answer. */
const settle = async <Answer>(
  ask: MemberAsk,
  loaded: Seen,
  attempt: (seen: Seen, nth: number) => Promise<Answer | undefined>,
  world: GroupWorld,
): Promise<Answer> => {
  let seen = loaded
  for (let nth = 1; nth <= attempts; nth++) {
    const answer = await attempt(seen, nth)
    if (answer !== undefined) return answer
    seen = await look(ask, world)
  }
  throw new Failure('unavailable', 'Too many others are changing this group at the same time.')
}

const requireRoom = (group: Group, { groupIds = [] }: Member): void => {
  if (group.members >= limits.members)
    throw new Failure('conflict', `A group has at most ${limits.members} members: take one out first.`)
  if (groupIds.length >= limits.perPerson)
    throw new Failure('conflict', `A person is in at most ${limits.perPerson} groups: take them out of one.`)
}

/** Puts an active member into a group; who is in it already stays so. */
export const addGroupMember: UseCase<MemberAsk, GroupWorld, Seen, GroupMemberReply> = {
  load: look,
  run: async ({ ask }, loaded, world) => {
    const add = async (seen: Seen, nth: number): Promise<Outcome<GroupMemberReply> | undefined> => {
      const group = existing(seen.group)
      const { member, place } = seen
      if (member === undefined || !isActive(member)) throw notFound()
      if (isPresent(place, member)) return { body: present(place, member) }
      if (place !== undefined) {
        // Of an earlier time in the workspace: the stream consumer is about to drop it.
        await world.groups.leave(leaving(place, { group, member: undefined }, ask), nth)
        return undefined
      }
      requireRoom(group, member)
      const move = entering(group, member, ask)
      return (await world.groups.enter(move, nth)) ? { body: present(move.place, member) } : undefined
    }
    return settle(ask, loaded, add, world)
  },
}

/** Takes somebody out of a group; who is not in it stays so. */
export const removeGroupMember: UseCase<MemberAsk, GroupWorld, Seen, undefined> = {
  load: look,
  run: async ({ ask }, loaded, world) => {
    const remove = async ({ group, member, place }: Seen, nth: number) => {
      const left = { body: undefined }
      const there = existing(group)
      if (place === undefined) return left
      return (await world.groups.leave(leaving(place, { group: there, member }, ask), nth)) ? left : undefined
    }
    return settle(ask, loaded, remove, world)
  },
}
