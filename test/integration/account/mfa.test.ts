import { randomUUID } from 'node:crypto'
import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as account from '../../../shared/api/routes/account.ts'
import * as mfa from '../../../shared/api/routes/mfa.ts'
import * as passwords from '../../../shared/api/routes/passwords.ts'
import * as privacy from '../../../shared/api/routes/privacy.ts'
import * as sessions from '../../../shared/api/routes/sessions.ts'
import { shownBy } from '../../support/totp.ts'
import { type AccountApp, startAccountApp } from './accountApp.ts'

let app: AccountApp
beforeAll(async () => {
  app = await startAccountApp()
})
afterAll(() => app.close())

const password = 'correct horse battery'
const lastCode = async (email: string) => String((await app.codesTo(email)).at(-1))

/** What a refusal says, or `undefined` after a success. */
const problemOf = ({ body }: { readonly body: unknown }) =>
  (body as { type?: string } | undefined)?.type?.replace('urn:duely:problem:', '')

const signIn = (email: string, more: { code?: string; recoveryCode?: string; password?: string } = {}) =>
  app.as().call(sessions.signIn, { body: { email, password, ...more } })

const tokensOf = async (email: string, more: { code?: string; recoveryCode?: string } = {}) => {
  const reply = await signIn(email, more)
  if (!reply.ok) throw new Error(`sign-in: ${reply.status} ${JSON.stringify(reply.body)}`)
  return { ...reply.body, refreshToken: String(reply.body.refreshToken) }
}

const member = async () => {
  const email = `ana-${randomUUID()}@example.org`
  await app.as().call(account.signUp, { body: { email, password, name: 'Ana', zone: 'UTC' } })
  await app.as().call(account.confirmSignUp, { body: { email, code: await lastCode(email), password } })
  return { email, ...(await tokensOf(email)) }
}

const enrol = async (accessToken: string) => {
  const reply = await app.as(accessToken).call(mfa.enrolTotp, { body: { password } })
  if (!reply.ok) throw new Error(`enrolment: ${reply.status} ${JSON.stringify(reply.body)}`)
  return reply.body
}

/** Somebody with an authenticator. Each code it shows is a new one: half a minute passes. */
const protectedMember = async () => {
  const person = await member()
  const { secret } = await enrol(person.accessToken)
  const code = () => {
    app.clock.now += 30_000
    return shownBy(secret, app.clock.now)
  }
  const confirmed = await app
    .as(person.accessToken)
    .call(mfa.confirmTotp, { body: { password, code: await code() } })
  if (!confirmed.ok) throw new Error(`confirmation: ${confirmed.status} ${JSON.stringify(confirmed.body)}`)
  return { ...person, secret, code, recoveryCodes: confirmed.body.recoveryCodes }
}

const stateOf = async (accessToken: string) => (await app.as(accessToken).call(mfa.getMfa)).body
const statusOfMe = async (accessToken: string) => (await app.as(accessToken).call(account.getMe)).status

/** Whether Cognito itself asks for a second factor. */
const isAsked = async (email: string) => {
  const { poolId: UserPoolId } = app.pool.ids
  const user = await app.pool.client.send(new AdminGetUserCommand({ UserPoolId, Username: email }))
  return (user.UserMFASettingList ?? []).length > 0
}
/** Sets it behind the back of our own state, as a cut-off request or a stolen token could. */
const letCognito = (ask: boolean, email: string) =>
  app.pool.client.send(
    new AdminSetUserMFAPreferenceCommand({
      UserPoolId: app.pool.ids.poolId,
      Username: email,
      SoftwareTokenMfaSettings: { Enabled: ask, PreferredMfa: ask },
    }),
  )

describe('enrolment', () => {
  test('takes the password and a first code; nothing changes before, and other sessions go on', async () => {
    const { email, accessToken } = await member()
    const other = await tokensOf(email)
    const off = { enabled: false, enabledAt: null, recoveryCodesLeft: 0 }
    expect(await stateOf(accessToken)).toEqual(off)

    const refused = await app.as(accessToken).call(mfa.enrolTotp, { body: { password: 'not the password' } })
    expect([refused.status, problemOf(refused)]).toEqual([401, 'wrong-credentials'])
    const { secret, uri } = await enrol(accessToken)
    expect(secret).toMatch(/^[A-Z2-7]{32,}$/)
    expect(uri).toBe(`otpauth://totp/Duely:${encodeURIComponent(email)}?secret=${secret}&issuer=Duely`)
    expect(await stateOf(accessToken)).toEqual(off)
    expect((await signIn(email)).status).toBe(200)

    const confirm = (code: string, secretWord = password) =>
      app.as(accessToken).call(mfa.confirmTotp, { body: { password: secretWord, code } })
    const now = await shownBy(secret, app.clock.now)
    const wrong = now === '000000' ? '111111' : '000000'
    expect(problemOf(await confirm(wrong))).toBe('invalid-code')
    expect(problemOf(await confirm(now, 'not the password'))).toBe('wrong-credentials')
    expect(await stateOf(accessToken)).toEqual(off)

    const confirmed = await confirm(now)
    if (!confirmed.ok) throw new Error('not confirmed')
    const { recoveryCodes } = confirmed.body
    expect(new Set(recoveryCodes).size).toBe(10)
    for (const code of recoveryCodes)
      expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{6}-){3}[0-9a-hjkmnp-tv-z]{6}$/)
    expect(await stateOf(accessToken)).toMatchObject({ enabled: true, recoveryCodesLeft: 10 })
    expect(await statusOfMe(other.accessToken)).toBe(200)
    expect(problemOf(await signIn(email))).toBe('mfa-required')
  })

  test('of a second authenticator is refused while one is enrolled', async () => {
    const { accessToken, code } = await protectedMember()
    const body = { password }
    expect(problemOf(await app.as(accessToken).call(mfa.enrolTotp, { body }))).toBe('conflict')
    const again = { body: { password, code: await code() } }
    expect(problemOf(await app.as(accessToken).call(mfa.confirmTotp, again))).toBe('conflict')
  })

  test('keeps no recovery code, and no secret, in the table', async () => {
    const { accessToken, recoveryCodes, secret } = await protectedMember()
    const { userId } = await app.world.settings.verify(`Bearer ${accessToken}`)
    const item = JSON.stringify(await app.world.people.person(userId))
    expect(item).toContain('recoveryCodes')
    for (const secretWord of [
      secret,
      ...recoveryCodes,
      ...recoveryCodes.map((code) => code.replaceAll('-', '')),
    ])
      expect(item).not.toContain(secretWord)
  })
})

describe('signing in with a second factor', () => {
  test('takes the right password and a code that is good once', async () => {
    const { email, code } = await protectedMember()
    expect(problemOf(await signIn(email, { password: 'not the password' }))).toBe('wrong-credentials')
    const lost = { password: 'not the password', code: await code() }
    expect(problemOf(await signIn(email, lost))).toBe('wrong-credentials')
    expect(problemOf(await signIn(email))).toBe('mfa-required')

    const good = await code()
    const wrong = good === '000000' ? '111111' : '000000'
    expect(problemOf(await signIn(email, { code: wrong }))).toBe('invalid-code')
    const { accessToken, refreshToken, recoveryCodesLeft } = await tokensOf(email, { code: good })
    expect(recoveryCodesLeft).toBeUndefined()
    expect(await statusOfMe(accessToken)).toBe(200)
    expect((await app.as().call(sessions.refresh, { body: { refreshToken } })).status).toBe(200)
    expect(problemOf(await signIn(email, { code: good }))).toBe('invalid-code')
    expect((await signIn(email, { code: await code() })).status).toBe(200)
  })

  test('of ten requests with the same code lets one in', async () => {
    const { email, code } = await protectedMember()
    const same = await code()
    const replies = await Promise.all(Array.from({ length: 10 }, () => signIn(email, { code: same })))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.map(problemOf).filter((problem) => problem === 'invalid-code')).toHaveLength(9)
  })

  test('counts wrong codes as failed attempts, of either kind, but not that a code was asked for', async () => {
    const { email, code, recoveryCodes } = await protectedMember()
    for (let n = 0; n < 12; n++) expect(problemOf(await signIn(email))).toBe('mfa-required')
    const wrong = ['000000', '111111'].map((guess) => ({ code: guess }))
    const guesses = [...wrong, ...wrong, ...wrong, ...Array(4).fill({ recoveryCode: '0'.repeat(24) })]
    for (const guess of guesses) expect(problemOf(await signIn(email, guess))).toBe('invalid-code')
    expect(problemOf(await signIn(email, { recoveryCode: String(recoveryCodes[0]) }))).toBe(
      'too-many-requests',
    )
    app.clock.now += 300_000
    expect((await signIn(email, { code: await code() })).status).toBe(200)
  })

  test('takes a code or a recovery code, not both', async () => {
    const { email, code, recoveryCodes, accessToken } = await protectedMember()
    const both = await signIn(email, { code: await code(), recoveryCode: String(recoveryCodes[0]) })
    expect(both.body).toMatchObject({ errors: [{ pointer: '/recoveryCode' }] })
    expect(await stateOf(accessToken)).toMatchObject({ recoveryCodesLeft: 10 })
  })

  test('asks nothing of those who have none, whatever they send', async () => {
    const { email } = await member()
    expect((await signIn(email, { code: '123456' })).status).toBe(200)
  })
})

describe('a recovery code', () => {
  test('signs in once, however it is written, and the second factor stays on', async () => {
    const { email, recoveryCodes, accessToken } = await protectedMember()
    const [first = ''] = recoveryCodes
    const typed = ` ${first.toUpperCase().replaceAll('-', ' ')}`
    expect(problemOf(await signIn(email, { recoveryCode: first, password: 'not it' }))).toBe(
      'wrong-credentials',
    )
    const reply = await tokensOf(email, { recoveryCode: typed })
    expect(reply.recoveryCodesLeft).toBe(9)
    expect(await statusOfMe(reply.accessToken)).toBe(200)
    expect(await stateOf(accessToken)).toMatchObject({ enabled: true, recoveryCodesLeft: 9 })
    expect(await isAsked(email)).toBe(true)
    expect(problemOf(await signIn(email))).toBe('mfa-required')
    expect(problemOf(await signIn(email, { recoveryCode: first }))).toBe('invalid-code')
    expect(problemOf(await signIn(email, { recoveryCode: '0'.repeat(24) }))).toBe('invalid-code')
  })

  test('used by ten at once lets one in', async () => {
    const { email, recoveryCodes, accessToken } = await protectedMember()
    const [recoveryCode = ''] = recoveryCodes
    const replies = await Promise.all(Array.from({ length: 10 }, () => signIn(email, { recoveryCode })))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.map(problemOf).filter((problem) => problem === 'invalid-code')).toHaveLength(9)
    expect(await stateOf(accessToken)).toMatchObject({ recoveryCodesLeft: 9 })
    expect(problemOf(await signIn(email))).toBe('mfa-required')
  })

  test('that is the last one switches the second factor off', async () => {
    const { email, recoveryCodes, accessToken } = await protectedMember()
    const left: unknown[] = []
    for (const recoveryCode of recoveryCodes) {
      left.push((await tokensOf(email, { recoveryCode })).recoveryCodesLeft)
    }
    expect(left).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
    expect(await stateOf(accessToken)).toMatchObject({ enabled: false })
    expect((await signIn(email)).status).toBe(200)
  })

  test('is worthless once new ones are made, which takes password and code', async () => {
    const { email, code, recoveryCodes, accessToken } = await protectedMember()
    const renew = (body: { password: string; code: string }) =>
      app.as(accessToken).call(mfa.renewRecoveryCodes, { body })
    expect(problemOf(await renew({ password: 'not it', code: await code() }))).toBe('wrong-credentials')
    expect(problemOf(await renew({ password, code: '000000' }))).toBe('invalid-code')
    await tokensOf(email, { recoveryCode: String(recoveryCodes[0]) })
    const reply = await renew({ password, code: await code() })
    if (!reply.ok) throw new Error('not renewed')
    expect(await stateOf(accessToken)).toMatchObject({ recoveryCodesLeft: 10 })
    expect(problemOf(await signIn(email, { recoveryCode: String(recoveryCodes[1]) }))).toBe('invalid-code')
    expect((await signIn(email, { recoveryCode: String(reply.body.recoveryCodes[0]) })).status).toBe(200)
  })
})

describe('switching off', () => {
  const disable = (accessToken: string, body: { password: string; code?: string; recoveryCode?: string }) =>
    app.as(accessToken).call(mfa.disableTotp, { body })

  test('takes the password and a code or a recovery code, and then no code is asked for', async () => {
    const { email, code, recoveryCodes, accessToken } = await protectedMember()
    expect(problemOf(await disable(accessToken, { password }))).toBe('mfa-required')
    expect(problemOf(await disable(accessToken, { password, code: '000000' }))).toBe('invalid-code')
    expect(problemOf(await disable(accessToken, { password: 'not it', code: await code() }))).toBe(
      'wrong-credentials',
    )
    expect(problemOf(await signIn(email))).toBe('mfa-required')
    expect((await disable(accessToken, { password, recoveryCode: String(recoveryCodes[3]) })).status).toBe(
      204,
    )
    expect(await stateOf(accessToken)).toEqual({ enabled: false, enabledAt: null, recoveryCodesLeft: 0 })
    expect((await signIn(email)).status).toBe(200)
    expect(problemOf(await disable(accessToken, { password, code: await code() }))).toBe('conflict')
  })

  test('lets another authenticator be enrolled, and the former one counts for nothing', async () => {
    const { email, code, accessToken } = await protectedMember()
    expect((await disable(accessToken, { password, code: await code() })).status).toBe(204)
    const { secret } = await enrol(accessToken)
    const first = await shownBy(secret, app.clock.now)
    const confirmed = await app.as(accessToken).call(mfa.confirmTotp, { body: { password, code: first } })
    expect(confirmed.status).toBe(200)
    expect(problemOf(await signIn(email, { code: await code() }))).toBe('invalid-code')
    expect((await signIn(email, { code: await shownBy(secret, app.clock.now) })).status).toBe(200)
  })
})

describe('nothing goes around the second factor', () => {
  test('not a password that is reset by mail', async () => {
    const { email, code } = await protectedMember()
    await app.as().call(passwords.forgotPassword, { body: { email } })
    const newPassword = 'another good password'
    const reset = { email, code: await lastCode(email), newPassword }
    expect((await app.as().call(passwords.resetPassword, { body: reset })).status).toBe(204)
    expect(problemOf(await signIn(email, { password: newPassword }))).toBe('mfa-required')
    expect((await signIn(email, { password: newPassword, code: await code() })).status).toBe(200)
  })

  test('nor signing up or confirming again with its address', async () => {
    const { email, code } = await protectedMember()
    const mine = 'the password of a stranger'
    await app.as().call(account.signUp, { body: { email, password: mine, name: 'Eve', zone: 'UTC' } })
    const confirm = { email, code: await lastCode(email), password: mine }
    expect(problemOf(await app.as().call(account.confirmSignUp, { body: confirm }))).toBe('invalid-code')
    expect(problemOf(await signIn(email, { password: mine }))).toBe('wrong-credentials')
    expect(problemOf(await signIn(email))).toBe('mfa-required')
    expect((await signIn(email, { code: await code() })).status).toBe(200)
  })

  test('nor Cognito, should it have stopped asking: it is made to ask again', async () => {
    const { email, code, recoveryCodes } = await protectedMember()
    await letCognito(false, email)
    expect(problemOf(await signIn(email))).toBe('mfa-required')
    expect(await isAsked(email)).toBe(true)
    await letCognito(false, email)
    expect(problemOf(await signIn(email, { code: '000000' }))).toBe('invalid-code')
    await letCognito(false, email)
    expect((await signIn(email, { code: await code() })).status).toBe(200)
    await letCognito(false, email)
    expect((await signIn(email, { recoveryCode: String(recoveryCodes[0]) })).status).toBe(200)
    expect(await isAsked(email)).toBe(true)
  })

  test('and nobody is asked for a factor that was switched off, should Cognito have missed it', async () => {
    const { email, accessToken, code } = await protectedMember()
    const body = { password, code: await code() }
    expect((await app.as(accessToken).call(mfa.disableTotp, { body })).status).toBe(204)
    await letCognito(true, email)
    expect((await signIn(email)).status).toBe(200)
    expect(await isAsked(email)).toBe(false)
  })
})

test('an account with a second factor is deleted with a code of it, and not without', async () => {
  const { email, accessToken, code } = await protectedMember()
  const erase = (more: { code?: string } = {}) =>
    app.as(accessToken).call(privacy.deleteMe, { body: { password, confirm: 'delete my account', ...more } })
  expect(problemOf(await erase())).toBe('mfa-required')
  expect(problemOf(await erase({ code: '000000' }))).toBe('invalid-code')
  expect(await statusOfMe(accessToken)).toBe(200)
  expect((await erase({ code: await code() })).status).toBe(204)
  expect(await statusOfMe(accessToken)).toBe(401)
  expect(problemOf(await signIn(email, { code: await code() }))).toBe('wrong-credentials')
})

test('a password is changed by whoever has shown the second factor at sign-in', async () => {
  const { email, accessToken, code } = await protectedMember()
  const there = await tokensOf(email, { code: await code() })
  app.clock.now += 10
  const newPassword = 'another good one'
  const change = (currentPassword: string) =>
    app.as(accessToken).call(passwords.changePassword, { body: { currentPassword, newPassword } })
  expect(problemOf(await change('not the current one'))).toBe('wrong-credentials')
  expect(await statusOfMe(there.accessToken)).toBe(200)
  expect((await change(password)).status).toBe(204)
  expect(await statusOfMe(accessToken)).toBe(200)
  expect(await statusOfMe(there.accessToken)).toBe(401)
  expect(problemOf(await signIn(email))).toBe('wrong-credentials')
  expect(problemOf(await signIn(email, { password: newPassword }))).toBe('mfa-required')
  expect((await signIn(email, { password: newPassword, code: await code() })).status).toBe(200)
})

test('no code and no secret is logged', async () => {
  const { email, secret, code, recoveryCodes } = await protectedMember()
  const shown = await code()
  await tokensOf(email, { code: shown })
  await tokensOf(email, { recoveryCode: String(recoveryCodes[0]) })
  const logged = JSON.stringify(app.lines)
  for (const secretWord of [secret, String(recoveryCodes[0]), email]) expect(logged).not.toContain(secretWord)
})
