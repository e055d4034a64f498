import type { MfaStore } from '../../../shared/domain/account/authenticate.ts'
import { type Person, placeOf, type Session } from '../../../shared/domain/account/person.ts'
import type { PoolToken } from '../../../shared/domain/account/refreshToken.ts'
import type { People, Written } from '../../../shared/domain/ports.ts'

/** People and their sessions in memory, under the same conditions as the table's. */
export const fakePeople = () => {
  const persons = new Map<string, Person>()
  const sessions = new Map<string, Session>()
  const poolTokens = new Map<string, PoolToken>()
  let writes = 0
  const won = { won: true } as const

  const add = <Entity extends { id: string }>(all: Map<string, Entity>, entity: Entity): Written<Entity> => {
    writes++
    const present = all.get(entity.id)
    if (present !== undefined) return { won: false, present }
    all.set(entity.id, entity)
    return won
  }
  const changePerson = (
    id: string,
    condition: (person: Person) => boolean,
    change: (person: Person) => Person,
  ): Written<Person> => {
    writes++
    const present = persons.get(id)
    if (present === undefined || !condition(present)) return { won: false, present }
    persons.set(id, change(present))
    return won
  }

  const people: People & MfaStore = {
    person: async (id) => persons.get(id),
    session: async (userId, id) => {
      const session = sessions.get(id)
      return session?.userId === userId ? session : undefined
    },
    addPerson: async (person) => add(persons, person),
    activate: async (id, now) =>
      changePerson(
        id,
        ({ state }) => state === 'unconfirmed',
        (person) => ({ ...person, state: 'active', updatedAt: now, version: person.version + 1 }),
      ),
    editPerson: async (person) =>
      changePerson(
        person.id,
        ({ version }) => version === person.version - 1,
        () => person,
      ),
    setMfa: async (person) =>
      changePerson(
        person.id,
        ({ version, state }) => version === person.version - 1 && state === 'active',
        () => person,
      ),
    endSessions: async (id, now, kept) =>
      changePerson(
        id,
        ({ state }) => state === 'active',
        (person) => ({ ...person, sessionsFrom: now, keptSession: kept }),
      ),
    endOtherSessions: async (person, now, kept) =>
      changePerson(
        person.id,
        ({ state, sessionsFrom }) => state === 'active' && sessionsFrom === person.sessionsFrom,
        (present) => ({ ...present, sessionsFrom: now, keptSession: kept }),
      ),
    sessions: async (userId, limit, behind) => {
      const all = [...sessions.values()]
        .filter((one) => one.userId === userId && one.endedAt === null)
        .filter((one) => behind === undefined || placeOf(one) < behind)
        .sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1))
      return { items: all.slice(0, limit), more: all.length > limit }
    },
    addSession: async (session) => add(sessions, session),
    endSession: async (_userId, id, end) => {
      const present = sessions.get(id)
      if (present === undefined) return { won: false, present }
      const { generation: _, generationsIssuedAt: __, ...rest } = present
      writes++
      sessions.set(id, { ...rest, ...end })
      return won
    },
    rotate: async (session, next) => {
      writes++
      const present = sessions.get(session.id)
      if (present === undefined || present.generation !== session.generation) return { won: false, present }
      sessions.set(session.id, next)
      return won
    },
    poolToken: async (userId, id) => {
      const token = poolTokens.get(id)
      return token?.userId === userId ? token : undefined
    },
    addPoolToken: async (token) => {
      writes++
      poolTokens.set(token.sessionId, token)
      return won
    },
  }
  return { people, persons, sessions, poolTokens, writes: () => writes }
}
