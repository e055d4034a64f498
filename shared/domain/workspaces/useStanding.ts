import { requireVersion } from '../edited.ts'
import { Failure } from '../failure.ts'
import type { AllStores } from '../ports.ts'
import type { Call, UseCase } from '../useCase.ts'
import {
  changeStanding,
  handedOver,
  look,
  namedBy,
  overtaken,
  ownersMove,
  requireOwner,
  type Seen,
  type StandingAsk,
  there,
} from './standing.ts'
import { answer } from './useMembers.ts'
import { departureOf, type Member } from './workspace.ts'

type StandingCase = UseCase<StandingAsk, AllStores, Seen, ReturnType<typeof answer>['body']>

export const suspendMember: StandingCase = {
  load: look,
  run: async (call, seen, stores) => {
    if (seen.target?.userId === call.ask.userId)
      throw new Failure('conflict', 'Nobody suspends themselves; leave, or ask another admin.')
    return answer(await changeStanding(call, seen, { state: 'suspended' }, stores))
  },
}

export const reinstateMember: StandingCase = {
  load: look,
  run: async (call, seen, stores) => answer(await changeStanding(call, seen, { state: 'active' }, stores)),
}

/** Takes somebody out of the workspace; everybody may take out themselves. What is theirs there stays as it is. */
export const removeMember: UseCase<StandingAsk, AllStores, Seen, undefined> = {
  load: look,
  about: (_seen, ask) => ({ owners: [namedBy(ask)] }),
  run: async ({ ask, member: caller }, seen, { workspaces }) => {
    const { target, workspace } = there(seen)
    requireVersion(target, ask.expected)
    requireOwner(caller, target, undefined)
    const departure = departureOf(target, { by: ask.userId, at: ask.now })
    const { won } = await workspaces.removeMember(target, departure, ownersMove(workspace, target, undefined))
    if (!won) throw overtaken()
    return { body: undefined }
  },
}

/** Whether the caller has handed the workspace to this member before: nobody else could have made them its owner. */
const isHandedOver = (target: Member | undefined, { userId }: StandingAsk): target is Member =>
  target?.role === 'owner' && target.userId !== userId && target.updatedBy === userId

const requireHeir = (heir: Member, caller: Member, expected: number | undefined): void => {
  const { userId, role, state } = heir
  if (caller.role !== 'owner') throw new Failure('forbidden', 'Only an owner hands the workspace over.')
  if (userId === caller.userId || role === 'owner') throw new Failure('conflict', 'They own it already.')
  if (state === 'suspended') throw new Failure('conflict', 'Reinstate them first.')
  requireVersion(heir, expected)
}

const handOver = async ({ ask, member: caller }: Call<StandingAsk>, target: Member, stores: AllStores) => {
  const { former, next } = handedOver(caller, target)
  const result = await stores.workspaces.transferOwnership(next, former)
  if (result.won) return next
  if (isHandedOver(result.present, ask)) return result.present
  throw overtaken()
}

/** The caller becomes an admin and the other one an owner, both or none: the number of owners stays. */
export const transferOwnership: StandingCase = {
  load: look,
  run: async (call, seen, stores) => {
    const { target } = there(seen)
    // The same request once more finds its caller an admin.
    if (call.member.role !== 'owner' && isHandedOver(target, call.ask)) return answer(target)
    requireHeir(target, call.member, call.ask.expected)
    return answer(await handOver(call, target, stores))
  },
}
