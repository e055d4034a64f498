import { JwtVerifier } from 'aws-jwt-verify'
import { SimpleJwksCache } from 'aws-jwt-verify/jwk'
import { Failure } from '../domain/failure.ts'

/** What the kernel takes from a verified access token. */
export interface Claims {
  readonly userId: string
  /** `origin_jti`: the same for all access tokens of one sign-in. */
  readonly sessionId: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

export interface TokenSettings {
  readonly issuer: string
  readonly clientId: string
  /** JSON Web Key Set (RFC 7517) shipped with the deployment. */
  readonly keys: string
  readonly keysUrl: string
}

const headerLimit = 8_192
const fetchTimeoutMs = 1_500
const fetchPauseMs = 10_000

/**
 * Asked only for a key id that was not shipped, which anybody can make up: so at most once in ten seconds, whatever
 * comes of it. The library's own penalty box counts only keys that are missing from what was fetched.
 */
const fetcher = () => {
  let askedAt = Number.NEGATIVE_INFINITY
  return {
    fetch: async (url: string) => {
      const now = performance.now()
      if (now - askedAt < fetchPauseMs) throw new Error('the keys were asked for just now')
      askedAt = now
      const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs), redirect: 'error' })
      if (!response.ok) throw new Error(`the keys were answered with ${response.status}`)
      return response.arrayBuffer()
    },
  }
}

const claim = (payload: Record<string, unknown>, name: string): string => {
  const value = payload[name]
  if (typeof value !== 'string' || value === '') throw new Failure('unauthenticated')
  return value
}

/** Verifies access tokens of the pool: signature, issuer, client, use, times. Anything else is not a credential. */
export const tokenVerifier = (settings: TokenSettings) => {
  const create = () => {
    const verifier = JwtVerifier.create(
      {
        issuer: settings.issuer,
        audience: null,
        jwksUri: settings.keysUrl,
        customJwtCheck: ({ payload }) => {
          if (payload.token_use !== 'access') throw new Failure('unauthenticated')
          if (payload.client_id !== settings.clientId) throw new Failure('unauthenticated')
          // The library takes a token without an end for one that never ends.
          if (payload.exp === undefined) throw new Failure('unauthenticated')
        },
      },
      { jwksCache: new SimpleJwksCache({ fetcher: fetcher() }) },
    )
    if (settings.keys !== '') verifier.cacheJwks(JSON.parse(settings.keys))
    return verifier
  }
  let verifier: ReturnType<typeof create> | undefined

  return async (authorization: string | undefined): Promise<Claims> => {
    const [, token] =
      /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec((authorization ?? '').slice(0, headerLimit)) ?? []
    if (token === undefined) throw new Failure('unauthenticated')
    verifier ??= create()
    const payload = await verifier.verify(token).catch(() => {
      // Which check failed is nobody's business but the log's; the library names it by class, without the token.
      throw new Failure('unauthenticated')
    })
    return {
      userId: claim(payload, 'sub'),
      sessionId: claim(payload, 'origin_jti'),
      expiresAt: payload.exp ?? 0,
    }
  }
}
export type VerifyToken = ReturnType<typeof tokenVerifier>
