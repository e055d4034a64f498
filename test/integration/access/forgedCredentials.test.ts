import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getMe } from '../../../shared/api/routes/account.ts'
import { createToken, revokeToken } from '../../../shared/api/routes/tokens.ts'
import { writeToken } from '../../../shared/domain/tokens/format.ts'
import {
  accessToken,
  publicJwk,
  publicPem,
  signedText,
  type TokenChanges,
} from '../../support/accessTokens.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { succeed } from '../../support/ordinary/team.ts'

/**
 * `Authorization` headers that somebody may try who knows all that is public, and the credentials of others, but
 * none of their own that counts. Each is made from a good one of a live person.
 */

let app: App
let ana: Someone
let jwt: string
let pat: string
let revoked: string
beforeAll(async () => {
  app = await startApp()
  ana = await app.person('Ana')
  jwt = ana.token
  const body = { name: 'Probe', scopes: ['account:read'], expiresInDays: 1 }
  const first = await succeed(app, ana, createToken, { body })
  await succeed(app, ana, revokeToken, { params: { tokenId: first.body.id } })
  revoked = first.body.token
  pat = (await succeed(app, ana, createToken, { body })).body.token
}, 60_000)
afterAll(() => app.close())

const callWith = (header: string) => app.call(undefined, getMe, { headers: { Authorization: header } })

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const partsOf = (token: string) => token.split('.') as [string, string, string]
const claims = (): Record<string, unknown> => JSON.parse(Buffer.from(partsOf(jwt)[1], 'base64url').toString())
const seconds = () => Math.floor(Date.now() / 1000)

const { privateKey: ownKey, publicKey: ownPublic } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ownJwk = ownPublic.export({ format: 'jwk' })
/** The claims of the good token, signed by a key of one's own. */
const signedByOwn = (header: object, payload: string = encode(claims())): string => {
  const signed = `${encode({ alg: 'RS256', kid: 'test-key', ...header })}.${payload}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(ownKey).toString('base64url')}`
}
/** Signed by the pool itself, but for something else. */
const signedByPool = (changes: TokenChanges): string =>
  accessToken(ana.userId, String(claims().origin_jti), changes)
const hmac = (alg: string, key: string): string => {
  const signed = `${encode({ alg, kid: 'test-key' })}.${partsOf(jwt)[1]}`
  return `${signed}.${createHmac(`sha${alg.slice(2)}`, key)
    .update(signed)
    .digest('base64url')}`
}
const unsigned = (alg: unknown, signature = ''): string =>
  `${encode({ alg })}.${partsOf(jwt)[1]}.${signature}`

type Forgery = readonly [string, () => string]

const forms: readonly Forgery[] = [
  ['nothing', () => ''],
  ['a scheme alone', () => 'Bearer'],
  ['a scheme and a space', () => 'Bearer '],
  ['no scheme', () => jwt],
  ['Basic', () => `Basic ${jwt}`],
  ['Basic with a name and a password', () => `Basic ${Buffer.from('ana:secret').toString('base64')}`],
  ['Digest', () => 'Digest username="ana"'],
  ['DPoP', () => `DPoP ${jwt}`],
  ['a colon behind the scheme', () => `Bearer: ${jwt}`],
  ['two spaces', () => `Bearer  ${jwt}`],
  ['a tab', () => `Bearer\t${jwt}`],
  ['a space before', () => ` Bearer ${jwt}`],
  ['a space behind', () => `Bearer ${jwt} `],
  ['a line behind', () => `Bearer ${jwt}\n`],
  ['two of them', () => `Bearer ${jwt}, Bearer ${jwt}`],
  ['quotes', () => `Bearer "${jwt}"`],
  ['null', () => 'Bearer null'],
  ['undefined', () => 'Bearer undefined'],
  ['an object', () => 'Bearer [object Object]'],
  ['a NUL', () => `Bearer ${jwt}\u0000`],
  ['letters that look alike', () => `Bеarer ${jwt}`],
  ['100 KB', () => `Bearer ${'a'.repeat(100_000)}`],
  ['100 KB behind a good one', () => `Bearer ${jwt}${'a'.repeat(100_000)}`],
  ['100 KB of dots', () => `Bearer ${'.'.repeat(100_000)}`],
]

const parts: readonly Forgery[] = [
  ['two parts', () => `Bearer ${partsOf(jwt).slice(0, 2).join('.')}`],
  ['four parts', () => `Bearer ${jwt}.x`],
  ['five parts, as if encrypted', () => `Bearer ${jwt}.x.y`],
  ['an empty signature', () => `Bearer ${partsOf(jwt).slice(0, 2).join('.')}.`],
  ['a short signature', () => `Bearer ${jwt.slice(0, -8)}`],
  [
    'the signature of another token',
    () => {
      const [header, payload] = partsOf(jwt)
      return `Bearer ${header}.${payload}.${partsOf(signedByPool({}))[2]}`
    },
  ],
  [
    'another person',
    () => {
      const [header, , signature] = partsOf(jwt)
      return `Bearer ${header}.${encode({ ...claims(), sub: 'ben' })}.${signature}`
    },
  ],
  ['padding', () => `Bearer ${jwt}==`],
  [
    'a payload that is no JSON',
    () => `Bearer ${signedByOwn({}, Buffer.from('{"sub":').toString('base64url'))}`,
  ],
  ['a payload that is a list', () => `Bearer ${signedByOwn({}, encode([claims()]))}`],
  [
    'a claim that stands twice',
    () => {
      const twice = JSON.stringify(claims()).replace('{', `{"sub":"${ana.userId}","sub":"ben",`)
      return `Bearer ${signedByOwn({}, Buffer.from(twice).toString('base64url'))}`
    },
  ],
  [
    'a header that says its algorithm twice',
    () => {
      const [, payload, signature] = partsOf(jwt)
      const twice = Buffer.from('{"alg":"RS256","kid":"test-key","alg":"none"}').toString('base64url')
      return `Bearer ${twice}.${payload}.${signature}`
    },
  ],
  ['a header that is no object', () => `Bearer ${encode('RS256')}.${partsOf(jwt)[1]}.${partsOf(jwt)[2]}`],
]

const algorithms: readonly Forgery[] = [
  ...['none', 'None', 'NONE', 'nOnE', '', null, 0, ['none'], 'RS256 '].map(
    (alg): Forgery => [`alg ${JSON.stringify(alg)}, unsigned`, () => `Bearer ${unsigned(alg)}`],
  ),
  ['alg none with the signature', () => `Bearer ${unsigned('none', partsOf(jwt)[2])}`],
  ['HS256 with the public key', () => `Bearer ${hmac('HS256', publicPem)}`],
  ['HS384 with the public key', () => `Bearer ${hmac('HS384', publicPem)}`],
  ['HS512 with the public key', () => `Bearer ${hmac('HS512', publicPem)}`],
  ['HS256 with the public key, trimmed', () => `Bearer ${hmac('HS256', publicPem.trim())}`],
  ['HS256 with the public key as it is published', () => `Bearer ${hmac('HS256', publicJwk)}`],
  ['HS256 with the name of the key', () => `Bearer ${hmac('HS256', 'test-key')}`],
  ['HS256 with an empty key', () => `Bearer ${hmac('HS256', '')}`],
  ...['RS384', 'RS512', 'PS256', 'ES256', 'EdDSA'].map(
    (alg): Forgery => [`said to be ${alg}`, () => `Bearer ${signedByPool({ header: { alg } })}`],
  ),
]

const keys: readonly Forgery[] = [
  ['a key of one’s own under the good name', () => `Bearer ${signedByOwn({})}`],
  ['a key that comes along', () => `Bearer ${signedByOwn({ jwk: ownJwk })}`],
  [
    'a key that comes along, with a name',
    () => `Bearer ${signedByOwn({ kid: 'own', jwk: { ...ownJwk, kid: 'own' } })}`,
  ],
  ['a place to get the key', () => `Bearer ${signedByOwn({ jku: 'https://evil.test/jwks.json' })}`],
  ['a place to get a certificate', () => `Bearer ${signedByOwn({ x5u: 'https://evil.test/cert.pem' })}`],
  ...[
    '',
    'other',
    '../../../../dev/null',
    '__proto__',
    'constructor',
    "' OR 1=1 --",
    '/dev/null\u0000',
    'k'.repeat(4_000),
  ].map(
    (kid): Forgery => [
      `a key named ${JSON.stringify(kid).slice(0, 30)}`,
      () => `Bearer ${signedByOwn({ kid })}`,
    ],
  ),
  ...[null, 5, {}, ['test-key']].map(
    (kid): Forgery => [`a key named ${JSON.stringify(kid)}`, () => `Bearer ${signedByOwn({ kid })}`],
  ),
]

const uses: readonly Forgery[] = [
  ['an ID token', { token_use: 'id', aud: 'client-of-the-tests' }],
  ['no use', { token_use: undefined }],
  ['another client', { client_id: 'other' }],
  ['no client', { client_id: undefined }],
  ['the client in a list', { client_id: ['client-of-the-tests'] }],
  ['another issuer', { iss: 'https://evil.test/pool' }],
  ['an issuer that begins alike', { iss: 'https://issuer.test/pool.evil.test' }],
  ['no issuer', { iss: undefined }],
  ['the issuer in a list', { iss: ['https://issuer.test/pool'] }],
  ['an end that is past', { exp: 1 }],
  ['no end', { exp: undefined }],
  ['an end that is no number', { exp: '32503680000' }],
  ['an end that is nothing', { exp: null }],
  ['100 KB of claims', { more: 'a'.repeat(100_000) }],
  ['a beginning that is to come', { nbf: 32_503_680_000 }],
  ['no person', { sub: undefined }],
  ['nobody', { sub: '' }],
  ['a list of people', { sub: ['ana'] }],
  ['a stranger', { sub: '00000000-0000-4000-8000-000000000000' }],
  ['no sign-in', { origin_jti: undefined }],
  ['a sign-in that never was', { origin_jti: 'other' }],
].map(
  ([name, payload]): Forgery => [
    String(name),
    () => `Bearer ${signedByPool({ payload: payload as Record<string, unknown> })}`,
  ],
)

/** Of a claim that stands twice the last one counts (RFC 7519, 4). By the pool, which would make no such token. */
const twice: readonly Forgery[] = [
  ['the person', 'sub', '00000000-0000-4000-8000-000000000000'],
  ['the sign-in', 'origin_jti', 'other'],
  ['the use', 'token_use', 'id'],
  ['the client', 'client_id', 'other'],
  ['the issuer', 'iss', 'https://evil.test/pool'],
].map(([name, claim, last]): Forgery => {
  const text = () => JSON.stringify(claims()).replace(/}$/, `,"${claim}":"${last}"}`)
  return [String(name), () => `Bearer ${signedText(text())}`]
})

const hex = (count: number, digit = '0') => digit.repeat(count)
const tokens: readonly Forgery[] = [
  ['the mark alone', () => 'Bearer duely_pat_'],
  ['no scheme', () => pat],
  ['Basic', () => `Basic ${pat}`],
  ['two spaces', () => `Bearer  ${pat}`],
  ['a space behind', () => `Bearer ${pat} `],
  ['a line behind', () => `Bearer ${pat}\n`],
  ['capitals', () => `Bearer ${pat.toUpperCase()}`],
  ['capitals behind the mark', () => `Bearer duely_pat_${pat.slice(10).toUpperCase()}`],
  ['two of them', () => `Bearer ${pat}, Bearer ${pat}`],
  ['a token of sign-in behind it', () => `Bearer ${pat}.${jwt}`],
  ['no checksum', () => `Bearer ${pat.slice(0, -8)}`],
  ['a wrong checksum', () => `Bearer ${pat.slice(0, -8)}${hex(8)}`],
  ['another secret', () => `Bearer ${writeToken(ana.userId, 0)}`],
  ['no secret to speak of', () => `Bearer ${writeToken(ana.userId, 0, new Uint8Array(32))}`],
  ['a short secret', () => `Bearer ${writeToken(ana.userId, 0, new Uint8Array(16))}`],
  ['an empty secret', () => `Bearer ${writeToken(ana.userId, 0, new Uint8Array())}`],
  ['a place where none lies', () => `Bearer ${writeToken(ana.userId, 1)}`],
  ['a place that is not there', () => `Bearer ${writeToken(ana.userId, 50)}`],
  ['a place that is none', () => `Bearer ${writeToken(ana.userId, -1)}`],
  [
    'the secret in another place',
    () => `Bearer ${writeToken(ana.userId, 1, Buffer.from(pat.slice(-72, -8), 'hex'))}`,
  ],
  [
    'the secret of somebody else',
    () => {
      const stranger = '00000000-0000-4000-8000-000000000000'
      return `Bearer ${writeToken(stranger, 0, Buffer.from(pat.slice(-72, -8), 'hex'))}`
    },
  ],
  ['nobody', () => `Bearer ${writeToken('', 0)}`],
  ['a revoked one', () => `Bearer ${revoked}`],
  ['100 KB', () => `Bearer duely_pat_${hex(100_000)}`],
  ['100 KB behind a good one', () => `Bearer ${pat}${hex(100_000)}`],
  ['NUL', () => `Bearer ${pat}\u0000`],
]

test('the two from which all are made are good', async () => {
  for (const good of [jwt, pat]) expect((await callWith(`Bearer ${good}`)).status).toBe(200)
  expect(signedByPool({ payload: { exp: seconds() + 60 } })).not.toBe(jwt)
  expect((await callWith(`Bearer ${signedByPool({})}`)).status).toBe(200)
})

const all = { forms, parts, algorithms, keys, uses, twice, tokens }
describe.each(Object.entries(all))('no credential: %s', (_, forgeries) => {
  test.each(forgeries)('%s', async (_name, make) => {
    const { status, headers, body } = await callWith(make())
    expect({ status, challenge: headers['www-authenticate'], ...body, requestId: '' }).toEqual({
      status: 401,
      challenge: 'Bearer',
      type: 'urn:duely:problem:unauthenticated',
      title: 'A valid access token of a live session is needed',
      requestId: '',
    })
  })
})
