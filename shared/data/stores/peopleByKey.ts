import { type Person, placeOf, type Session } from '../../domain/account/person.ts'
import type { PeopleByKey } from '../../domain/ports.ts'
import { daysAfter } from '../../domain/time/daysAfter.ts'
import { codec, ttlOf } from '../codec.ts'
import { personKey, sessionKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

/** An account that nobody confirms is forgotten after a week. */
const unconfirmedDays = 7

export const personCodec = codec<Person>(
  'person',
  ({ id }) => personKey(id),
  ({ state, createdAt }) =>
    state === 'unconfirmed' ? { ttl: ttlOf(daysAfter(createdAt, unconfirmedDays)) } : {},
)
export const sessionCodec = codec<Session>(
  'session',
  ({ userId, id }) => sessionKey(userId, id),
  (session) => ({
    ttl: ttlOf(session.expiresAt),
    person: personKey(session.userId).PK,
    personKey: sessionKey(session.userId, placeOf(session)).SK,
  }),
)
export const peopleByKey = (table: Table): PeopleByKey => ({
  person: async (userId: string) => {
    const item = await table.get(personKey(userId))
    return item && personCodec.decode(item)
  },
  session: async (userId: string, sessionId: string) => {
    const item = await table.get(sessionKey(userId, sessionId))
    return item && sessionCodec.decode(item)
  },
})
