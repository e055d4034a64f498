import type { Action } from '../api/actions.ts'
import type { Access } from '../api/declaration.ts'
import { may, mayAlways, type Target } from '../domain/access/target.ts'
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
const refusal = (member: Member, action: Action, target: Target): Failure =>
  may(member, `${groupOf(action)}.read` as Action, target) ? new Failure('forbidden') : notFound()

/**
 * Refuses whoever has no live session, is no member, or whose role does not allow the action.
 * `about` is asked only where it matters: where the role in the workspace does not allow the action to everybody who
 * has it, or a role in a project may say otherwise.
 */
export const authorise = (access: Access, found: Identified, ask: Ask, about: () => Target): void => {
  if (access.kind === 'public' || access.kind === 'refresh') return
  const { person, session, member } = found
  if (person === undefined || session === undefined || !isLive(session, person, ask.now)) {
    throw new Failure('unauthenticated')
  }
  if (access.kind === 'session') return
  if (member === undefined) throw notFound()
  if (mayAlways(member, access.action)) return
  const target = about()
  if (!may(member, access.action, target)) throw refusal(member, access.action, target)
}
