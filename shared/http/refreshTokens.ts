import { hkdfSync, randomBytes } from 'node:crypto'
import type { RefreshToken, RefreshTokens } from '../domain/account/refreshToken.ts'
import { decrypt, encrypt, nonceBytes, tagBytes } from './aesGcm.ts'
import { seal, unseal } from './seal.ts'

/** Apart from what else the deployment's key seals. */
const context = 'refresh token'
const mark = 'duely_rt_'
const secretBytes = 32

const textOf = ({ userId, sessionId, generation, secret }: RefreshToken): string =>
  [userId, sessionId, generation, secret].join(' ')

const tokenFrom = (text: string): RefreshToken => {
  const [userId = '', sessionId = '', generation, secret = ''] = text.split(' ')
  return { userId, sessionId, generation: Number(generation), secret }
}

/**
 * Refresh tokens under the deployment's key. A token is `duely_rt_` and, sealed, what it says. Cognito's token is
 * sealed by AES-256-GCM under a key (HKDF, RFC 5869) of both the family's secret, which is in its tokens only, and the
 * deployment's, which is in no token and in no item: the table alone is of no use, and neither is the table with the key.
 */
export const refreshTokensWith = (key: string): RefreshTokens => {
  const write = (token: RefreshToken): string => mark + seal(key, context, textOf(token))
  const keyFor = ({ userId, sessionId, secret }: RefreshToken): Buffer => {
    const use = `Cognito's token of ${userId} ${sessionId}`
    return Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), key, use, 32))
  }
  return {
    begin: (userId, sessionId) => ({
      userId,
      sessionId,
      generation: 1,
      secret: randomBytes(secretBytes).toString('base64url'),
    }),
    write,
    read: (text) => {
      const content = text.startsWith(mark) ? unseal(key, context, text.slice(mark.length)) : undefined
      const token = content === undefined ? undefined : tokenFrom(content)
      // The same bytes can be written as base64 in several ways. Only the one that is issued counts.
      return token !== undefined && write(token) === text ? token : undefined
    },
    seal: (poolToken, family) => {
      const { nonce, content, tag } = encrypt(keyFor(family), randomBytes(nonceBytes), poolToken)
      return Buffer.concat([nonce, content, tag])
    },
    open: (sealed, family) => {
      const nonce = sealed.subarray(0, nonceBytes)
      const content = sealed.subarray(nonceBytes, -tagBytes)
      return decrypt(keyFor(family), { nonce, content, tag: sealed.subarray(-tagBytes) })
    },
  }
}
