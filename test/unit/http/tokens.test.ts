import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { accessToken, verifier } from '../../support/accessTokens.ts'

const verify = verifier()
const refused = (header: string | undefined) =>
  expect(verify(header)).rejects.toMatchObject({ code: 'unauthenticated', message: '' })
const good = accessToken('ana', 'session')
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const seconds = Math.floor(Date.now() / 1000)

describe('an access token', () => {
  test('says who and which sign-in', async () => {
    for (const header of [`Bearer ${good}`, `bearer ${good}`]) {
      expect(await verify(header)).toMatchObject({ userId: 'ana', sessionId: 'session' })
    }
  })

  test.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['has no scheme', good],
    ['has another scheme', `Basic ${good}`],
    ['stands twice', `Bearer ${good}, Bearer ${good}`],
    ['is followed by something', `Bearer ${good} x`],
    ['has no signature', `Bearer ${good.split('.').slice(0, 2).join('.')}`],
    ['has an empty signature', `Bearer ${good.split('.').slice(0, 2).join('.')}.`],
    ['is of endless length', `Bearer ${'x'.repeat(9000)}.${'y'.repeat(9000)}.z`],
  ])('that %s is none', (_name, header) => refused(header))

  test.each([
    ['is an ID token', { payload: { token_use: 'id' } }],
    ['says no use', { payload: { token_use: undefined } }],
    ['is of another client', { payload: { client_id: 'other' } }],
    ['is of another issuer', { payload: { iss: 'https://evil.test/pool' } }],
    ['has expired', { payload: { exp: seconds - 1 } }],
    ['is not valid yet', { payload: { nbf: seconds + 600 } }],
    ['names nobody', { payload: { sub: undefined } }],
    ['names an empty person', { payload: { sub: '' } }],
    ['names a number', { payload: { sub: 5 } }],
    ['has no sign-in', { payload: { origin_jti: undefined } }],
    ['names a key we have not', { header: { kid: 'other' } }],
    ['names another algorithm', { header: { alg: 'RS512' } }],
    ['names no algorithm', { header: { alg: undefined } }],
  ])('that %s is none', (_name, changes) => refused(`Bearer ${accessToken('ana', 'session', changes)}`))

  test('whose content was changed is none', async () => {
    const [header = '', payload = '', signature = ''] = good.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
    await refused(`Bearer ${header}.${encode({ ...claims, sub: 'ben' })}.${signature}`)
    await refused(`Bearer ${encode({ alg: 'none' })}.${payload}.${signature}`)
    const confused = `${encode({ alg: 'HS256', kid: 'test-key' })}.${payload}`
    const forged = createHmac('sha256', 'test-key').update(confused).digest('base64url')
    await refused(`Bearer ${confused}.${forged}`)
  })
})
