import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

export interface SigningKey {
  /** JSON Web Key Set (RFC 7517) with the public half. */
  readonly keySet: { readonly keys: readonly object[] }
  /** Signs claims as a JSON Web Token with RS256 (RFC 7519). */
  sign(claims: object): string
  /** The claims of a token this key signed, else `undefined`. Expiry is the caller's affair. */
  verify(token: string): Record<string, unknown> | undefined
}

const keyId = 'local'

/**
 * The key that signs tokens, made at the first start and kept in `file`. cognito-local's own key ships with
 * the package, so anybody could sign with it.
 */
export function openSigningKey(file: string): SigningKey {
  if (!existsSync(file)) writeFileSync(file, newKey(), { mode: 0o600 })
  const key = createPrivateKey(readFileSync(file, 'utf8'))
  const publicKey = createPublicKey(key)
  const jwk = publicKey.export({ format: 'jwk' })
  return {
    keySet: { keys: [{ ...jwk, kid: keyId, alg: 'RS256', use: 'sig' }] },
    sign: (claims) => signToken(key, claims),
    verify: (token) => verifyToken(publicKey, token),
  }
}

const newKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

function signToken(key: KeyObject, claims: object): string {
  const signed = `${encode({ kid: keyId, alg: 'RS256' })}.${encode(claims)}`
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`
}

function verifyToken(key: KeyObject, token: string): Record<string, unknown> | undefined {
  const [header, claims, signature] = token.split('.')
  if (header === undefined || claims === undefined || signature === undefined) return undefined
  const signed = Buffer.from(`${header}.${claims}`)
  if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return undefined
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
}
