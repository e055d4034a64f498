import type * as z from 'zod/mini'
import type { Role } from '../../api/actions.ts'
import type { member as memberSchema } from '../../api/schemas/people.ts'
import { mayDo } from '../access/permissions.ts'
import type { AllStores } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { changeStanding, look, type Seen, type StandingAsk } from './standing.ts'
import { isActive, type Member } from './workspace.ts'

type MemberReply = z.infer<typeof memberSchema>

const present = ({ userId, name, role, state = 'active', joinedAt, version }: Member): MemberReply => ({
  userId,
  name,
  role,
  state,
  joinedAt,
  version,
})
/** A member as the answer to a request. */
export const answer = (member: Member) => ({ body: present(member), version: member.version })

type ListAsk = Ask<{ workspaceId: string }, { limit: number }>
type Slice = Awaited<ReturnType<AllStores['workspaces']['members']>>

/** Those who are suspended are shown to whoever may change that. */
export const listMembers: UseCase<ListAsk, AllStores, Slice, { items: MemberReply[]; next?: string }> = {
  load: ({ params, query, position }, { workspaces }) =>
    workspaces.members(params.workspaceId, query.limit, position),
  run: async ({ member }, { items, more }) => {
    const isShown = mayDo(member.role, 'member.suspend', false) ? () => true : isActive
    return {
      body: { items: items.filter(isShown).map(present) },
      nextPosition: more ? items.at(-1)?.userId : undefined,
    }
  },
}

export const editMember: UseCase<StandingAsk<{ role: Role }>, AllStores, Seen, MemberReply> = {
  load: look,
  run: async (call, seen, stores) => answer(await changeStanding(call, seen, call.ask.body, stores)),
}
