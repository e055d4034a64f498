import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { tokenVerifier } from '../../shared/http/tokens.ts'

const issuer = 'https://issuer.test/pool'
const clientId = 'client-of-the-tests'
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const kid = 'test-key'

/** What everybody may know of the key, as text. */
export const publicPem = publicKey.export({ format: 'pem', type: 'spki' }).toString()

/** The same, as the pool publishes it. */
export const publicJwk = JSON.stringify({
  ...publicKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  alg: 'RS256',
})

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export interface TokenChanges {
  readonly header?: Record<string, unknown>
  readonly payload?: Record<string, unknown>
}

const sign = (signed: string): string =>
  `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`

/** A token whose claims are this very text, signed by the pool. */
export const signedText = (claims: string): string =>
  sign(`${encode({ alg: 'RS256', kid })}.${Buffer.from(claims).toString('base64url')}`)

/** A real RS256 access token, as Cognito makes them; `changes` spoil it on purpose. */
export const accessToken = (userId: string, sessionId: string, changes: TokenChanges = {}): string => {
  const now = Math.floor(Date.now() / 1000)
  const header = { alg: 'RS256', kid, ...changes.header }
  const payload = {
    sub: userId,
    iss: issuer,
    client_id: clientId,
    origin_jti: sessionId,
    jti: randomUUID(),
    token_use: 'access',
    iat: now,
    exp: now + 900,
    ...changes.payload,
  }
  return sign(`${encode(header)}.${encode(payload)}`)
}

const shipped = `{"keys":[${publicJwk}]}`

/** The kernel's verifier for those tokens. Unknown keys are looked for where nothing listens, unless it is told where. */
export const verifier = ({ keys = shipped, keysUrl = 'http://127.0.0.1:9/jwks.json' } = {}) =>
  tokenVerifier({ issuer, clientId, keys, keysUrl })
