import type { Suppressions } from '../mail/suppression.ts'
import type { Identity, People } from '../ports.ts'
import type { RefreshTokens } from './refreshToken.ts'

/** What the account routes work with. */
export interface AccountWorld {
  readonly people: People
  readonly identity: Identity
  readonly refreshTokens: RefreshTokens
  readonly suppressions: Suppressions
  readonly settings: {
    /** Verifies an `Authorization` header's value. */
    readonly verify: (authorization: string) => Promise<{ userId: string; sessionId: string }>
    /** Milliseconds since the epoch. */
    readonly clock: () => number
  }
}
