import type { Person, Session } from '../../../shared/domain/account/person.ts'
import type { People, Written } from '../../../shared/domain/ports.ts'

/** People and their sessions in memory, under the same conditions as the table's. */
export const fakePeople = () => {
  const persons = new Map<string, Person>()
  const sessions = new Map<string, Session>()
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

  const people: People = {
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
    endSessions: async (id, now, kept) =>
      changePerson(
        id,
        ({ state }) => state === 'active',
        (person) => ({ ...person, sessionsFrom: now, keptSession: kept }),
      ),
    addSession: async (session) => add(sessions, session),
    endSession: async (_userId, id, now) => {
      writes++
      const present = sessions.get(id)
      if (present === undefined) return { won: false, present }
      sessions.set(id, { ...present, endedAt: now })
      return won
    },
  }
  return { people, persons, sessions, writes: () => writes }
}
