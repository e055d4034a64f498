import type { Access } from '../api/declaration.ts'
import { requireRight } from '../domain/access/requireRight.ts'
import { mayAlways, type Target } from '../domain/access/target.ts'
import { isLive, type Person, type Session } from '../domain/account/person.ts'
import { Failure, notFound } from '../domain/failure.ts'
import type { PeopleByKey, WorkspacesByKey } from '../domain/ports.ts'
import { isHonoured, type Token, type Tokens } from '../domain/tokens/token.ts'
import type { Ask } from '../domain/useCase.ts'
import type { Member } from '../domain/workspaces/workspace.ts'

export interface Identified {
  readonly person: Person | undefined
  readonly session: Session | undefined
  /** In place of a session. */
  readonly token?: Token | undefined
  readonly member: Member | undefined
}

/** Starts the reads that identify the caller, in the turn in which the use case starts its own. */
export const identify = async (
  access: Access,
  { userId, sessionId, token: presented, params }: Ask,
  world: { readonly people: PeopleByKey; readonly workspaces: WorkspacesByKey; readonly tokens: Tokens },
): Promise<Identified> => {
  if (access.kind === 'public' || access.kind === 'refresh') {
    return { person: undefined, session: undefined, member: undefined }
  }
  const { workspaceId = '' } = params as { workspaceId?: string }
  const [person, session, token, member] = await Promise.all([
    world.people.person(userId),
    presented === undefined ? world.people.session(userId, sessionId) : undefined,
    presented && world.tokens.token(userId, presented.slot),
    access.kind === 'member' ? world.workspaces.member(workspaceId, userId) : undefined,
  ])
  return { person, session, member, ...(token && { token }) }
}

const isAuthentic = ({ person, session, token }: Identified, { token: presented, now }: Ask): boolean => {
  if (person === undefined) return false
  if (presented !== undefined) return token !== undefined && isHonoured(token, presented, person, now)
  return session !== undefined && isLive(session, person, now)
}

const lacking = (scope: string): Failure =>
  new Failure('insufficient-scope', `The token needs the scope ${scope}.`, { extra: { scope } })

/** What a token may do at most, whatever its person may. Of a target this says nothing. */
const requireScope = (access: Access, token: Token | undefined, { token: presented, params }: Ask): void => {
  if (token === undefined || presented === undefined) return
  const { workspaceId } = params as { workspaceId?: string }
  if (access.kind === 'member' && token.workspaceId !== null && token.workspaceId !== workspaceId) {
    throw notFound()
  }
  if (!token.scopes.includes(presented.needs)) throw lacking(presented.needs)
  if (access.kind === 'session' && token.workspaceId !== null && access.tokens !== 'all') {
    throw new Failure('insufficient-scope', 'The token is good for one workspace only.', {
      extra: { scope: presented.needs },
    })
  }
}

/**
 * Refuses whoever has no live session or token, is no member, or whose role does not allow the action.
 * `about` is asked only where it matters: where the role in the workspace does not allow the action to everybody who
 * has it, or a role in a project may say otherwise.
 */
export const authorise = (access: Access, found: Identified, ask: Ask, about: () => Target): void => {
  if (access.kind === 'public' || access.kind === 'refresh') return
  if (!isAuthentic(found, ask)) throw new Failure('unauthenticated')
  const { member, token } = found
  if (access.kind === 'session') {
    requireScope(access, token, ask)
    return
  }
  if (member === undefined) throw notFound()
  requireScope(access, token, ask)
  if (mayAlways(member, access.action)) return
  requireRight(member, access.action, about())
}
