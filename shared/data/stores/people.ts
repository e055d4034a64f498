import type { Person } from '../../domain/account/person.ts'
import type { PoolToken } from '../../domain/account/refreshToken.ts'
import type { People, SessionEnd } from '../../domain/ports.ts'
import { codec, ttlOf, written } from '../codec.ts'
import { personKey, poolTokenKey, sessionKey } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'
import { peopleByKey, personCodec, sessionCodec } from './peopleByKey.ts'

const poolTokenCodec = codec<PoolToken>(
  'poolToken',
  ({ userId, sessionId }) => poolTokenKey(userId, sessionId),
  ({ expiresAt }) => ({ ttl: ttlOf(expiresAt) }),
)

export const peopleStore = (table: Table): People => ({
  ...peopleByKey(table),
  /** Only where there is none yet. */
  addPerson: (person) => written(table.put(personCodec.encode(person), { absent: true }), personCodec.decode),
  /** Opens the account: the address is proven. Loses when it is open already or was never there. */
  activate: (userId: string, now: string) =>
    written(
      table.update(
        personKey(userId),
        { set: { state: 'active', updatedAt: now }, remove: ['ttl'], add: { version: 1 } },
        { equals: { state: 'unconfirmed' } },
      ),
      personCodec.decode,
    ),
  /** Sets what people edit, and nothing else. */
  editPerson: ({ id, name, language, zone, weekStart, workingHours, updatedAt, version }: Person) =>
    written(
      table.update(
        personKey(id),
        {
          set: {
            ...{ name, language, zone, updatedAt, version },
            ...(weekStart && { weekStart }),
            ...(workingHours !== undefined && { workingHours }),
          },
        },
        { equals: { version: version - 1, state: 'active' } },
      ),
      personCodec.decode,
    ),
  /**
   * Ends every session but `kept`, in one write. Loses to an account that is not open. Should they have been ended
   * as of later, by a request that was faster or a clock that is ahead, then as of that: never do any live again.
   */
  endSessions: async (userId: string, now: string, kept: string | null) => {
    for (let from = now; ; ) {
      const ended = await written(
        table.update(
          personKey(userId),
          { set: { sessionsFrom: from, keptSession: kept } },
          { equals: { state: 'active' }, atMost: { sessionsFrom: from } },
        ),
        personCodec.decode,
      )
      if (ended.won || ended.present?.state !== 'active') return ended
      from = ended.present.sessionsFrom
    }
  },
  endOtherSessions: ({ id, sessionsFrom }: Person, now: string, kept: string) =>
    written(
      table.update(
        personKey(id),
        // Never earlier than it was: clocks of two functions may differ.
        { set: { sessionsFrom: now > sessionsFrom ? now : sessionsFrom, keptSession: kept } },
        { equals: { sessionsFrom, state: 'active' } },
      ),
      personCodec.decode,
    ),
  sessions: (userId: string, limit: number, behind?: string) => {
    const range = {
      index: 'byPerson',
      pk: personKey(userId).PK,
      prefix: sessionKey(userId, '').SK,
      ...(behind !== undefined && { before: sessionKey(userId, behind).SK }),
      descending: true,
      limit,
    } as const
    return sliceOf(table, range, sessionCodec.decode)
  },
  addSession: (session) =>
    written(table.put(sessionCodec.encode(session), { absent: true }), sessionCodec.decode),
  /** Ends one session, takes it out of the list, and leaves no generation to move on from. */
  endSession: (userId: string, sessionId: string, end: SessionEnd) =>
    written(
      table.update(
        sessionKey(userId, sessionId),
        { set: { ...end }, remove: ['person', 'personKey', 'generation', 'generationsIssuedAt'] },
        { present: true },
      ),
      sessionCodec.decode,
    ),
  rotate: ({ userId, id, generation = 0 }, next) => {
    const { generation: moved, generationsIssuedAt, lastUsedAt } = next
    const change = { set: { generation: moved, generationsIssuedAt, lastUsedAt } }
    return written(
      table.update(sessionKey(userId, id), change, { equals: { generation } }),
      sessionCodec.decode,
    )
  },
  poolToken: async (userId: string, sessionId: string) => {
    const item = await table.get(poolTokenKey(userId, sessionId))
    return item && poolTokenCodec.decode(item)
  },
  addPoolToken: (token) =>
    written(table.put(poolTokenCodec.encode(token), { absent: true }), poolTokenCodec.decode),
})
