import type { Role } from '../../api/actions.ts'
import { edit } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import type { Stores, Written } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Member, Workspace } from './workspace.ts'

interface MemberReply {
  userId: string
  name: string
  role: Role
  joinedAt: string
  version: number
}
const present = ({ userId, name, role, joinedAt, version }: Member): MemberReply => ({
  userId,
  name,
  role,
  joinedAt,
  version,
})

type ListAsk = Ask<{ workspaceId: string }, { limit: number }>
type Slice = Awaited<ReturnType<Stores['workspaces']['members']>>

export const listMembers: UseCase<ListAsk, Stores, Slice, { items: MemberReply[]; next?: string }> = {
  load: ({ params, query, position }, { workspaces }) =>
    workspaces.members(params.workspaceId, query.limit, position),
  run: async (_call, { items, more }) => ({
    body: { items: items.map(present) },
    nextPosition: more ? items.at(-1)?.userId : undefined,
  }),
}

type EditAsk = Ask<{ workspaceId: string; userId: string }, unknown, { role: Role }>
interface Loaded {
  readonly target: Member | undefined
  readonly workspace: Workspace | undefined
}

/** Owners are made and unmade by owners only, and one always stays. */
const ownersAfter = (workspace: Workspace, before: Role, after: Role, caller: Member): number => {
  if (caller.role !== 'owner') throw new Failure('forbidden', 'Only an owner makes or unmakes owners.')
  const owners = workspace.owners + (after === 'owner' ? 1 : 0) - (before === 'owner' ? 1 : 0)
  if (owners < 1) throw new Failure('conflict', 'The last owner of a workspace keeps the role.')
  return owners
}

export const editMember: UseCase<EditAsk, Stores, Loaded, MemberReply> = {
  load: async ({ params }, { workspaces }) => {
    const [target, workspace] = await Promise.all([
      workspaces.member(params.workspaceId, params.userId),
      workspaces.workspace(params.workspaceId),
    ])
    return { target, workspace }
  },
  run: async ({ ask, member: caller }, { target, workspace }, { workspaces }) => {
    if (target === undefined || workspace === undefined) throw notFound()
    const { role } = ask.body
    const decide = (now: Member): Member =>
      now.role === role ? now : { ...now, role, updatedBy: ask.userId, version: now.version + 1 }
    const write = async (next: Member): Promise<Written<Member>> => {
      if (target.role !== 'owner' && role !== 'owner') return workspaces.setRole(next)
      const owners = ownersAfter(workspace, target.role, role, caller)
      const result = await workspaces.setOwner(next, workspace, owners)
      // The member was as expected, so the count of owners was not: another owner was made or unmade just now.
      if (!result.won && result.present === undefined) {
        throw new Failure('conflict', 'Another owner was made or unmade just now; look again.')
      }
      return result
    }
    const edited = await edit(target, ask.expected ?? target.version, decide, write)
    return { body: present(edited), version: edited.version }
  },
}
