import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as account from '../../../shared/api/routes/account.ts'
import * as passwords from '../../../shared/api/routes/passwords.ts'
import * as sessions from '../../../shared/api/routes/sessions.ts'
import { throttles } from '../../../shared/api/throttles.ts'
import { bucketStore } from '../../../shared/data/stores/throttle.ts'
import { type App, type Reply, startApp } from '../../support/app.ts'
import { mailedCode } from '../../support/fakeIdentity.ts'
import { writesOn } from '../../support/hostile/effects.ts'
import { newAddress } from '../../support/newAddress.ts'

let app: App
let writes: () => number
beforeAll(async () => {
  app = await startApp()
  writes = writesOn(app.engine.client)
})
afterAll(() => app.close())

const password = 'correct horse battery staple'
const { burst, everySeconds } = throttles.password.account
let count = 0
const freshAddress = () => `somebody.${++count}@example.com`

const post = (route: RouteDeclaration, body: object, address = newAddress()): Promise<Reply> =>
  app.call(undefined, route, { body, address })
const enter = (email: string, given: string, address?: string) =>
  post(sessions.signIn, { email, password: given }, address)
const somebody = async (): Promise<string> => {
  const email = freshAddress()
  await post(account.signUp, { email, password, name: 'Somebody' })
  expect((await post(account.confirmSignUp, { email, password, code: mailedCode })).status).toBe(204)
  return email
}
const all = <T>(n: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, index) => make(index)))
const statuses = (replies: readonly Reply[]): Record<number, number> =>
  Object.fromEntries([...Map.groupBy(replies, ({ status }) => status)].map(([s, those]) => [s, those.length]))
/** Without what is each answer's own. */
const plain = ({ status, headers, body }: Reply) => ({
  status,
  headers: { ...headers, 'x-request-id': '' },
  body: { ...body, requestId: '' },
})

describe('guesses at a password', () => {
  test('made all at once do not overtake the count', async () => {
    const email = await somebody()
    const replies = await all(60, () => enter(email, 'not the password'))
    expect(statuses(replies)).toEqual({ 401: burst, 429: 60 - burst })
  })

  test('are refused once the limit is reached, the right one among them, and taken again later', async () => {
    const email = await somebody()
    for (let n = 0; n < burst; n++) expect((await enter(email, 'wrong')).status).toBe(401)
    const refused = await enter(email, password)
    expect(refused.status).toBe(429)
    expect(refused.body.type).toBe('urn:duely:problem:too-many-requests')
    expect(Number(refused.headers['retry-after'])).toBe(everySeconds)
    expect(refused.headers['ratelimit-policy']).toBe('"address";q=50;w=1500, "account";q=10;w=3000')
    expect(refused.headers.ratelimit).toBe('"address";r=49;t=30, "account";r=0;t=3000')
    app.clock.now += everySeconds * 1000 - 1
    expect((await enter(email, password)).status).toBe(429)
    app.clock.now += 1
    expect((await enter(email, password)).status).toBe(200)
  })

  test('are refused alike whether or not there is an account', async () => {
    const [known, unknown] = [await somebody(), freshAddress()]
    for (let n = 0; n < burst + 3; n++) {
      const [ours, theirs] = [await enter(known, 'wrong'), await enter(unknown, 'wrong')]
      expect(plain(ours)).toEqual(plain(theirs))
      expect(ours.status).toBe(n < burst ? 401 : 429)
    }
  })

  test('by who changes the password of a session count with those at sign-in', async () => {
    const email = await somebody()
    const { body } = await enter(email, password)
    const who = { userId: '', token: body.accessToken }
    const change = (currentPassword: string) =>
      app.call(who, passwords.changePassword, { body: { currentPassword, newPassword: 'another password' } })
    for (let n = 0; n < burst / 2; n++) expect((await change('wrong')).status).toBe(401)
    for (let n = 0; n < burst / 2; n++) expect((await enter(email, 'wrong')).status).toBe(401)
    expect((await change(password)).status).toBe(429)
    expect((await app.call(who, account.getMe)).status).toBe(200)
  })

  test('of one place at many accounts are refused, from its whole network, and from nowhere else', async () => {
    const tried = await all(60, (n) => enter(freshAddress(), 'wrong', `2001:db8:aaaa:1::${n + 1}`))
    expect(statuses(tried)).toEqual({ 401: throttles.password.address.burst, 429: 10 })
    const email = await somebody()
    expect((await enter(email, password, '2001:db8:aaaa:1::1')).status).toBe(429)
    expect((await enter(email, password, '2001:db8:aaaa:2::1')).status).toBe(200)
  })

  test('are not washed away by one good account', async () => {
    const good = await somebody()
    const address = newAddress()
    for (let n = 0; n < throttles.password.address.burst; n++) {
      if (n % 10 === 0) expect((await enter(good, password, address)).status).toBe(200)
      expect((await enter(freshAddress(), 'wrong', address)).status).toBe(401)
    }
    expect((await enter(good, password, address)).status).toBe(429)
  })
})

test('people who sign in are never held up, however many share an address', async () => {
  const email = await somebody()
  const address = newAddress()
  for (let n = 0; n < 70; n++) expect((await enter(email, password, address)).status).toBe(200)
})

test('guesses at codes have limits of their own, which confirmation and reset share', async () => {
  const email = await somebody()
  const wrong = { email, code: '000000' }
  for (let n = 0; n < burst / 2; n++) {
    expect((await post(account.confirmSignUp, { ...wrong, password })).status).toBe(400)
    expect((await post(passwords.resetPassword, { ...wrong, newPassword: password })).status).toBe(400)
  }
  const right = { email, code: mailedCode, newPassword: password }
  expect((await post(passwords.resetPassword, right)).status).toBe(429)
  expect((await enter(email, password)).status).toBe(200)
})

test('a new password that is refused is no guess', async () => {
  const email = await somebody()
  const weak = { email, code: mailedCode, newPassword: 'short' }
  for (let n = 0; n < burst + 2; n++) expect((await post(passwords.resetPassword, weak)).status).toBe(400)
  const strong = { ...weak, newPassword: 'long enough a password' }
  expect((await post(passwords.resetPassword, strong)).status).toBe(204)
})

test('an address is mailed to five times in any hour at most, for whatever reason', async () => {
  const email = freshAddress()
  const ask = [
    () => post(account.signUp, { email, password, name: 'Somebody' }),
    () => post(account.resendCode, { email }),
    () => post(passwords.forgotPassword, { email }),
  ]
  const within = async (): Promise<number> => {
    const until = app.clock.now + 3_600_000
    let mailed = 0
    for (let n = 0; app.clock.now < until; n++, app.clock.now += 60_000) {
      const reply = await ask[n % ask.length]?.()
      expect([202, 429]).toContain(reply?.status)
      if (reply?.status === 202) mailed++
    }
    return mailed
  }
  expect(await within()).toBeLessThanOrEqual(5)
  expect(await within()).toBe(1)
})

describe('what is refused', () => {
  let email: string
  beforeEach(async () => {
    email = freshAddress()
    await all(burst, () => enter(email, 'wrong'))
    await all(throttles.mail.account.burst, () => post(account.resendCode, { email }))
  })

  test.each([
    ['signing in', sessions.signIn, () => ({ email, password })],
    ['signing up', account.signUp, () => ({ email, password, name: 'Somebody' })],
    ['asking for the code', account.resendCode, () => ({ email })],
    ['a forgotten password', passwords.forgotPassword, () => ({ email })],
  ])('asks nothing of the user pool: %s', async (_, route, body) => {
    const before = app.asked.length
    expect((await post(route, body())).status).toBe(429)
    expect(app.asked.length).toBe(before)
  })

  test('by address writes nothing at all', async () => {
    const address = newAddress()
    await all(throttles.password.address.burst, () => enter(freshAddress(), 'wrong', address))
    const before = writes()
    expect((await enter(freshAddress(), 'wrong', address)).status).toBe(429)
    expect(writes()).toBe(before)
  })
})

test('takings that meet in the table let through exactly what there is', async () => {
  const buckets = bucketStore(app.engine.table)
  const bucket = { id: 'met', purpose: 'password', limit: { burst: 7, everySeconds: 60 } } as const
  const taken = async (n: number, now: number) =>
    (await all(n, () => buckets.take(bucket, now))).filter((one) => one.taken).length
  expect(await taken(40, app.clock.now)).toBe(7)
  expect(await taken(40, app.clock.now + 3 * 60_000)).toBe(3)
  expect(await taken(40, app.clock.now + 60 * 60_000)).toBe(7)
})

test('the table holds neither the accounts nor the addresses that are counted', async () => {
  const { Items = [] } = await app.engine.client.send(
    new ScanCommand({
      TableName: app.engine.tableName,
      FilterExpression: 'itemType = :throttle',
      ExpressionAttributeValues: { ':throttle': { S: 'throttle' } },
    }),
  )
  expect(Items.length).toBeGreaterThan(50)
  expect(JSON.stringify(Items)).not.toMatch(/example\.com|2001:|db8/)
})
