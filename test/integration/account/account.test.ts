import { randomUUID } from 'node:crypto'
import { UpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as account from '../../../shared/api/routes/account.ts'
import * as passwords from '../../../shared/api/routes/passwords.ts'
import * as sessions from '../../../shared/api/routes/sessions.ts'
import { type AccountApp, origin, startAccountApp } from './accountApp.ts'

let app: AccountApp
beforeAll(async () => {
  app = await startAccountApp()
})
afterAll(() => app.close())

const password = 'correct horse battery'
const newAddress = () => `ana-${randomUUID()}@example.org`

const signUp = (email: string, changes: object = {}) =>
  app.as().call(account.signUp, { body: { email, password, name: 'Ana', zone: 'Europe/Madrid', ...changes } })
const confirm = (email: string, code: string, secret = password) =>
  app.as().call(account.confirmSignUp, { body: { email, code, password: secret } })
const lastCode = async (email: string) => String((await app.codesTo(email)).at(-1))
const signIn = (email: string, secret = password) =>
  app.as().call(sessions.signIn, { body: { email, password: secret } })

const member = async () => {
  const email = newAddress()
  await signUp(email)
  await confirm(email, await lastCode(email))
  return email
}
const tokensOf = async (email: string, secret = password) => {
  const reply = await signIn(email, secret)
  if (!reply.ok) throw new Error(`sign-in: ${reply.status}`)
  return { accessToken: reply.body.accessToken, refreshToken: String(reply.body.refreshToken) }
}
const statusOfMe = async (accessToken: string) => (await app.as(accessToken).call(account.getMe)).status

/** A reply as far as it may not depend on whether an address is known. */
const visible = ({ status, body }: { status: number; body: unknown }) => {
  const { requestId: _, ...rest } = (body ?? {}) as Record<string, unknown>
  return { status, rest }
}

test('sign-up, the code from the inbox, confirmation, sign-in, refresh, sign-out', async () => {
  const email = newAddress()
  expect((await signUp(email)).status).toBe(202)
  expect((await signIn(email)).status).toBe(401)
  expect((await confirm(email, await lastCode(email))).status).toBe(204)
  const { accessToken, refreshToken } = await tokensOf(email)
  const me = await app.as(accessToken).call(account.getMe)
  expect(me.body).toMatchObject({ email, name: 'Ana', zone: 'Europe/Madrid', language: 'en' })

  app.clock.now += 60_000
  const refreshed = await app.as().call(sessions.refresh, { body: { refreshToken } })
  if (!refreshed.ok) throw new Error('not refreshed')
  expect(refreshed.body.accessToken).not.toBe(accessToken)
  expect(await statusOfMe(refreshed.body.accessToken)).toBe(200)

  const out = await app.as(accessToken).call(sessions.signOut, { body: { refreshToken } })
  expect(out.status).toBe(204)
  // A program has no cookie to forget.
  expect(out.headers.get('set-cookie')).toBeNull()
  // Both tokens of the sign-in are over, and so is its refresh token.
  expect(await statusOfMe(accessToken)).toBe(401)
  expect(await statusOfMe(refreshed.body.accessToken)).toBe(401)
  expect((await app.as().call(sessions.refresh, { body: { refreshToken } })).status).toBe(401)
})

describe('whether an address is known cannot be told', () => {
  test('from sign-up', async () => {
    const [known, unknown] = [await member(), newAddress()]
    expect(visible(await signUp(known))).toEqual(visible(await signUp(unknown)))
    expect((await signUp(known, { password: 'too short' })).status).toBe(400)
    expect(visible(await signUp(known, { password: 'too short' }))).toEqual(
      visible(await signUp(newAddress(), { password: 'too short' })),
    )
  })

  test('from a code asked for again, or one that resets the password', async () => {
    const [known, unknown] = [await member(), newAddress()]
    for (const route of [account.resendCode, passwords.forgotPassword] as const) {
      const answers = await Promise.all(
        [known, unknown].map((email) => app.as().call(route, { body: { email } })),
      )
      expect(answers.map(({ status }) => status)).toEqual([202, 202])
      expect(answers.map(({ body }) => body)).toEqual([undefined, undefined])
    }
    expect(await app.codesTo(unknown)).toEqual([])
  })

  test('from a confirmation, a reset or a sign-in', async () => {
    const waiting = newAddress()
    await signUp(waiting)
    const addresses = [await member(), waiting, newAddress()]
    const code = (await lastCode(waiting)) === '000000' ? '111111' : '000000'
    for (const [request, expected] of [
      [(email: string) => confirm(email, code), 'invalid-code'],
      [
        (email: string) =>
          app.as().call(passwords.resetPassword, { body: { email, code, newPassword: 'another good one' } }),
        'invalid-code',
      ],
      [(email: string) => signIn(email, 'not the password'), 'wrong-credentials'],
    ] as const) {
      const answers = []
      for (const email of addresses) answers.push(visible(await request(email)))
      expect(answers[0]?.rest.type).toBe(`urn:duely:problem:${expected}`)
      expect(answers).toEqual([answers[0], answers[0], answers[0]])
    }
  })
})

test('whoever signed up with the address first: only the password of who holds the code opens the account', async () => {
  const email = newAddress()
  const strange = 'the password of a stranger'
  await signUp(email, { password: strange })
  await signUp(email)
  expect(await app.codesTo(email)).toHaveLength(2)
  expect((await confirm(email, await lastCode(email))).status).toBe(204)
  expect((await signIn(email, strange)).status).toBe(401)
  expect((await signIn(email)).status).toBe(200)
})

test('somebody whose person never reached the table has one after the confirmation', async () => {
  const email = newAddress()
  const details = { email, name: 'Zoë 🦉', language: 'ja', zone: 'Asia/Tokyo' } as const
  await app.world.identity.signUp(details, password)
  expect((await confirm(email, await lastCode(email))).status).toBe(204)
  const { accessToken } = await tokensOf(email)
  expect((await app.as(accessToken).call(account.getMe)).body).toMatchObject({ ...details, version: 1 })
})

test('somebody whose confirmation never reached the table signs in only after a reset of the password', async () => {
  const email = newAddress()
  await signUp(email)
  await app.world.identity.confirm(email, await lastCode(email), password)
  expect((await signIn(email)).status).toBe(401)
  await app.as().call(passwords.forgotPassword, { body: { email } })
  const newPassword = 'another good password'
  const reset = { email, code: await lastCode(email), newPassword }
  expect((await app.as().call(passwords.resetPassword, { body: reset })).status).toBe(204)
  const { accessToken } = await tokensOf(email, newPassword)
  expect(await statusOfMe(accessToken)).toBe(200)
})

describe('the cookie', () => {
  const sameOrigin = { 'sec-fetch-site': 'same-origin', origin }
  const inCookie = (email: string, headers: Record<string, string>) =>
    app.as().call(sessions.signIn, { body: { email, password, refreshTokenIn: 'cookie' }, headers })

  test('holds the refresh token of a browser, and refreshes for our own origin only', async () => {
    const email = await member()
    const reply = await inCookie(email, sameOrigin)
    expect(reply.body).not.toHaveProperty('refreshToken')
    const setCookie = reply.headers.get('set-cookie') ?? ''
    expect(setCookie).toMatch(/; Path=\/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict$/)
    const cookie = setCookie.replace(/;.*/, '')
    const refresh = (headers: Record<string, string>) =>
      app.as().call(sessions.refresh, { body: {}, headers })
    expect((await refresh({ ...sameOrigin, cookie })).status).toBe(200)
    expect((await refresh({ cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await refresh({ cookie })).status).toBe(403)
  })

  test('is given to nobody elsewhere', async () => {
    const reply = await inCookie(await member(), {
      'sec-fetch-site': 'same-site',
      origin: 'https://evil.test',
    })
    expect([reply.status, reply.headers.get('set-cookie')]).toEqual([403, null])
  })

  test('that is refused is cleared', async () => {
    const headers = { ...sameOrigin, cookie: '__Host-duely_refresh=nonsense' }
    const reply = await app.as().call(sessions.refresh, { body: {}, headers })
    expect(reply.status).toBe(401)
    expect(reply.headers.get('set-cookie')).toMatch(/^__Host-duely_refresh=; .*Max-Age=0/)
  })
})

describe('passwords', () => {
  test('a changed one keeps this session and ends the others', async () => {
    const email = await member()
    const [here, there] = [await tokensOf(email), await tokensOf(email)]
    app.clock.now += 10
    const change = (currentPassword: string, newPassword: string) =>
      app.as(here.accessToken).call(passwords.changePassword, { body: { currentPassword, newPassword } })
    expect((await change('not the current one', 'another good one')).status).toBe(401)
    expect((await change(password, 'too short')).body).toMatchObject({
      type: 'urn:duely:problem:invalid-password',
      errors: [{ pointer: '/newPassword' }],
    })
    expect(await statusOfMe(there.accessToken)).toBe(200)
    expect((await change(password, 'another good one')).status).toBe(204)
    expect(await statusOfMe(here.accessToken)).toBe(200)
    expect(await statusOfMe(there.accessToken)).toBe(401)
    expect((await signIn(email)).status).toBe(401)
    expect((await signIn(email, 'another good one')).status).toBe(200)
  })

  test('a forgotten one is reset with the code from the mail, which ends all sessions', async () => {
    const email = await member()
    const { accessToken, refreshToken } = await tokensOf(email)
    await app.as().call(passwords.forgotPassword, { body: { email } })
    app.clock.now += 10
    const body = { email, code: await lastCode(email), newPassword: 'another good one' }
    expect((await app.as().call(passwords.resetPassword, { body })).status).toBe(204)
    expect(await statusOfMe(accessToken)).toBe(401)
    expect((await app.as().call(sessions.refresh, { body: { refreshToken } })).status).toBe(401)
    expect((await app.as().call(passwords.resetPassword, { body })).status).toBe(400)
    expect((await signIn(email, 'another good one')).status).toBe(200)
  })
})

test('a stolen access token opens no account by another address and a reset of the password', async () => {
  const email = await member()
  const { accessToken: AccessToken } = await tokensOf(email)
  const elsewhere = newAddress()
  const UserAttributes = [{ Name: 'email', Value: elsewhere }]
  await app.pool.client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }))
  await app.as().call(passwords.forgotPassword, { body: { email: elsewhere } })
  app.clock.now += 10
  const reset = { email: elsewhere, code: await lastCode(elsewhere), newPassword: 'password of a thief' }
  expect((await app.as().call(passwords.resetPassword, { body: reset })).status).toBe(204)
  expect((await signIn(elsewhere, reset.newPassword)).status).toBe(401)
  expect(await statusOfMe(AccessToken)).toBe(401)
})

test('signing out everywhere ends all sessions', async () => {
  const email = await member()
  const [here, there] = [await tokensOf(email), await tokensOf(email)]
  app.clock.now += 10
  expect((await app.as(here.accessToken).call(sessions.signOutEverywhere)).status).toBe(204)
  expect(await statusOfMe(here.accessToken)).toBe(401)
  expect(await statusOfMe(there.accessToken)).toBe(401)
  expect((await app.as().call(sessions.refresh, { body: { refreshToken: there.refreshToken } })).status).toBe(
    401,
  )
})

test('fifty edits of a profile at once leave each in order, and one of those with the same ETag', async () => {
  const { accessToken } = await tokensOf(await member())
  const me = app.as(accessToken)
  const etag = (await me.call(account.getMe)).headers.get('etag') ?? ''
  const edits = Array.from({ length: 50 }, (_, n) =>
    me.call(account.editMe, { body: { name: `Ana ${n}` }, headers: { 'if-match': etag } }),
  )
  const statuses = (await Promise.all(edits)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect(statuses.filter((status) => status === 412)).toHaveLength(49)
  const unchanged = await me.call(account.getMe, { headers: { 'if-none-match': '"3"' } })
  expect(unchanged.status).toBe(304)
  const fields = [{ name: 'Ann' }, { zone: 'Asia/Tokyo' }, { language: 'fr' }] as const
  await Promise.all(fields.map((body) => me.call(account.editMe, { body })))
  expect((await me.call(account.getMe)).body).toMatchObject(Object.assign({}, ...fields))
})

test('nothing personal is logged', async () => {
  const email = await member()
  const { accessToken, refreshToken } = await tokensOf(email)
  await app.as().call(sessions.refresh, { body: { refreshToken } })
  const logged = JSON.stringify(app.lines)
  for (const secret of [email, password, accessToken, refreshToken, await lastCode(email)]) {
    expect(logged).not.toContain(secret)
  }
})
