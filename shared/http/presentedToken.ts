import type { RouteDeclaration } from '../api/declaration.ts'
import { scopeOf } from '../api/scopes.ts'
import { Failure } from '../domain/failure.ts'
import { readToken, tokenMark } from '../domain/tokens/format.ts'
import { hashOf, type PresentedToken } from '../domain/tokens/token.ts'

const scheme = /^Bearer /i

/** Whether an `Authorization` header brings a personal access token, be it a good one or not. */
export const bringsToken = (authorization: string): boolean =>
  authorization.replace(scheme, '').startsWith(tokenMark)

/**
 * The personal access token of a request, as far as can be said without a read.
 * @throws Failure `unauthenticated` where it is malformed, or the route takes none
 */
export const presentedToken = (
  route: RouteDeclaration,
  authorization: string,
): { readonly userId: string; readonly token: PresentedToken } => {
  const needs = scopeOf(route)
  const text = authorization.replace(scheme, '')
  const read = scheme.test(authorization) ? readToken(text) : undefined
  if (needs === undefined || read === undefined) throw new Failure('unauthenticated')
  return { userId: read.userId, token: { slot: read.slot, hash: hashOf(text), needs } }
}
