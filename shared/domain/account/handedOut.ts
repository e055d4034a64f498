import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/people.ts'
import type { Outcome } from '../useCase.ts'
import type { Session } from './person.ts'

export type Tokens = z.infer<typeof schemas.tokens>

interface Refreshing {
  readonly refreshToken: string
  readonly session: Session
  /** Whether the refresh token travels in the cookie; in the body otherwise, and never in both. */
  readonly isCookie: boolean
}

/** The answer that hands out an access token and the refresh token to go on with. */
export const handedOut = (
  { accessToken, expiresIn }: Pick<Tokens, 'accessToken' | 'expiresIn'>,
  { refreshToken, session: { expiresAt }, isCookie }: Refreshing,
): Outcome<Tokens> => {
  const body = { accessToken, tokenType: 'Bearer', expiresIn } as const
  return isCookie ? { body, cookie: { value: refreshToken, expiresAt } } : { body: { ...body, refreshToken } }
}
