import { describe, expect, test } from 'vitest'
import { signIn } from '../../../shared/domain/account/signIn.ts'
import { signOut, signOutEverywhere } from '../../../shared/domain/account/signOut.ts'
import { signUp } from '../../../shared/domain/account/signUp.ts'
import { Failure } from '../../../shared/domain/failure.ts'
import { accountApp, ana, password, refusal } from './accountApp.ts'

const credentials = { email: ana.email, password, refreshTokenIn: 'body' as const }

describe('sign-in', () => {
  test('writes a session of thirty days that begins with the request', async () => {
    const app = accountApp()
    const { id } = await app.register()
    const { body } = await app.run(signIn, credentials, { userAgent: 'curl/8' })
    const [userId, sessionId = ''] = body.accessToken.split('/')
    expect(userId).toBe(id)
    expect(app.store.sessions.get(sessionId)).toEqual({
      id: sessionId,
      userId: id,
      createdAt: '2026-11-21T09:00:03.000Z',
      expiresAt: '2026-12-21T09:00:03.000Z',
      endedAt: null,
      userAgent: 'curl/8',
      generation: 1,
      generationsIssuedAt: ['2026-11-21T09:00:03.000Z'],
    })
  })

  test('puts the refresh token into the body or into the cookie, never into both', async () => {
    const app = accountApp()
    await app.register()
    const inBody = await app.run(signIn, credentials)
    expect(inBody.body).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 })
    expect(inBody.body.refreshToken).toMatch(/^duely_rt_/)
    expect(inBody.cookie).toBeUndefined()
    const inCookie = await app.run(signIn, { ...credentials, refreshTokenIn: 'cookie' as const })
    expect(inCookie.cookie).toEqual({
      value: expect.stringMatching(/^duely_rt_/),
      expiresAt: '2026-12-21T09:00:04.000Z',
    })
    expect(inCookie.body).not.toHaveProperty('refreshToken')
  })

  test('is refused, and leaves no session, while a confirmation that was cut off has not been made up for', async () => {
    const app = accountApp()
    await app.run(signUp, ana)
    await app.pool.identity.confirm(ana.email, '123456', password)
    expect(await refusal(app.run(signIn, credentials))).toEqual({ code: 'wrong-credentials', pointers: [] })
    expect(app.store.sessions.size).toBe(0)
  })

  test('is refused alike for an unknown address, a wrong password and an unconfirmed account', async () => {
    const app = accountApp()
    await app.run(signUp, ana)
    const answers = [
      await refusal(app.run(signIn, credentials)),
      await refusal(app.run(signIn, { ...credentials, password: 'wrong' })),
      await refusal(app.run(signIn, { ...credentials, email: 'nobody@example.org' })),
    ]
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"code":"wrong-credentials","pointers":[]}']),
    )
    expect(app.store.sessions.size).toBe(0)
  })

  test('a token of the pool that does not verify is our fault, not the caller’s', async () => {
    const app = accountApp()
    await app.register()
    const verify = async () => {
      throw new Failure('unauthenticated')
    }
    const request = app.run(signIn, credentials, { world: { settings: { ...app.world.settings, verify } } })
    await expect(request).rejects.toThrow('does not verify')
    await expect(request).rejects.not.toBeInstanceOf(Failure)
  })
})

describe('sign-out', () => {
  test('ends this session only, revokes the token and clears the cookie', async () => {
    const app = accountApp()
    await app.register()
    const [here, there] = [await app.enter(), await app.enter()]
    const { userId, sessionId, refreshToken } = here
    const outcome = await app.run(signOut, { refreshToken }, { userId, sessionId })
    expect(outcome.cookie).toBeNull()
    expect([app.lives(here), app.lives(there)]).toEqual([false, true])
    expect([...app.pool.refreshTokens]).toEqual([`refresh:${there.userId}/${there.sessionId}`])
    expect(app.store.sessions.get(sessionId)?.endedBecause).toBe('signedOut')
  })

  test('revokes nothing for a token of another session, or one that is made up', async () => {
    const app = accountApp()
    await app.register()
    const [here, there] = [await app.enter(), await app.enter()]
    const { userId, sessionId } = here
    for (const refreshToken of [there.refreshToken, 'made up']) {
      await app.run(signOut, { refreshToken }, { userId, sessionId })
    }
    expect([app.lives(here), app.lives(there)]).toEqual([false, true])
    expect(app.pool.refreshTokens.size).toBe(2)
  })

  test('revokes the token of the cookie as well', async () => {
    const app = accountApp()
    await app.register()
    const { userId, sessionId, refreshToken } = await app.enter()
    await app.run(signOut, {}, { userId, sessionId, refreshToken })
    expect(app.pool.refreshTokens.size).toBe(0)
  })

  test('ends the session even when the pool does not answer', async () => {
    const app = accountApp()
    await app.register()
    const here = await app.enter()
    const revoke = async () => {
      throw new Failure('too-many-requests')
    }
    const identity = { ...app.pool.identity, revoke }
    const { refreshToken } = here
    expect((await refusal(app.run(signOut, { refreshToken }, { ...here, world: { identity } }))).code).toBe(
      'too-many-requests',
    )
    expect(app.lives(here)).toBe(false)
  })

  test('everywhere ends all sessions', async () => {
    const app = accountApp()
    await app.register()
    const [here, there] = [await app.enter(), await app.enter()]
    const { cookie } = await app.run(signOutEverywhere, {}, here)
    expect(cookie).toBeNull()
    expect([app.lives(here), app.lives(there)]).toEqual([false, false])
    expect(app.lives(await app.enter())).toBe(true)
  })
})
