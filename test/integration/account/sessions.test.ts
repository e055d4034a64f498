import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as account from '../../../shared/api/routes/account.ts'
import * as passwords from '../../../shared/api/routes/passwords.ts'
import * as sessions from '../../../shared/api/routes/sessions.ts'
import { type AccountApp, startAccountApp } from './accountApp.ts'

let app: AccountApp
beforeAll(async () => {
  app = await startAccountApp()
})
afterAll(() => app.close())

const password = 'correct horse battery'
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'

const member = async (): Promise<string> => {
  const email = `ana-${randomUUID()}@example.org`
  await app.as().call(account.signUp, { body: { email, password, name: 'Ana', zone: 'Europe/Madrid' } })
  const code = String((await app.codesTo(email)).at(-1))
  await app.as().call(account.confirmSignUp, { body: { email, code, password } })
  return email
}

/** Sign-ins come one after the other, at times of their own. */
const signedIn = async (email: string, userAgent = 'curl/8.5.0') => {
  app.clock.now += 10
  const headers = { 'user-agent': userAgent }
  const reply = await app.as().call(sessions.signIn, { body: { email, password }, headers })
  if (!reply.ok) throw new Error(`sign-in: ${reply.status}`)
  const { accessToken, refreshToken } = reply.body
  return { api: app.as(accessToken), refreshToken: String(refreshToken) }
}
type SignedIn = Awaited<ReturnType<typeof signedIn>>

const listOf = async ({ api }: SignedIn, query: { limit?: number; cursor?: string } = {}) => {
  const reply = await api.call(sessions.listSessions, { query })
  if (!reply.ok) throw new Error(`list: ${reply.status}`)
  return reply.body
}
const cursorIn = (next: string): string =>
  String(new URL(next, 'https://duely.test').searchParams.get('cursor'))
const idOf = async (one: SignedIn): Promise<string> =>
  (await listOf(one)).items.find(({ current }) => current)?.id ?? 'no session'
const endBy = ({ api }: SignedIn, sessionId: string) =>
  api.call(sessions.endSession, { params: { sessionId } })
const statusOf = async ({ api }: SignedIn) => (await api.call(account.getMe)).status
/** Goes on with the next refresh token, as clients do. */
const statusOfRefresh = async (one: SignedIn): Promise<number> => {
  const { refreshToken } = one
  const reply = await app.as().call(sessions.refresh, { body: { refreshToken } })
  if (reply.ok) one.refreshToken = String(reply.body.refreshToken)
  return reply.status
}

describe('my sessions', () => {
  test('are listed the newest first, with what devices say of themselves, and as long as they live', async () => {
    const email = await member()
    const [here, there] = [await signedIn(email, firefox), await signedIn(email)]
    const { items } = await listOf(here)
    expect(
      items.map(({ browser, system, userAgent, current }) => [browser, system, userAgent, current]),
    ).toEqual([
      [null, null, 'curl/8.5.0', false],
      ['Firefox', 'Linux', firefox, true],
    ])
    await there.api.call(sessions.signOut, { body: {} })
    expect((await listOf(here)).items.map(({ current }) => current)).toEqual([true])
  })

  test('come in pages', async () => {
    const email = await member()
    const all: SignedIn[] = []
    for (let n = 0; n < 5; n++) all.push(await signedIn(email, `device ${n}`))
    const [first] = all as [SignedIn]
    const pages: string[][] = []
    let cursor: string | undefined
    do {
      const { items, next } = await listOf(first, { limit: 2, ...(cursor !== undefined && { cursor }) })
      pages.push(items.map(({ userAgent }) => userAgent))
      cursor = next === undefined ? undefined : cursorIn(next)
    } while (cursor !== undefined)
    expect(pages).toEqual([['device 4', 'device 3'], ['device 2', 'device 1'], ['device 0']])
  })

  test('show when they were last refreshed', async () => {
    const email = await member()
    const [here, there] = [await signedIn(email), await signedIn(email)]
    const id = await idOf(there)
    const seen = async () => (await listOf(here)).items.find((one) => one.id === id)?.lastUsedAt
    for (const minutes of [14, 1]) {
      app.clock.now += minutes * 60_000
      expect(await statusOfRefresh(there)).toBe(200)
      const refreshedAt = new Date(app.clock.now).toISOString()
      app.clock.now += 60_000
      expect(await seen()).toBe(refreshedAt)
    }
  })

  test('end one by one, and are gone afterwards', async () => {
    const email = await member()
    const [here, there, elsewhere] = [await signedIn(email), await signedIn(email), await signedIn(email)]
    const id = await idOf(there)
    expect((await endBy(here, id)).status).toBe(204)
    expect([await statusOf(there), await statusOfRefresh(there)]).toEqual([401, 401])
    expect([await statusOf(here), await statusOf(elsewhere), await statusOfRefresh(elsewhere)]).toEqual([
      200, 200, 200,
    ])
    expect((await endBy(here, id)).status).toBe(404)
    expect((await listOf(here)).items).toHaveLength(2)
  })

  test('of somebody else are answered as those that nobody has, and live on', async () => {
    const [mine, theirs] = [await signedIn(await member()), await signedIn(await member())]
    const answers = [await endBy(mine, await idOf(theirs)), await endBy(mine, randomUUID())]
    const plain = answers.map(({ status, body }) => [status, { ...(body as object), requestId: '' }])
    expect(plain[0]).toEqual(plain[1])
    expect(plain[0]?.[0]).toBe(404)
    expect(await statusOf(theirs)).toBe(200)
    expect((await listOf(mine)).items).toHaveLength(1)
  })

  test('end all but the one that asks, which is listed afterwards wherever it stands', async () => {
    const email = await member()
    const here = await signedIn(email)
    const others = [await signedIn(email), await signedIn(email), await signedIn(email)]
    app.clock.now += 10
    expect((await here.api.call(sessions.endOtherSessions)).status).toBe(204)
    expect(await Promise.all(others.map(statusOf))).toEqual([401, 401, 401])
    expect(await Promise.all(others.map(statusOfRefresh))).toEqual([401, 401, 401])
    const later = await signedIn(email)
    const { items, next } = await listOf(later, { limit: 2 })
    expect(items.map(({ current }) => current)).toEqual([true, false])
    expect([items[1]?.id, next]).toEqual([await idOf(here), undefined])
  })
})

/** What ends sessions; each is called with the one that stays. */
const endings: [string, (here: SignedIn, others: readonly SignedIn[]) => Promise<number[]>][] = [
  [
    'ended one by one',
    async (here, others) => {
      const ids = await Promise.all(others.map(idOf))
      const replies = await Promise.all(ids.map((id) => endBy(here, id)))
      return replies.map(({ status }) => status)
    },
  ],
  ['ended together', async ({ api }) => [(await api.call(sessions.endOtherSessions)).status]],
  [
    'ended by a change of the password',
    async ({ api }) => {
      const body = { currentPassword: password, newPassword: 'another good password' }
      return [(await api.call(passwords.changePassword, { body })).status]
    },
  ],
]

/** Asks again and again, several at once, until it is refused; `last`: when it began to ask what was answered last. */
const asking = (one: SignedIn) => {
  const { promise: answered, resolve } = Promise.withResolvers<void>()
  let last = 0
  const ask = async (): Promise<void> => {
    for (;;) {
      const began = performance.now()
      const status = await statusOf(one)
      if (status === 401) return
      if (status !== 200) throw new Error(`answered ${status}`)
      last = Math.max(last, began)
      resolve()
    }
  }
  const refused = Promise.all(Array.from({ length: 4 }, ask))
  return { answered, last: refused.then(() => last) }
}

/** Asks until told to stop; every answer has to be 200. */
const keepsAnswering = async (one: SignedIn, stop: AbortSignal): Promise<number> => {
  let answers = 0
  while (!stop.aborted) {
    expect(await statusOf(one)).toBe(200)
    answers++
  }
  return answers
}

describe.each(endings)('sessions that are asked by in parallel, and %s,', (_, end) => {
  test('are refused whatever begins after that, while the one that stays is never refused', async () => {
    const email = await member()
    const here = await signedIn(email)
    const others = [await signedIn(email), await signedIn(email), await signedIn(email)]
    app.clock.now += 10
    const stop = new AbortController()
    const staying = keepsAnswering(here, stop.signal)
    const loads = others.map(asking)
    await Promise.all(loads.map(({ answered }) => answered))
    expect(await end(here, others)).toSatisfy((all: number[]) => all.every((status) => status === 204))
    const ended = performance.now()
    const last = await Promise.all(loads.map((load) => load.last))
    expect(Math.max(...last)).toBeLessThan(ended)
    expect(await Promise.all(others.map(statusOfRefresh))).toEqual([401, 401, 401])
    stop.abort()
    expect(await staying).toBeGreaterThan(0)
  })
})

test('two sessions that end each other at once: one stays, whichever', async () => {
  for (let round = 0; round < 10; round++) {
    const email = await member()
    const two = [await signedIn(email), await signedIn(email)]
    app.clock.now += 10
    const replies = await Promise.all(two.map(({ api }) => api.call(sessions.endOtherSessions)))
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 401])
    expect((await Promise.all(two.map(statusOf))).sort()).toEqual([200, 401])
  }
})

test('sessions that were ended stay so, also when a slower request ends them as of an earlier time', async () => {
  const email = await member()
  const kept = await signedIn(email)
  const slow = app.clock.now + 1
  const thief = await signedIn(email)
  app.clock.now += 10
  const changed = { currentPassword: password, newPassword: `${password} 2` }
  expect((await kept.api.call(passwords.changePassword, { body: changed })).status).toBe(204)
  expect(await statusOf(thief)).toBe(401)
  app.clock.now = slow
  expect((await kept.api.call(sessions.signOutEverywhere, { body: {} })).status).toBe(204)
  app.clock.now += 1_000
  expect([await statusOf(thief), await statusOf(kept)]).toEqual([401, 401])
})
