import { describe, expect, test } from 'vitest'
import { signOutEverywhere } from '../../../shared/domain/account/signOut.ts'
import { endOtherSessions, endSession, listSessions } from '../../../shared/domain/account/useSessions.ts'
import { accountApp, refusal } from './accountApp.ts'

const started = async () => {
  const app = accountApp()
  await app.register()
  const [here, there, elsewhere] = [await app.enter(), await app.enter(), await app.enter()]
  const live = () => [here, there, elsewhere].map(app.lives)
  const end = (sessionId: string, caller = here) =>
    app.run(endSession, undefined, { ...caller, params: { sessionId } })
  const list = async () =>
    (await app.run(listSessions, undefined, { ...here, query: { limit: 50 } })).body.items
  return { app, here, there, elsewhere, live, end, list }
}

describe('ending one session', () => {
  test('ends it and no other, and takes it out of the list', async () => {
    const { here, there, elsewhere, live, end, list } = await started()
    expect(await end(there.sessionId)).toEqual({ body: undefined })
    expect(live()).toEqual([true, false, true])
    expect((await list()).map(({ id }) => id)).toEqual([elsewhere.sessionId, here.sessionId])
  })

  test('clears the cookie where it is the one that asks', async () => {
    const { here, live, end } = await started()
    expect(await end(here.sessionId)).toEqual({ body: undefined, cookie: null })
    expect(live()).toEqual([false, true, true])
  })

  test('writes nothing and is answered alike for one that is unknown, ended, expired or of somebody else', async () => {
    const { app, there, elsewhere, end } = await started()
    await end(there.sessionId)
    const stranger = { userId: 'stranger', sessionId: 'of the stranger' }
    const { store } = app
    const person = [...store.persons.values()][0]
    const session = store.sessions.get(elsewhere.sessionId)
    if (person === undefined || session === undefined) throw new Error('nobody is there')
    store.persons.set('stranger', { ...person, id: 'stranger' })
    store.sessions.set('old', { ...session, id: 'old', expiresAt: session.createdAt })
    const before = store.writes()
    const refusals = [
      await refusal(end('unknown')),
      await refusal(end(there.sessionId)),
      await refusal(end('old')),
      await refusal(end(elsewhere.sessionId, { ...stranger, refreshToken: '' })),
    ]
    expect(refusals).toEqual(Array(4).fill({ code: 'not-found', pointers: [] }))
    expect(store.writes()).toBe(before)
    expect(app.lives(elsewhere)).toBe(true)
  })
})

describe('ending all other sessions', () => {
  test('leaves the one that asks', async () => {
    const { app, there, live } = await started()
    expect(await app.run(endOtherSessions, undefined, there)).toEqual({ body: undefined })
    expect(live()).toEqual([false, true, false])
    expect(app.lives(await app.enter())).toBe(true)
  })

  test('is refused to a session that was ended between its being read and the write, and keeps nothing alive', async () => {
    const { app, here, live } = await started()
    const { people } = app.world
    const overtaken = {
      ...people,
      endOtherSessions: async (...args: Parameters<typeof people.endOtherSessions>) => {
        await people.endSessions(here.userId, new Date(app.clock.now + 1).toISOString(), null)
        return people.endOtherSessions(...args)
      },
    }
    const request = app.run(endOtherSessions, undefined, { ...here, world: { people: overtaken } })
    expect((await refusal(request)).code).toBe('unauthenticated')
    expect(live()).toEqual([false, false, false])
  })

  test('goes on where the same session has ended the others meanwhile', async () => {
    const { app, here, live } = await started()
    const { people } = app.world
    let overtakings = 0
    const overtaken = {
      ...people,
      endOtherSessions: async (...args: Parameters<typeof people.endOtherSessions>) => {
        const at = new Date(app.clock.now + overtakings + 1).toISOString()
        if (overtakings++ < 3) await people.endSessions(here.userId, at, here.sessionId)
        return people.endOtherSessions(...args)
      },
    }
    await app.run(endOtherSessions, undefined, { ...here, world: { people: overtaken } })
    expect(overtakings).toBe(4)
    expect(live()).toEqual([true, false, false])
  })
})

describe('the list', () => {
  test('shows browser, system and text of each device, and which session asks', async () => {
    const { app, here, list } = await started()
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'
    const session = app.store.sessions.get(here.sessionId)
    if (session === undefined) throw new Error('no session')
    app.store.sessions.set(here.sessionId, { ...session, userAgent })
    const [newest, , oldest] = await list()
    expect(newest).toMatchObject({ browser: null, system: null, userAgent: 'test', current: false })
    expect(newest?.lastUsedAt).toBe(newest?.createdAt)
    expect(oldest).toEqual({
      id: here.sessionId,
      browser: 'Firefox',
      system: 'Linux',
      userAgent,
      createdAt: session.createdAt,
      lastUsedAt: new Date(app.clock.now).toISOString(),
      expiresAt: session.expiresAt,
      current: true,
    })
  })

  test('has nothing of what ended with all others', async () => {
    const { app, here, list } = await started()
    await app.run(signOutEverywhere, undefined, here)
    const again = await app.enter()
    expect((await list()).map(({ id }) => id)).toEqual([again.sessionId])
  })
})
