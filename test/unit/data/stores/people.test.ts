import { expect, test } from 'vitest'
import { peopleStore } from '../../../../shared/data/stores/people.ts'
import { firstGeneration, nextGeneration } from '../../../../shared/domain/account/generations.ts'
import { isLive } from '../../../../shared/domain/account/person.ts'
import { aPerson, aSession, minutes, userOf } from '../../domain/support/builders.ts'
import { memoryTable } from '../support/memoryTable.ts'

const ana = userOf('ana')
const started = async (person = aPerson()) => {
  const { table, items } = memoryTable()
  const people = peopleStore(table)
  await people.addPerson(person)
  await people.addSession(aSession())
  const live = async (now = minutes(1), id = 'session') => {
    const [who, session] = [await people.person(ana), await people.session(ana, id)]
    return who !== undefined && session !== undefined && isLive(session, who, now)
  }
  return { people, items, live }
}

test('a person is added once, and activated once', async () => {
  const { people, items } = await started(aPerson({ state: 'unconfirmed' }))
  expect(await people.addPerson(aPerson({ name: 'Other' }))).toMatchObject({
    won: false,
    present: { name: 'Ana' },
  })
  expect([...items.values()][0]).toHaveProperty('ttl')
  expect(await people.activate(ana, minutes(1))).toEqual({ won: true })
  expect(await people.person(ana)).toEqual(aPerson({ version: 2, updatedAt: minutes(1) }))
  expect([...items.values()][0]).not.toHaveProperty('ttl')
  expect(await people.activate(ana, minutes(2))).toMatchObject({ won: false, present: { state: 'active' } })
  expect(await people.activate(userOf('nobody'), minutes(2))).toEqual({ won: false, present: undefined })
})

test('an edit changes what people edit, and nothing the machinery has changed meanwhile', async () => {
  const { people } = await started()
  await people.endSessions(ana, minutes(5), 'kept')
  const edited = {
    ...aPerson(),
    name: 'Anna',
    email: 'evil@example.com',
    state: 'unconfirmed' as const,
    version: 2,
  }
  expect(await people.editPerson(edited)).toEqual({ won: true })
  expect(await people.person(ana)).toMatchObject({
    name: 'Anna',
    email: 'ana@example.com',
    state: 'active',
    sessionsFrom: minutes(5),
    keptSession: 'kept',
  })
  expect(await people.editPerson(edited)).toMatchObject({ won: false })
})

test('a session ends on its own, with all others, or not as the kept one', async () => {
  const { people, live } = await started()
  expect(await live()).toBe(true)
  expect([await live(minutes(59)), await live(minutes(60))]).toEqual([true, false])
  await people.endSessions(ana, minutes(1), 'session')
  expect(await live()).toBe(true)
  await people.endSessions(ana, minutes(1), null)
  expect(await live()).toBe(false)
  const other = await started()
  const end = { endedAt: minutes(1), endedBecause: 'signedOut' } as const
  await other.people.endSession(ana, 'session', end)
  expect(await other.live()).toBe(false)
  expect(await other.people.endSession(ana, 'unknown', end)).toEqual({
    won: false,
    present: undefined,
  })
  expect(await other.people.session(ana, 'unknown')).toBeUndefined()
})

test('a session moves from one generation to the next once, and never after its end', async () => {
  const { people } = await started()
  const session = aSession({ id: 'other', ...firstGeneration(minutes(0)) })
  await people.addSession(session)
  const next = { ...session, ...nextGeneration(session, minutes(1)), lastUsedAt: minutes(1) }
  expect(await people.rotate(session, next)).toEqual({ won: true })
  expect(await people.rotate(session, next)).toEqual({ won: false, present: next })
  expect(await people.session(ana, 'other')).toEqual(next)
  const end = { endedAt: minutes(2), endedBecause: 'tokenReused' } as const
  await people.endSession(ana, 'other', end)
  const { generation: _, generationsIssuedAt: __, ...ended } = { ...next, ...end }
  expect(await people.rotate(next, next)).toEqual({ won: false, present: ended })
})

test('what the pool issued lies beside the session, byte for byte, and expires with it', async () => {
  const { people, items } = await started()
  const token = {
    userId: ana,
    sessionId: 'session',
    sealed: Uint8Array.of(0, 255, 128),
    expiresAt: minutes(60),
  }
  expect(await people.addPoolToken(token)).toEqual({ won: true })
  expect(await people.poolToken(ana, 'session')).toEqual(token)
  expect(await people.poolToken(ana, 'other')).toBeUndefined()
  const stored = [...items.values()].find(({ itemType }) => itemType === 'poolToken')
  expect(stored?.ttl).toBe(Date.parse(minutes(60)) / 1000)
})
