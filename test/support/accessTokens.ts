import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { tokenVerifier } from '../../shared/http/tokens.ts'

const issuer = 'https://issuer.test/pool'
const clientId = 'client-of-the-tests'
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const kid = 'test-key'

/** What everybody may know of the key, as text. */
export const publicPem = publicKey.export({ format: 'pem', type: 'spki' }).toString()

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export interface TokenChanges {
  readonly header?: Record<string, unknown>
  readonly payload?: Record<string, unknown>
}

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
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`
}

const keys = JSON.stringify({
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }],
})

/** The kernel's verifier for those tokens. Unknown keys are looked for where nothing listens. */
export const verifier = () =>
  tokenVerifier({ issuer, clientId, keys, keysUrl: 'http://127.0.0.1:9/jwks.json' })
