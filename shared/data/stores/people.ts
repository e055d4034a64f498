import type { Person, Session } from '../../domain/account/person.ts'
import { codec, ttlOf } from '../codec.ts'
import { personKey, sessionKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

/** An account that nobody confirms is forgotten after a week. */
const unconfirmedMs = 7 * 86_400_000

export const personCodec = codec<Person>(
  'person',
  ({ id }) => personKey(id),
  ({ state, createdAt }) =>
    state === 'unconfirmed' ? { ttl: Math.ceil((Date.parse(createdAt) + unconfirmedMs) / 1000) } : {},
)
const sessions = codec<Session>(
  'session',
  ({ userId, id }) => sessionKey(userId, id),
  ({ expiresAt }) => ({ ttl: ttlOf(expiresAt) }),
)

export const peopleStore = (table: Table) => ({
  person: async (userId: string): Promise<Person | undefined> => {
    const item = await table.get(personKey(userId))
    return item && personCodec.decode(item)
  },
  session: async (userId: string, sessionId: string): Promise<Session | undefined> => {
    const item = await table.get(sessionKey(userId, sessionId))
    return item && sessions.decode(item)
  },
  /** Only where there is none yet. */
  addPerson: (person: Person) => table.put(personCodec.encode(person), { absent: true }),
  /** Opens the account: the address is proven. Loses when it is open already or was never there. */
  activate: (userId: string, now: string) =>
    table.update(
      personKey(userId),
      { set: { state: 'active', updatedAt: now }, remove: ['ttl'], add: { version: 1 } },
      { equals: { state: 'unconfirmed' } },
    ),
  replacePerson: (person: Person) =>
    table.put(personCodec.encode(person), { equals: { version: person.version - 1 } }),
  /** Ends every session but `kept`, in one write. */
  endSessions: (userId: string, now: string, kept: string | null) =>
    table.update(personKey(userId), { set: { sessionsFrom: now, keptSession: kept } }, { present: true }),
  addSession: (session: Session) => table.put(sessions.encode(session), { absent: true }),
  endSession: (userId: string, sessionId: string, now: string) =>
    table.update(sessionKey(userId, sessionId), { set: { endedAt: now } }, { present: true }),
})
export type PeopleStore = ReturnType<typeof peopleStore>
