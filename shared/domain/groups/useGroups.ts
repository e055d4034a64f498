import type { GroupReply } from '../../api/schemas/groups.ts'
import { allowedOn } from '../access/target.ts'
import { made, requireVersion } from '../edited.ts'
import { existing, Failure } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Workspaces } from '../ports.ts'
import type { Ask, Outcome, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { deletionOf, type Group, type GroupNames, withName, withoutName } from './group.ts'
import type { Groups } from './ports.ts'

/** What the routes of groups work with. */
export interface GroupWorld {
  readonly groups: Groups
  readonly workspaces: Workspaces
}

const present = (group: Group, member: Member): GroupReply => ({
  id: group.id,
  workspaceId: group.workspaceId,
  name: group.name,
  members: group.members,
  createdAt: group.createdAt,
  createdBy: group.createdBy,
  updatedAt: group.updatedAt,
  version: group.version,
  allowedActions: allowedOn(member, 'group', {}),
})
/** A group as the answer to a request. */
const answer = (group: Group, member: Member): Outcome<GroupReply> => ({
  body: present(group, member),
  version: group.version,
})

const attempts = 20
const busy = () => new Failure('unavailable', 'Too many others are changing groups at the same time.')

type CreateAsk = Ask<{ workspaceId: string }, unknown, { name: string }>
type Ran = Awaited<ReturnType<Groups['ran']>>
interface CreateLoaded {
  readonly names: GroupNames
  readonly ran: Ran
}

const ranBefore = async ({ mark, userId }: CreateAsk, groups: Groups): Promise<Ran> =>
  mark === null ? undefined : groups.ran(userId, mark.key)

const draft = ({ params: { workspaceId }, body: { name }, now, userId }: CreateAsk): Group => ({
  id: makeId('group', Date.parse(now), randomSeed()),
  workspaceId,
  name,
  members: 0,
  createdAt: now,
  createdBy: userId,
  updatedAt: now,
  updatedBy: userId,
  version: 1,
})

/** The new group, or the one that an earlier run of the request made. */
const added = async (ask: CreateAsk, loaded: CreateLoaded, groups: Groups): Promise<Group> => {
  const group = draft(ask)
  let { names, ran } = loaded
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (ran !== undefined) return made({ won: false, ran }, group, ask.mark, busy)
    const result = await groups.add(group, withName(names, group.id, group.name), ask.mark)
    if (result.won) return group
    ;[names, ran] = await Promise.all([groups.names(group.workspaceId), ranBefore(ask, groups)])
  }
  throw busy()
}

export const createGroup: UseCase<CreateAsk, GroupWorld, CreateLoaded, GroupReply> = {
  load: async (ask, { groups }) => {
    const [names, ran] = await Promise.all([groups.names(ask.params.workspaceId), ranBefore(ask, groups)])
    return { names, ran }
  },
  run: async ({ ask, member }, loaded, { groups }) => {
    const group = await added(ask, loaded, groups)
    return {
      ...answer(group, member),
      location: `/v1/workspaces/${group.workspaceId}/groups/${group.id}`,
    }
  },
}

type ListAsk = Ask<{ workspaceId: string }, { limit: number }>
type Slice = Awaited<ReturnType<Groups['groups']>>

export const listGroups: UseCase<ListAsk, GroupWorld, Slice, { items: GroupReply[]; next?: string }> = {
  load: ({ params, query, position }, { groups }) => groups.groups(params.workspaceId, query.limit, position),
  run: async ({ member }, { items, more }) => ({
    body: { items: items.map((group) => present(group, member)) },
    nextPosition: more ? items.at(-1)?.id : undefined,
  }),
}

type GroupAsk<Body = unknown> = Ask<{ workspaceId: string; groupId: string }, unknown, Body>

export const getGroup: UseCase<GroupAsk, GroupWorld, Group | undefined, GroupReply> = {
  load: ({ params }, { workspaces }) => workspaces.group(params.workspaceId, params.groupId),
  run: async ({ member }, group) => answer(existing(group), member),
}

interface Seen {
  readonly group: Group | undefined
  readonly names: GroupNames
}

const look = async ({ params }: GroupAsk, { workspaces, groups }: GroupWorld): Promise<Seen> => {
  const { workspaceId, groupId } = params
  const [group, names] = await Promise.all([
    workspaces.group(workspaceId, groupId),
    groups.names(workspaceId),
  ])
  return { group, names }
}

/** Writes a group together with the names, again from the present state whenever another write came first. */
const settle = async (
  ask: GroupAsk,
  loaded: Seen,
  write: (group: Group, names: GroupNames) => Promise<Group | undefined>,
  world: GroupWorld,
): Promise<Group> => {
  let seen = loaded
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const group = existing(seen.group)
    requireVersion(group, ask.expected)
    const written = await write(group, seen.names)
    if (written !== undefined) return written
    seen = await look(ask, world)
  }
  throw busy()
}

export const editGroup: UseCase<GroupAsk<{ name?: string | undefined }>, GroupWorld, Seen, GroupReply> = {
  load: look,
  run: async ({ ask, member }, seen, world) => {
    const { body, now, userId } = ask
    const rename = async (group: Group, names: GroupNames) => {
      const { name = group.name } = body
      if (name === group.name) return group
      const next = { ...group, name, updatedAt: now, updatedBy: userId, version: group.version + 1 }
      const isWritten = await world.groups.rename(next, withName(names, group.id, name))
      return isWritten ? next : undefined
    }
    return answer(await settle(ask, seen, rename, world), member)
  },
}

/** Takes a group away. Tasks keep its id, which from then on stands for nobody. */
export const deleteGroup: UseCase<GroupAsk, GroupWorld, Seen, undefined> = {
  load: look,
  run: async ({ ask }, seen, world) => {
    const remove = async (group: Group, names: GroupNames) => {
      const deletion = deletionOf(group, { by: ask.userId, at: ask.now })
      return (await world.groups.remove(group, withoutName(names, group.id), deletion)) ? group : undefined
    }
    await settle(ask, seen, remove, world)
    return { body: undefined }
  },
}
