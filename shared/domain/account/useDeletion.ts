import type * as z from 'zod/mini'
import type { accountDeletion } from '../../api/schemas/privacy.ts'
import { Failure } from '../failure.ts'
import type { Workspaces } from '../ports.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import { isActiveOwner, type Member, type Workspace } from '../workspaces/workspace.ts'
import { type MfaWorld, proven } from './authenticate.ts'
import type { Deletions, GivenUp } from './deletionPorts.ts'
import { membershipsOf } from './memberships.ts'

type DeleteAsk = Ask<unknown, unknown, z.infer<typeof accountDeletion>>
type World = MfaWorld & {
  readonly workspaces: Workspaces
  readonly deletions: Deletions
}

/** Each takes three of the hundred writes of one transaction. */
const mostOwned = 30
const attempts = 5

interface Owned {
  readonly member: Member
  readonly workspace: Workspace
}

/** Ownerships that count, as they are right now. */
const ownedAmong = async (memberships: readonly Member[], workspaces: Workspaces): Promise<Owned[]> => {
  const owners = memberships.filter(({ role }) => role === 'owner')
  if (owners.length > mostOwned)
    throw new Failure('conflict', `You own more than ${mostOwned} workspaces: leave or hand over some first.`)
  const found = await Promise.all(
    owners.map(async ({ workspaceId, userId }) => {
      const [member, workspace] = await Promise.all([
        workspaces.member(workspaceId, userId),
        workspaces.workspace(workspaceId),
      ])
      return isActiveOwner(member) && workspace ? [{ member, workspace }] : []
    }),
  )
  return found.flat()
}

/** @throws Failure `conflict`, which names the workspaces that would be left without an owner */
const requireOtherOwners = (owned: readonly Owned[]): void => {
  const left = owned.filter(({ workspace }) => workspace.owners < 2).map(({ workspace }) => workspace)
  if (left.length === 0) return
  throw new Failure('conflict', 'You are the last active owner of these workspaces: hand them over first.', {
    extra: { workspaces: left.map(({ id, name }) => ({ id, name })) },
  })
}

const givenUp = ({ member, workspace }: Owned): GivenUp => ({
  member,
  move: { workspace, owners: workspace.owners - 1 },
})

/** Judges by what is read anew whenever owners have changed in between. */
const close = async ({ ask }: Call<DeleteAsk>, loaded: readonly Member[], world: World): Promise<void> => {
  const { workspaces, deletions } = world
  let memberships = loaded
  for (let attempt = 0; attempt < attempts; attempt++) {
    const owned = await ownedAmong(memberships, workspaces)
    requireOtherOwners(owned)
    const closed = await deletions.close(ask.userId, owned.map(givenUp), ask.now)
    if (closed.won) return
    // The same request was faster, and whoever asks now has no session any more.
    if (closed.present !== undefined) throw new Failure('unauthenticated')
    memberships = await membershipsOf(ask.userId, workspaces)
  }
  throw new Failure('unavailable', 'Owners of your workspaces are changing at the same time.')
}

/**
 * Gives the account up: from the one write on, nothing of it lives. The stream hands what is left to do to a worker.
 * Who asks proves themselves as for a sign-in, by a second factor too where one is on.
 */
export const deleteMe: UseCase<DeleteAsk, World, Member[], undefined> = {
  load: ({ userId }, { workspaces }) => membershipsOf(userId, workspaces),
  run: async (call, memberships, world) => {
    const { confirm: _, ...proof } = call.ask.body
    // Before the proof as well: it may use up a recovery code, and a refusal writes nothing.
    requireOtherOwners(await ownedAmong(memberships, world.workspaces))
    await proven(call.person, proof, call.ask.now, world, () => close(call, memberships, world))
    return { body: undefined, cookie: null }
  },
}
