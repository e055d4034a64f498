import { expect, test, vi } from 'vitest'
import * as account from '../../shared/api/routes/account.ts'
import * as sessions from '../../shared/api/routes/sessions.ts'
import { apiFor, type Reply } from '../support/e2e/api.ts'
import { type Login, newPerson, signIn } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'

const nobody = apiFor()
/** What a browser says of a request that a page of our own makes. */
const sameOrigin = { 'sec-fetch-site': 'same-origin' }

/** Name and value of the one cookie, and its attributes in lower case. */
function cookieIn({ headers }: Reply) {
  const cookies = headers.getSetCookie()
  expect(cookies).toHaveLength(1)
  const [pair = '', ...attributes] = (cookies[0] ?? '').split(/;\s*/)
  return { pair, attributes: attributes.map((attribute) => attribute.toLowerCase()).sort() }
}

const signInWithCookie = async ({ email, password }: Login) => {
  const body = { email, password, refreshTokenIn: 'cookie' }
  const reply = await nobody.ok(sessions.signIn, { body, headers: sameOrigin })
  expect(reply.body).not.toHaveProperty('refreshToken')
  return { token: reply.body.accessToken, cookie: cookieIn(reply) }
}

test('tokens in the body: RFC 6749 in camelCase, and a refresh that gives the next tokens of the same session', async () => {
  const person = await newPerson('Body')
  const reply = await nobody.ok(sessions.signIn, { body: { email: person.email, password: person.password } })
  expect(reply.body).toMatchObject({ tokenType: 'Bearer', expiresIn: expect.any(Number) })
  expect(reply.body.expiresIn).toBeGreaterThan(0)
  expect(reply.headers.getSetCookie()).toEqual([])
  expect(reply.headers.get('cache-control')).toBe('no-store')
  const { refreshToken } = reply.body
  const refreshed = await nobody.ok(sessions.refresh, { body: { refreshToken } })
  expect(refreshed.body.refreshToken).toEqual(expect.any(String))
  expect(refreshed.body.refreshToken).not.toBe(refreshToken)
  expect(refreshed.body.accessToken).not.toBe(reply.body.accessToken)
  const renewed = apiFor(refreshed.body.accessToken)
  expect((await renewed.ok(account.getMe)).body.id).toBe(person.id)
  await renewed.ok(sessions.signOut, { body: {} })
  await apiFor(reply.body.accessToken).refused('unauthenticated', account.getMe)
})

test('tokens in a cookie: __Host-, HttpOnly, Secure, SameSite=Strict, and never in the body', async () => {
  const { token, cookie } = await signInWithCookie(await newPerson('Cookie'))
  expect(cookie.pair).toMatch(/^__Host-\w+=.{20,}$/)
  expect(cookie.attributes).toEqual(['httponly', 'max-age=2592000', 'path=/', 'samesite=strict', 'secure'])
  const headers = { ...sameOrigin, cookie: cookie.pair }
  const refreshed = await nobody.ok(sessions.refresh, { body: {}, headers })
  expect(refreshed.body).not.toHaveProperty('refreshToken')
  const next = cookieIn(refreshed)
  expect(next.pair).not.toBe(cookie.pair)
  const left = Number(/max-age=(\d+)/.exec(next.attributes.join())?.[1])
  expect(left).toBeGreaterThan(2_591_000)
  expect(left).toBeLessThanOrEqual(2_592_000)
  await apiFor(refreshed.body.accessToken).ok(account.getMe)
  const out = await apiFor(token).ok(sessions.signOut, { body: {}, headers })
  expect(cookieIn(out)).toMatchObject({ pair: expect.stringMatching(/^__Host-\w+=$/) })
  expect(cookieIn(out).attributes).toContain('max-age=0')
  await nobody.refused('unauthenticated', sessions.refresh, { body: {}, headers })
})

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a sibling site', { 'sec-fetch-site': 'same-site', origin: 'https://other.example' }],
  ['another origin, said by Origin alone', { origin: 'https://evil.example' }],
  ['nobody says where', {}],
])('the cookie is refused to %s, and neither asked for from there', async (_what, headers) => {
  const person = await newPerson('Cross')
  const { token, cookie } = await signInWithCookie(person)
  const withCookie = { ...headers, cookie: cookie.pair }
  await nobody.refused('cross-site', sessions.refresh, { body: {}, headers: withCookie })
  await apiFor(token).refused('cross-site', sessions.signOut, { body: {}, headers: withCookie })
  await apiFor(token).ok(account.getMe)
  const { email, password } = person
  const asking = { body: { email, password, refreshTokenIn: 'cookie' }, headers }
  const refusal = await nobody.refused('cross-site', sessions.signIn, asking)
  expect(refusal.headers.getSetCookie()).toEqual([])
})

test('each refresh token leads to the next; ten tabs that refresh at once go on with the same one', async () => {
  const here = await newPerson('Tabs')
  const first = await nobody.ok(sessions.refresh, { body: { refreshToken: here.refreshToken } })
  const { refreshToken } = first.body
  const all = await Promise.all(
    Array.from({ length: 10 }, () => nobody.ok(sessions.refresh, { body: { refreshToken } })),
  )
  const next = new Set(all.map(({ body }) => body.refreshToken))
  expect(next.size).toBe(1)
  expect(next).not.toContain(refreshToken)
  await Promise.all(all.map(({ body }) => apiFor(body.accessToken).ok(account.getMe)))
})

test('signing out ends this session at once and no other', async () => {
  const here = await newPerson('Out')
  const there = await signIn(here)
  await here.api.ok(sessions.signOut, { body: { refreshToken: here.refreshToken } })
  await here.api.refused('unauthenticated', account.getMe)
  await nobody.refused('unauthenticated', sessions.refresh, { body: { refreshToken: here.refreshToken } })
  await there.api.ok(account.getMe)
  await nobody.ok(sessions.refresh, { body: { refreshToken: there.refreshToken } })
})

test('a session that has ended cannot be refreshed even when its refresh token was not handed in', async () => {
  const here = await newPerson('Forgetful')
  await here.api.ok(sessions.signOut, { body: {} })
  await nobody.refused('unauthenticated', sessions.refresh, { body: { refreshToken: here.refreshToken } })
})

requires('identity-sign-up')('signing out everywhere ends all sessions; signing in again works', async () => {
  const here = await newPerson('Everywhere')
  const there = await signIn(here)
  await here.api.ok(sessions.signOutEverywhere, { body: {} })
  for (const { api, refreshToken } of [here, there]) {
    await api.refused('unauthenticated', account.getMe)
    await nobody.refused('unauthenticated', sessions.refresh, { body: { refreshToken } })
  }
  await (await signIn(here)).api.ok(account.getMe)
})

test('a walk through my sessions: see them, end one, end all others', async () => {
  const here = await newPerson('Walker')
  const [there, elsewhere] = [await signIn(here), await signIn(here)]
  /** The list trails by a moment. */
  const counted = (count: number) =>
    vi.waitFor(
      async () => {
        const { items } = (await here.api.ok(sessions.listSessions)).body
        expect(items).toHaveLength(count)
        return items
      },
      { timeout: 5_000 },
    )
  const all = await counted(3)
  expect(all.map(({ createdAt }) => createdAt)).toEqual(
    all
      .map(({ createdAt }) => createdAt)
      .toSorted()
      .reverse(),
  )
  const own = (await there.api.ok(sessions.listSessions)).body.items.find(({ current }) => current)
  const params = { sessionId: String(own?.id) }
  await here.api.ok(sessions.endSession, { params })
  await there.api.refused('unauthenticated', account.getMe)
  await here.api.refused('not-found', sessions.endSession, { params })
  await counted(2)
  await here.api.ok(sessions.endOtherSessions, { body: {} })
  await elsewhere.api.refused('unauthenticated', account.getMe)
  await nobody.refused('unauthenticated', sessions.refresh, {
    body: { refreshToken: elsewhere.refreshToken },
  })
  expect((await counted(1))[0]?.current).toBe(true)
  const stranger = await newPerson('Stranger')
  const [mine] = await counted(1)
  await stranger.api.refused('not-found', sessions.endSession, { params: { sessionId: String(mine?.id) } })
  await here.api.ok(account.getMe)
})

const spoiled = (token: string): [string, string][] => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return [
    ['another signature', `${header}.${payload}.${'A'.repeat(signature.length)}`],
    [
      'other claims',
      `${header}.${encode({ ...claims, sub: '00000000-0000-4000-8000-000000000000' })}.${signature}`,
    ],
    ['no signature, by its own word', `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`],
    ['no token', 'hello'],
    ['much too long', 'a.'.repeat(4_500)],
  ]
}

test('a token that is not one of ours, whole and live, is no credential', async () => {
  const { token } = await newPerson('Forged')
  const refusals = [await nobody.refused('unauthenticated', account.getMe)]
  for (const [, forged] of spoiled(token)) {
    refusals.push(await apiFor(forged).refused('unauthenticated', account.getMe))
  }
  expect(new Set(refusals.map(({ title, detail }) => `${title} ${detail}`)).size).toBe(1)
  expect(refusals[0]?.headers.get('www-authenticate')).toBe('Bearer')
  await nobody.refused('unauthenticated', sessions.refresh, { body: { refreshToken: 'hello' } })
  await nobody.refused('unauthenticated', sessions.refresh, { body: {} })
})
