import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes, randomUUID } from 'node:crypto'
import type { AppClient } from 'cognito-local/lib/services/appClient.js'
import type { TokenGenerator } from 'cognito-local/lib/services/tokenGenerator.js'
import type { User } from 'cognito-local/lib/services/userPoolService.js'
import type { SigningKey } from './signingKey.ts'

/** One sign-in. Every token that comes of it, also by refresh, carries both. Times in epoch seconds. */
interface SignIn {
  readonly originId: string
  readonly authTime: number
}

export const accessTokenSeconds = 15 * 60
export const refreshTokenSeconds = 30 * 24 * 3600

export interface Tokens {
  readonly generator: TokenGenerator
  /** Runs a refresh: the tokens made in it belong to the sign-in of this refresh token. */
  refreshing<T>(refreshToken: string, action: () => Promise<T>): Promise<T>
}

/**
 * Makes tokens with the claims of Cognito's. cognito-local's own lack `origin_jti` and give a new
 * `auth_time` at each refresh; AWS keeps both for all tokens of one sign-in, and sessions hang on that.
 */
export function createTokens(key: SigningKey, issuer: string, now: () => number): Tokens {
  const refreshes = new AsyncLocalStorage<SignIn>()
  return {
    refreshing: (refreshToken, action) => refreshes.run(signInOf(refreshToken), action),
    generator: {
      generate: async (_context, user, groups, client) => {
        const time = Math.floor(now() / 1000)
        const signIn = refreshes.getStore() ?? { originId: randomUUID(), authTime: time }
        const common = { ...commonClaims(user, groups, signIn, time), iss: issuer }
        return {
          AccessToken: key.sign({ ...common, ...accessClaims(user, client, signIn) }),
          IdToken: key.sign({ ...common, ...idClaims(user, client) }),
          RefreshToken: refreshTokenOf(signIn),
        }
      },
    },
  }
}

const commonClaims = (user: User, groups: readonly string[], signIn: SignIn, time: number) => ({
  sub: attribute(user, 'sub'),
  origin_jti: signIn.originId,
  auth_time: signIn.authTime,
  jti: randomUUID(),
  iat: time,
  exp: time + accessTokenSeconds,
  ...(groups.length > 0 && { 'cognito:groups': groups }),
})

const accessClaims = (user: User, client: AppClient, signIn: SignIn) => ({
  token_use: 'access',
  scope: 'aws.cognito.signin.user.admin',
  client_id: client.ClientId,
  username: user.Username,
  event_id: signIn.originId,
})

const idClaims = (user: User, client: AppClient) => ({
  token_use: 'id',
  aud: client.ClientId,
  'cognito:username': user.Username,
  email: attribute(user, 'email'),
  email_verified: attribute(user, 'email_verified') === 'true',
})

const attribute = (user: User, name: string): string | undefined =>
  user.Attributes.find((candidate) => candidate.Name === name)?.Value

/** Opaque to clients. What it says is trusted only because the pool compares the whole of it with its list. */
const refreshTokenOf = (signIn: SignIn): string =>
  `${Buffer.from(JSON.stringify(signIn)).toString('base64url')}.${randomBytes(32).toString('base64url')}`

/** The sign-in a stored refresh token belongs to. */
export const signInOf = (refreshToken: string): SignIn =>
  JSON.parse(Buffer.from(refreshToken.split('.')[0] ?? '', 'base64url').toString()) as SignIn
