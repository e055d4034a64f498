import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/sessions.ts'
import { Failure, notFound } from '../failure.ts'
import type { People, Slice } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { deviceOf } from './device.ts'
import { isLive, type Person, placeOf, type Session } from './person.ts'

interface World {
  readonly people: People
}
type SessionReply = z.infer<typeof schemas.session>

/** The session that asks is in use right now, whatever has been written of it. */
const present = (session: Session, { sessionId, now }: Ask): SessionReply => {
  const { id, userAgent, createdAt, lastUsedAt = createdAt, expiresAt } = session
  const current = id === sessionId
  return {
    id,
    ...deviceOf(userAgent),
    userAgent,
    createdAt,
    lastUsedAt: current ? now : lastUsedAt,
    expiresAt,
    current,
  }
}

/**
 * Sessions expire and are ended together in the order in which they began, so that nothing lives behind the first
 * that does not; but for the one that was kept when all others were ended, wherever it stands.
 */
const keptBehind = async (
  live: readonly Session[],
  { ask, person }: { readonly ask: Ask; readonly person: Person },
  people: People,
): Promise<Session[]> => {
  const { keptSession } = person
  if (keptSession === null || live.some(({ id }) => id === keptSession)) return []
  const kept = await people.session(person.id, keptSession)
  return kept !== undefined && isLive(kept, person, ask.now) && !isBefore(kept, ask) ? [kept] : []
}

/** Whether a session stood on a page before this one. */
const isBefore = (session: Session, { position }: Ask): boolean =>
  position !== undefined && placeOf(session) >= position

type ListAsk = Ask<unknown, { limit: number }>
interface Page {
  items: SessionReply[]
  next?: string
}

/** Reads one more than the page shows, to know whether any that lives follows. */
export const listSessions: UseCase<ListAsk, World, Slice<Session>, Page> = {
  load: ({ userId, query, position }, { people }) => people.sessions(userId, query.limit + 1, position),
  run: async (call, { items, more }, { people }) => {
    const { ask, person } = call
    const { limit } = ask.query
    const found = items.filter((session) => isLive(session, person, ask.now))
    const isEnd = found.length <= limit
    const live = [...found, ...(isEnd && more ? await keptBehind(found, call, people) : [])]
    const page = live.slice(0, limit)
    const last = live.length > limit ? page.at(-1) : undefined
    return {
      body: { items: page.map((session) => present(session, ask)) },
      nextPosition: last && placeOf(last),
    }
  },
}

type EndAsk = Ask<{ sessionId: string }>

/** Whose session it is stands in its key: that of somebody else is not there. */
export const endSession: UseCase<EndAsk, World, Session | undefined, undefined> = {
  load: ({ params, userId }, { people }) => people.session(userId, params.sessionId),
  run: async ({ ask, person }, session, { people }) => {
    if (session === undefined || !isLive(session, person, ask.now)) throw notFound()
    await people.endSession(person.id, session.id, { endedAt: ask.now, endedBecause: 'endedByOwner' })
    return { body: undefined, ...(session.id === ask.sessionId && { cookie: null }) }
  },
}

const attempts = 20

/**
 * Written over the very state by which this session was found to live: had the password changed meanwhile, in
 * another session, then this one would otherwise keep itself and end that one.
 */
export const endOtherSessions: UseCase<Ask, World, Session | undefined, undefined> = {
  load: ({ userId, sessionId }, { people }) => people.session(userId, sessionId),
  run: async ({ ask, person }, session, { people }) => {
    let seen: Person | undefined = person
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (seen === undefined || session === undefined || !isLive(session, seen, ask.now)) {
        throw new Failure('unauthenticated')
      }
      const ended = await people.endOtherSessions(seen, ask.now, session.id)
      if (ended.won) return { body: undefined }
      seen = ended.present
    }
    throw new Failure('unavailable', 'Too many others are changing this at the same time.')
  },
}
