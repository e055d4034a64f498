import { describe, expect, test } from 'vitest'
import { refresh } from '../../../shared/domain/account/refresh.ts'
import { Failure } from '../../../shared/domain/failure.ts'
import { accountApp, ana, password, refusal } from './accountApp.ts'

const started = async () => {
  const app = accountApp()
  await app.register()
  const here = await app.enter()
  const session = () => app.store.sessions.get(here.sessionId)
  const use = async (refreshToken: string) =>
    String((await app.run(refresh, { refreshToken })).body.refreshToken)
  const refused = async (refreshToken: string) => (await refusal(app.run(refresh, { refreshToken }))).code
  return { app, here, session, use, refused }
}

describe('a refresh', () => {
  test('takes the token from the body or from the cookie, and hands out the next one the same way', async () => {
    const { app, here, session } = await started()
    const { body, cookie } = await app.run(refresh, { refreshToken: here.refreshToken })
    const { refreshToken, ...access } = body
    expect(access).toEqual({ accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 900 })
    expect(cookie).toBeUndefined()
    const next = await app.run(refresh, {}, { refreshToken })
    expect(next.body).toEqual(access)
    expect(next.cookie).toEqual({
      value: expect.stringMatching(/^duely_rt_/),
      expiresAt: session()?.expiresAt,
    })
    expect(new Set([here.refreshToken, refreshToken, next.cookie?.value]).size).toBe(3)
  })

  test('moves the session by one generation and notes the use, and nothing else of it', async () => {
    const { app, here, session, use } = await started()
    const before = session()
    const writes = app.store.writes()
    await use(here.refreshToken)
    const now = new Date(app.clock.now).toISOString()
    expect(session()).toEqual({
      ...before,
      lastUsedAt: now,
      generation: 2,
      generationsIssuedAt: [before?.createdAt, now],
    })
    expect(app.store.writes()).toBe(writes + 1)
  })

  test('without a token, or with one that is made up, reads and writes nothing', async () => {
    const { app, here } = await started()
    const people = new Proxy(app.world.people, {
      get: (_, name) => {
        throw new Error(`the table was asked: ${String(name)}`)
      },
    })
    for (const refreshToken of [
      undefined,
      'refresh:none',
      `${here.refreshToken}A`,
      here.refreshToken.slice(1),
    ]) {
      const request = app.run(refresh, refreshToken === undefined ? {} : { refreshToken }, {
        world: { people },
      })
      expect((await refusal(request)).code).toBe('unauthenticated')
    }
  })

  test('with a token of the pool itself is refused: those never leave the table', async () => {
    const { app, refused } = await started()
    await app.pool.identity.signIn(ana.email, password)
    const [refreshToken = ''] = app.pool.refreshTokens
    expect(await refused(refreshToken)).toBe('unauthenticated')
  })

  test('of a session that has ended or expired writes nothing', async () => {
    const { app, here, refused } = await started()
    const other = await app.enter()
    const endedAt = new Date(app.clock.now).toISOString()
    await app.world.people.endSession(here.userId, here.sessionId, { endedAt, endedBecause: 'signedOut' })
    const writes = app.store.writes()
    expect(await refused(here.refreshToken)).toBe('unauthenticated')
    app.clock.now += 30 * 86_400_000
    expect(await refused(other.refreshToken)).toBe('unauthenticated')
    expect(app.store.writes()).toBe(writes)
    expect(app.store.sessions.get(here.sessionId)?.endedBecause).toBe('signedOut')
  })

  test('that the pool refuses, or does not answer, leaves the generation where it is', async () => {
    const { app, here, session, use } = await started()
    const before = session()
    const identity = {
      ...app.pool.identity,
      refresh: async () => {
        throw new Failure('too-many-requests')
      },
    }
    const request = app.run(refresh, { refreshToken: here.refreshToken }, { world: { identity } })
    expect((await refusal(request)).code).toBe('too-many-requests')
    expect(session()).toEqual(before)
    app.clock.now += 3_600_000
    await use(here.refreshToken)
  })

  test('of a generation that was never issued is refused and ends nothing', async () => {
    const { app, here, session, use, refused } = await started()
    const before = session()
    const next = await use(here.refreshToken)
    // As after a restore of the table to an earlier state.
    if (before !== undefined) app.store.sessions.set(here.sessionId, before)
    expect(await refused(next)).toBe('unauthenticated')
    expect(session()).toEqual(before)
  })
})

describe('a token that has been used before', () => {
  test('brings the same next one within grace, again and again, without a write', async () => {
    const { app, here, use } = await started()
    const next = await use(here.refreshToken)
    const writes = app.store.writes()
    app.clock.now += 28_000
    expect([await use(here.refreshToken), await use(here.refreshToken)]).toEqual([next, next])
    expect(app.store.writes()).toBe(writes)
  })

  test('after it ends the session, whose newest token is worth nothing from then on, here and in the pool', async () => {
    const { app, here, session, use, refused } = await started()
    const next = await use(here.refreshToken)
    app.clock.now += 30_000
    expect(await refused(here.refreshToken)).toBe('unauthenticated')
    expect(app.lives(here)).toBe(false)
    expect(session()).toMatchObject({
      endedAt: new Date(app.clock.now).toISOString(),
      endedBecause: 'tokenReused',
    })
    expect(session()).not.toHaveProperty('generation')
    expect(app.pool.refreshTokens.size).toBe(0)
    const writes = app.store.writes()
    expect([await refused(next), await refused(here.refreshToken)]).toEqual(Array(2).fill('unauthenticated'))
    expect(app.store.writes()).toBe(writes)
  })

  test('ends no other session of the person', async () => {
    const { app, here, use, refused } = await started()
    const there = await app.enter()
    await use(here.refreshToken)
    app.clock.now += 31_000
    await refused(here.refreshToken)
    expect([app.lives(here), app.lives(there)]).toEqual([false, true])
    await use(there.refreshToken)
  })

  test('ends the session even when the pool does not answer', async () => {
    const { app, here, use } = await started()
    await use(here.refreshToken)
    app.clock.now += 31_000
    const revoke = async () => {
      throw new Failure('too-many-requests')
    }
    const world = { identity: { ...app.pool.identity, revoke } }
    await refusal(app.run(refresh, { refreshToken: here.refreshToken }, { world }))
    expect(app.lives(here)).toBe(false)
  })
})

describe('a refresh that is overtaken between its reads and its write', () => {
  /** Runs a refresh, and something else when the pool has answered it. */
  const overtaken = async (
    { app, here }: Awaited<ReturnType<typeof started>>,
    meanwhile: () => Promise<unknown>,
  ) => {
    const identity = {
      ...app.pool.identity,
      refresh: async (token: string) => {
        const grant = await app.pool.identity.refresh(token)
        await meanwhile()
        return grant
      },
    }
    return app.run(refresh, { refreshToken: here.refreshToken }, { world: { identity } })
  }

  test('by another of the same token hands out what that one does', async () => {
    const all = await started()
    const other: string[] = []
    const { body } = await overtaken(all, async () => other.push(await all.use(all.here.refreshToken)))
    expect(body.refreshToken).toBe(other[0])
    expect(all.session()?.generation).toBe(2)
  })

  test('by a sign-out hands out nothing and revives nothing', async () => {
    const all = await started()
    const { app, here, session } = all
    const endedAt = new Date(app.clock.now).toISOString()
    const end = () =>
      app.world.people.endSession(here.userId, here.sessionId, { endedAt, endedBecause: 'signedOut' })
    expect((await refusal(overtaken(all, end))).code).toBe('unauthenticated')
    expect(session()).toMatchObject({ endedAt, endedBecause: 'signedOut' })
    expect(session()).not.toHaveProperty('generation')
  })
})
