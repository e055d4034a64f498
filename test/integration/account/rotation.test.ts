import { randomUUID } from 'node:crypto'
import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as account from '../../../shared/api/routes/account.ts'
import * as sessions from '../../../shared/api/routes/sessions.ts'
import { sessionKey } from '../../../shared/data/keys.ts'
import type { RefreshToken } from '../../../shared/domain/account/refreshToken.ts'
import { refreshTokensWith } from '../../../shared/http/refreshTokens.ts'
import { type AccountApp, startAccountApp } from './accountApp.ts'

let app: AccountApp
beforeAll(async () => {
  app = await startAccountApp()
})
afterAll(() => app.close())

const password = 'correct horse battery'

const signedIn = async () => {
  const email = `ana-${randomUUID()}@example.org`
  await app.as().call(account.signUp, { body: { email, password, name: 'Ana', zone: 'Europe/Madrid' } })
  const code = String((await app.codesTo(email)).at(-1))
  await app.as().call(account.confirmSignUp, { body: { email, code, password } })
  const reply = await app.as().call(sessions.signIn, { body: { email, password } })
  if (!reply.ok) throw new Error(`sign-in: ${reply.status}`)
  const { accessToken } = reply.body
  const { userId, sessionId } = await app.world.settings.verify(`Bearer ${accessToken}`)
  const item = () => app.engine.table.get(sessionKey(userId, sessionId))
  return { userId, sessionId, item, accessToken, refreshToken: String(reply.body.refreshToken) }
}

const refreshed = (refreshToken: string) => app.as().call(sessions.refresh, { body: { refreshToken } })
const tokensAfter = async (refreshToken: string) => {
  const reply = await refreshed(refreshToken)
  if (!reply.ok) throw new Error(`refresh: ${reply.status}`)
  return { accessToken: reply.body.accessToken, refreshToken: String(reply.body.refreshToken) }
}
const statusOfMe = async (accessToken: string) => (await app.as(accessToken).call(account.getMe)).status

test('ten refreshes at once with the same token all work, with one next token between them', async () => {
  for (let round = 0; round < 5; round++) {
    const { refreshToken, item } = await signedIn()
    const all = await Promise.all(Array.from({ length: 10 }, () => tokensAfter(refreshToken)))
    const next = new Set(all.map((one) => one.refreshToken))
    expect([...next]).toEqual([expect.not.stringMatching(refreshToken)])
    expect(await Promise.all(all.map((one) => statusOfMe(one.accessToken)))).toEqual(Array(10).fill(200))
    expect(await item()).toMatchObject({ generation: 2, endedAt: null })
    await tokensAfter([...next].join())
  }
})

describe('a refresh token that was used before', () => {
  test('works until thirty seconds after its first use, and ends the session a millisecond later', async () => {
    const { refreshToken, accessToken, item } = await signedIn()
    const next = await tokensAfter(refreshToken)
    app.clock.now += 30_000
    const again = await tokensAfter(refreshToken)
    expect(again.refreshToken).toBe(next.refreshToken)
    app.clock.now += 1
    expect((await refreshed(refreshToken)).status).toBe(401)
    const all = [accessToken, next.accessToken, again.accessToken]
    expect(await Promise.all(all.map(statusOfMe))).toEqual([401, 401, 401])
    expect((await refreshed(next.refreshToken)).status).toBe(401)
    const ended = await item()
    expect(ended).toMatchObject({
      endedAt: new Date(app.clock.now).toISOString(),
      endedBecause: 'tokenReused',
    })
    expect((await refreshed(refreshToken)).status).toBe(401)
    expect(await item()).toEqual(ended)
  })

  test('ends it once, also when it is presented ten times at once beside the newest', async () => {
    const { refreshToken, item } = await signedIn()
    const next = await tokensAfter(refreshToken)
    app.clock.now += 31_000
    const stolen = Array.from({ length: 10 }, async () => (await refreshed(refreshToken)).status)
    const honest = (await refreshed(next.refreshToken)).status
    expect(await Promise.all(stolen)).toEqual(Array(10).fill(401))
    expect([200, 401]).toContain(honest)
    expect(await item()).toMatchObject({ endedBecause: 'tokenReused' })
    expect((await refreshed(next.refreshToken)).status).toBe(401)
  })

  test('is answered as one that nobody has', async () => {
    const { refreshToken } = await signedIn()
    await tokensAfter(refreshToken)
    app.clock.now += 31_000
    const answers = [await refreshed(refreshToken), await refreshed(refreshToken), await refreshed('made up')]
    const bodies = answers.map(({ body }) => ({ ...(body as object), requestId: '' }))
    expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]])
  })
})

test('forged tokens that name a real session leave it as it is', async () => {
  const { refreshToken, item } = await signedIn()
  await tokensAfter(refreshToken)
  app.clock.now += 31_000
  const before = await item()
  const { length } = refreshToken
  const spoiled = (place: number) =>
    `${refreshToken.slice(0, place)}${refreshToken[place] === 'A' ? 'Q' : 'A'}${refreshToken.slice(place + 1)}`
  const forged = [
    // Nonce, tag, text, and the last bits, which are no part of any byte.
    ...[9, 25, 60, length - 1].map(spoiled),
    refreshToken.slice(0, -1),
    `${refreshToken}=`,
    refreshToken.toLowerCase(),
    refreshTokensWith('another key').write(app.world.refreshTokens.read(refreshToken) as RefreshToken),
  ]
  for (const one of forged) expect((await refreshed(one)).status, one).toBe(401)
  expect(await item()).toEqual(before)
})

test('the session expires thirty days after the sign-in, however often it was refreshed', async () => {
  const { refreshToken, accessToken, item } = await signedIn()
  const { expiresAt } = (await item()) as unknown as { expiresAt: string }
  let token = refreshToken
  for (let day = 1; day < 30; day += 7) {
    app.clock.now += 7 * 86_400_000 - 3_600_000
    if (app.clock.now >= Date.parse(expiresAt)) break
    token = (await tokensAfter(token)).refreshToken
  }
  expect(await item()).toMatchObject({ generation: 5, expiresAt })
  app.clock.now = Date.parse(expiresAt)
  expect((await refreshed(token)).status).toBe(401)
  expect(await statusOfMe(accessToken)).toBe(401)
})

/** Text as it is, bytes as they are, anything else as JSON. */
const contentOf = ({ S, B, ...rest }: AttributeValue): Uint8Array =>
  B ?? Buffer.from(S ?? JSON.stringify(rest))

test('neither the table nor the log holds what refreshes', async () => {
  const { refreshToken } = await signedIn()
  const first = app.poolTokens.at(-1) ?? 'none'
  const { refreshToken: next } = await tokensAfter(refreshToken)
  const { sessionId, secret } = app.world.refreshTokens.read(next) as RefreshToken
  const { Items = [] } = await app.engine.client.send(new ScanCommand({ TableName: app.engine.tableName }))
  const everything = Buffer.concat(Items.flatMap((item) => Object.values(item)).map(contentOf))
  expect(everything.includes(sessionId)).toBe(true)
  const log = JSON.stringify(app.lines)
  for (const hidden of [first, refreshToken, next, secret]) {
    expect(everything.includes(hidden)).toBe(false)
    expect(everything.includes(Buffer.from(hidden, 'base64url'))).toBe(false)
    expect(log).not.toContain(hidden)
  }
})
