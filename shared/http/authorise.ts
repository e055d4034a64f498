import type { Action } from '../api/actions.ts'
import type { Access } from '../api/declaration.ts'
import { mayDo, ruleFor } from '../domain/access/permissions.ts'
import { isLive, type Person, type Session } from '../domain/account/person.ts'
import { Failure, notFound } from '../domain/failure.ts'
import type { People, Workspaces } from '../domain/ports.ts'
import type { Ask } from '../domain/useCase.ts'
import type { Member } from '../domain/workspaces/workspace.ts'

export interface Identified {
  readonly person: Person | undefined
  readonly session: Session | undefined
  readonly member: Member | undefined
}

/** Starts the reads that identify the caller, in the turn in which the use case starts its own. */
export const identify = async (
  access: Access,
  { userId, sessionId, params }: Ask,
  world: { readonly people: People; readonly workspaces: Workspaces },
): Promise<Identified> => {
  if (access.kind === 'public' || access.kind === 'refresh') {
    return { person: undefined, session: undefined, member: undefined }
  }
  const { workspaceId = '' } = params as { workspaceId?: string }
  const [person, session, member] = await Promise.all([
    world.people.person(userId),
    world.people.session(userId, sessionId),
    access.kind === 'member' ? world.workspaces.member(workspaceId, userId) : undefined,
  ])
  return { person, session, member }
}

const groupOf = (action: Action): string => action.slice(0, action.indexOf('.'))

/** Who may not even read the kind of thing learns nothing; who may read it learns that the rest is not allowed. */
const refusal = (member: Member, action: Action, isOwn: boolean): Failure =>
  mayDo(member.role, `${groupOf(action)}.read` as Action, isOwn) ? new Failure('forbidden') : notFound()

/**
 * Refuses whoever has no live session, is no member, or whose role does not allow the action.
 * `owners` is asked only where it matters: a rule that says `own`, or whether a refusal may admit that there is something.
 */
export const authorise = (
  access: Access,
  found: Identified,
  ask: Ask,
  owners: () => readonly string[],
): void => {
  if (access.kind === 'public' || access.kind === 'refresh') return
  const { person, session, member } = found
  if (person === undefined || session === undefined || !isLive(session, person, ask.now)) {
    throw new Failure('unauthenticated')
  }
  if (access.kind === 'session') return
  if (member === undefined) throw notFound()
  const isOwn = () => owners().includes(ask.userId)
  const rule = ruleFor(member.role, access.action)
  if (rule === 'all' || (rule === 'own' && isOwn())) return
  throw refusal(member, access.action, isOwn())
}
