import { isLive } from '../account/person.ts'
import type { PeopleByKey, WorkspacesByKey } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Connection } from './connection.ts'

type Whose = Pick<Connection, 'workspaceId' | 'userId' | 'sessionId'>

export interface StandingWorld {
  readonly people: PeopleByKey
  readonly workspaces: Pick<WorkspacesByKey, 'member'>
}

/** The member behind a session that is live; `undefined`: nobody who may be told anything. */
export const standingOf = async (
  { workspaceId, userId, sessionId }: Whose,
  now: string,
  { people, workspaces }: StandingWorld,
): Promise<Member | undefined> => {
  const [person, session, member] = await Promise.all([
    people.person(userId),
    people.session(userId, sessionId),
    workspaces.member(workspaceId, userId),
  ])
  return person && session && isLive(session, person, now) ? member : undefined
}

/** How long a standing may be taken for the present one. */
const goodForMs = 2_000
const mostKept = 5_000

/** The same, kept for two seconds; not even so long of whom something is known to have changed. */
export const keptStandings = (world: StandingWorld, clock: () => number) => {
  const kept = new Map<string, { readonly until: number; readonly member: Promise<Member | undefined> }>()
  const nameOf = ({ workspaceId, userId, sessionId }: Whose) => `${userId} ${workspaceId} ${sessionId}`
  return {
    of: (whose: Whose): Promise<Member | undefined> => {
      const now = clock()
      const found = kept.get(nameOf(whose))
      if (found !== undefined && found.until > now) return found.member
      if (kept.size >= mostKept) kept.clear()
      const member = standingOf(whose, new Date(now).toISOString(), world)
      kept.set(nameOf(whose), { until: now + goodForMs, member })
      return member
    },
    forget: (userIds: ReadonlySet<string>): void => {
      for (const name of kept.keys()) if (userIds.has(name.split(' ')[0] ?? '')) kept.delete(name)
    },
  }
}
export type KeptStandings = ReturnType<typeof keptStandings>
