import { createHash } from 'node:crypto'
import type { Scope } from '../../api/scopes.ts'
import type { Person } from '../account/person.ts'
import { isSame } from '../isSame.ts'
import type { Created, Written } from '../ports.ts'
import type { RequestMark } from '../tasks/task.ts'

/** Places for tokens that a person has. */
export const mostTokens = 50

/** A personal access token, without its secret. */
export interface Token {
  readonly id: string
  readonly userId: string
  /** Place among the person's tokens, 0 to 49; free again once the token is revoked or has expired. */
  readonly slot: number
  /** SHA-256 of the whole token, base64url. */
  readonly hash: string
  readonly name: string
  readonly scopes: readonly Scope[]
  /** The one workspace it is good for; `null`: all of the person's. */
  readonly workspaceId: string | null
  readonly createdAt: string
  readonly expiresAt: string
}

/** What a request presents in place of a session. */
export interface PresentedToken {
  readonly slot: number
  readonly hash: string
  /** The scope that the route asks for. */
  readonly needs: Scope
}

export interface Tokens {
  token(userId: string, slot: number): Promise<Token | undefined>
  /** All of a person, in the order of their places. */
  tokens(userId: string): Promise<readonly Token[]>
  /** Takes a free place, or that of `expired`. A loss without an earlier run means that the place is taken. */
  add(token: Token, expired: Token | undefined, mark: RequestMark | null): Promise<Created<Token>>
  /** Loses when the token is gone. */
  remove(token: Token): Promise<Written<Token>>
}

/**
 * What is kept of a token. One round of SHA-256 without salt is enough here and nowhere near a password: its input
 * has 256 random bits, so there is nothing to guess, and no two are alike.
 */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/**
 * Whether a token stands: the very one, not expired, of an open account, and made since all sessions of the person
 * were ended, which a changed password does as well.
 */
export const isHonoured = (
  token: Token,
  presented: Pick<PresentedToken, 'hash'>,
  { state, sessionsFrom }: Person,
  now: string,
): boolean =>
  isSame(token.hash, presented.hash) &&
  state === 'active' &&
  token.expiresAt > now &&
  token.createdAt >= sessionsFrom
