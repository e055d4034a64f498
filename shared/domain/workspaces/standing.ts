import { differs, edit } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import type { AllStores, OwnersMove, Written } from '../ports.ts'
import type { Ask, Call } from '../useCase.ts'
import { isActiveOwner, type Member, type Workspace } from './workspace.ts'

export type StandingAsk<Body = unknown> = Ask<{ workspaceId: string; userId: string }, unknown, Body>

export interface Seen {
  readonly target: Member | undefined
  readonly workspace: Workspace | undefined
}

/** Whom a path names: `@me` is the caller. */
export const namedBy = ({ params, userId }: StandingAsk): string =>
  params.userId === '@me' ? userId : params.userId

/** The member whom a path names, in whatever state, and the workspace, which counts its owners. */
export const look = async (ask: StandingAsk, { workspaces }: AllStores): Promise<Seen> => {
  const { workspaceId } = ask.params
  const [target, workspace] = await Promise.all([
    workspaces.memberInAnyState(workspaceId, namedBy(ask)),
    workspaces.workspace(workspaceId),
  ])
  return { target, workspace }
}

export const there = ({ target, workspace }: Seen): { target: Member; workspace: Workspace } => {
  if (target === undefined || workspace === undefined) throw notFound()
  return { target, workspace }
}

/** @throws Failure `forbidden` when somebody else would make, unmake, suspend or remove an owner */
export const requireOwner = (caller: Member, before: Member, after: Member | undefined): void => {
  const isAboutOwner = before.role === 'owner' || after?.role === 'owner'
  if (isAboutOwner && caller.role !== 'owner')
    throw new Failure('forbidden', 'Only an owner makes, unmakes, suspends or removes owners.')
}

/**
 * How the number of active owners goes along with a change; `undefined` where it stays.
 * @throws Failure `conflict` when none would be left
 */
export const ownersMove = (
  workspace: Workspace,
  before: Member,
  after: Member | undefined,
): OwnersMove | undefined => {
  const difference = Number(isActiveOwner(after)) - Number(isActiveOwner(before))
  if (difference === 0) return undefined
  const owners = workspace.owners + difference
  if (owners < 1) throw new Failure('conflict', 'The last active owner of a workspace stays one.')
  return { workspace, owners }
}

/** An owner who hands the workspace over, as an admin, and the heir as an owner. */
export const handedOver = (owner: Member, heir: Member): { former: Member; next: Member } => {
  const updatedBy = owner.userId
  return {
    former: { ...owner, role: 'admin', handedOverBy: null, updatedBy, version: owner.version + 1 },
    next: { ...heir, role: 'owner', handedOverBy: updatedBy, updatedBy, version: heir.version + 1 },
  }
}

/** Somebody else's write came first; what it means for this one is for people to see. */
export const overtaken = (): Failure =>
  new Failure('conflict', 'The owners or this member were changed just now; look again.')

/** Gives a member another role or state; nothing is written where that changes nothing. */
export const changeStanding = async (
  { ask, member: caller }: Call<StandingAsk>,
  seen: Seen,
  change: Partial<Pick<Member, 'role' | 'state'>>,
  { workspaces }: AllStores,
): Promise<Member> => {
  const { target, workspace } = there(seen)
  requireOwner(caller, target, { ...target, ...change })
  const decide = (now: Member): Member =>
    differs({ state: 'active', ...now }, change)
      ? { ...now, ...change, handedOverBy: null, updatedBy: ask.userId, version: now.version + 1 }
      : now
  const write = async (next: Member): Promise<Written<Member>> => {
    const result = await workspaces.setStanding(next, ownersMove(workspace, target, next))
    // The member was as expected, or is gone: in the way was the count of owners, or a removal.
    if (!result.won && result.present === undefined) throw overtaken()
    return result
  }
  return edit(target, ask.expected ?? target.version, decide, write)
}
