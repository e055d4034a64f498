import { isLive } from '../account/person.ts'
import type { PeopleByKey, WorkspacesByKey } from '../ports.ts'
import { isHonoured, type Tokens } from '../tokens/token.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Connection } from './connection.ts'

type Whose = Pick<Connection, 'workspaceId' | 'userId' | 'credential'>

export interface StandingWorld {
  readonly people: PeopleByKey
  readonly tokens: Pick<Tokens, 'token'>
  readonly workspaces: Pick<WorkspacesByKey, 'member'>
}

/** The person and the credential they were let in by, as they are now. */
const isAuthentic = async (
  { workspaceId, userId, credential }: Whose,
  now: string,
  { people, tokens }: StandingWorld,
): Promise<boolean> => {
  if (credential.kind === 'session') {
    const [person, session] = await Promise.all([
      people.person(userId),
      people.session(userId, credential.sessionId),
    ])
    return person !== undefined && session !== undefined && isLive(session, person, now)
  }
  const [person, token] = await Promise.all([people.person(userId), tokens.token(userId, credential.slot)])
  if (person === undefined || token === undefined || !isHonoured(token, credential, person, now)) return false
  return token.workspaceId === null || token.workspaceId === workspaceId
}

/** The member behind a credential that is honoured; `undefined`: nobody who may be told anything. */
export const standingOf = async (
  whose: Whose,
  now: string,
  world: StandingWorld,
): Promise<Member | undefined> => {
  const [authentic, member] = await Promise.all([
    isAuthentic(whose, now, world),
    world.workspaces.member(whose.workspaceId, whose.userId),
  ])
  return authentic ? member : undefined
}

/** How long a standing may be taken for the present one. */
const goodForMs = 2_000
const mostKept = 5_000

/** The same, kept for two seconds; not even so long of whom something is known to have changed. */
export const keptStandings = (world: StandingWorld, clock: () => number) => {
  const kept = new Map<string, { readonly until: number; readonly member: Promise<Member | undefined> }>()
  const nameOf = ({ workspaceId, userId, credential }: Whose) =>
    `${userId} ${workspaceId} ${JSON.stringify(credential)}`
  return {
    of: (whose: Whose): Promise<Member | undefined> => {
      const now = clock()
      const found = kept.get(nameOf(whose))
      if (found !== undefined && found.until > now) return found.member
      if (kept.size >= mostKept) kept.clear()
      const member = standingOf(whose, new Date(now).toISOString(), world)
      kept.set(nameOf(whose), { until: now + goodForMs, member })
      // What could not be read is read again; whoever asked is told by what they were given.
      member.catch(() => kept.delete(nameOf(whose)))
      return member
    },
    forget: (userIds: ReadonlySet<string>): void => {
      for (const name of kept.keys()) if (userIds.has(name.split(' ')[0] ?? '')) kept.delete(name)
    },
  }
}
export type KeptStandings = ReturnType<typeof keptStandings>
