import { describe, expect, test } from 'vitest'
import { invalidPassword } from '../../../shared/domain/account/password.ts'
import { changePassword, forgotPassword, resetPassword } from '../../../shared/domain/account/passwords.ts'
import { accountApp, ana, password, refusal } from './accountApp.ts'
import { code } from './fakePool.ts'

const newPassword = 'a quite different one'
const change = { currentPassword: password, newPassword }

describe('changing the password', () => {
  test('ends every session but the one it is done in', async () => {
    const app = accountApp()
    await app.register()
    const [here, there] = [await app.enter(), await app.enter()]
    await app.run(changePassword, change, here)
    expect(app.pool.registered.get(ana.email)?.password).toBe(newPassword)
    expect([app.lives(here), app.lives(there)]).toEqual([true, false])
  })

  test('ends a session that somebody opened with the old password in the meantime', async () => {
    const app = accountApp()
    await app.register()
    const here = await app.enter()
    let intruder = here
    const identity = {
      ...app.pool.identity,
      changePassword: async (...parts: [string, string, string]) => {
        intruder = await app.enter()
        app.clock.now += 1
        await app.pool.identity.changePassword(...parts)
      },
    }
    await app.run(changePassword, change, { ...here, world: { identity } })
    expect([app.lives(here), app.lives(intruder)]).toEqual([true, false])
  })

  test('leaves no sign-in of its own behind', async () => {
    const app = accountApp()
    await app.register()
    const here = await app.enter()
    await app.run(changePassword, change, here)
    expect([...app.pool.refreshTokens]).toEqual([`refresh:${here.userId}/${here.sessionId}`])
    const identity = {
      ...app.pool.identity,
      changePassword: async () => {
        throw invalidPassword('/newPassword')
      },
    }
    const request = app.run(
      changePassword,
      { ...change, currentPassword: newPassword },
      { ...here, world: { identity } },
    )
    expect(await refusal(request)).toEqual({ code: 'invalid-password', pointers: ['/newPassword'] })
    expect([...app.pool.refreshTokens]).toEqual([`refresh:${here.userId}/${here.sessionId}`])
  })

  test('needs the current one', async () => {
    const app = accountApp()
    await app.register()
    const [here, there] = [await app.enter(), await app.enter()]
    const request = app.run(changePassword, { ...change, currentPassword: 'not this one' }, here)
    expect((await refusal(request)).code).toBe('wrong-credentials')
    expect(app.pool.registered.get(ana.email)?.password).toBe(password)
    expect(app.lives(there)).toBe(true)
  })

  test('says what a new one needs', async () => {
    const app = accountApp()
    await app.register()
    const request = app.run(changePassword, { ...change, newPassword: 'short' }, await app.enter())
    await expect(request).rejects.toMatchObject({
      code: 'invalid-password',
      errors: [{ pointer: '/newPassword', detail: expect.stringContaining('at least 12 characters') }],
    })
  })
})

describe('a forgotten password', () => {
  test('is asked for with the same answer for every address', async () => {
    const app = accountApp()
    await app.register()
    const known = await app.run(forgotPassword, { email: ana.email })
    expect(await app.run(forgotPassword, { email: 'nobody@example.org' })).toEqual(known)
  })

  test('is reset with the code, which ends all sessions, those begun meanwhile too', async () => {
    const app = accountApp()
    await app.register()
    const before = await app.enter()
    let intruder = before
    const identity = {
      ...app.pool.identity,
      resetPassword: async (...parts: [string, string, string]) => {
        intruder = await app.enter()
        app.clock.now += 1
        return app.pool.identity.resetPassword(...parts)
      },
    }
    await app.run(resetPassword, { email: ana.email, code, newPassword }, { world: { identity } })
    expect(app.pool.registered.get(ana.email)?.password).toBe(newPassword)
    expect([app.lives(before), app.lives(intruder)]).toEqual([false, false])
  })

  test('is reset by somebody whose confirmation was cut off, which opens the account', async () => {
    const app = accountApp()
    await app.pool.identity.signUp({ ...ana, language: 'fr' }, password)
    await app.pool.identity.confirm(ana.email, code, password)
    await app.run(resetPassword, { email: ana.email, code, newPassword })
    expect(app.personOf(ana.email)).toMatchObject({ state: 'active', language: 'fr' })
  })

  test('stays with a wrong code, and so do the sessions', async () => {
    const app = accountApp()
    await app.register()
    const here = await app.enter()
    const request = app.run(resetPassword, { email: ana.email, code: '000000', newPassword })
    expect((await refusal(request)).code).toBe('invalid-code')
    expect(app.pool.registered.get(ana.email)?.password).toBe(password)
    expect(app.lives(here)).toBe(true)
  })
})
