import fc from 'fast-check'
import { expect, test } from 'vitest'
import { peopleStore } from '../../../shared/data/stores/people.ts'
import { isLive, type Person, placeOf, type Session } from '../../../shared/domain/account/person.ts'
import { listSessions } from '../../../shared/domain/account/useSessions.ts'
import type { Ask } from '../../../shared/domain/useCase.ts'
import type { Member } from '../../../shared/domain/workspaces/workspace.ts'
import { memoryTable } from '../data/support/memoryTable.ts'
import { aPerson, aSession, minutes } from '../domain/support/builders.ts'

const now = minutes(100)
type ListAsk = Ask<unknown, { limit: number }>
const askFor = (limit: number, position: string | undefined): ListAsk => ({
  params: {},
  query: { limit },
  body: undefined,
  now,
  userId: aPerson().id,
  sessionId: 'none',
  userAgent: '',
  through: 'web',
  position,
  mark: null,
  expected: undefined,
  language: 'en',
  refreshToken: undefined,
})

/** Ids of all pages, a list for each. */
const pagesOf = async (person: Person, sessions: readonly Session[], limit: number): Promise<string[][]> => {
  const { table } = memoryTable()
  const people = peopleStore(table)
  for (const session of sessions) {
    await people.addSession({ ...session, endedAt: null })
    if (session.endedAt !== null) {
      const end = { endedAt: session.endedAt, endedBecause: 'signedOut' } as const
      await people.endSession(person.id, session.id, end)
    }
  }
  const pages: string[][] = []
  let position: string | undefined
  do {
    const ask = askFor(limit, position)
    const loaded = await listSessions.load?.(ask, { people })
    if (loaded === undefined) throw new Error('nothing was loaded')
    const call = { ask, person, member: undefined as unknown as Member }
    const { body, nextPosition } = await listSessions.run(call, loaded, { people })
    pages.push(body.items.map(({ id }) => id))
    position = nextPosition
  } while (position !== undefined && pages.length < 100)
  return pages
}

/** Several begin in the same moment; they live for forty minutes. */
const aMinute = fc.integer({ min: 0, max: 90 })
const someSessions = fc
  .uniqueArray(fc.record({ id: fc.uuid(), minute: aMinute, ended: fc.boolean() }), {
    selector: ({ id }) => id,
    maxLength: 25,
  })
  .map((all) =>
    all.map(({ id, minute, ended }) =>
      aSession({
        id,
        createdAt: minutes(minute),
        expiresAt: minutes(minute + 40),
        endedAt: ended ? minutes(95) : null,
      }),
    ),
  )

test('the pages have every session that lives, once, newest first, and no page is empty but the only one', async () => {
  const kept = fc.option(fc.nat(24))
  await fc.assert(
    fc.asyncProperty(
      someSessions,
      aMinute,
      kept,
      fc.integer({ min: 1, max: 10 }),
      async (all, from, n, limit) => {
        const keptSession = (n === null ? undefined : all[n])?.id ?? null
        const person = aPerson({ sessionsFrom: minutes(from), keptSession })
        const pages = await pagesOf(person, all, limit)
        const expected = all
          .filter((session) => isLive(session, person, now))
          .sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1))
        expect(pages.flat()).toEqual(expected.map(({ id }) => id))
        expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true)
        if (expected.length > 0) expect(pages.at(-1)).not.toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})
