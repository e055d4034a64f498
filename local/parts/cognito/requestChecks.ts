import { minimumPasswordLength } from '../../../shared/domain/account/password.ts'
import * as failure from './errors.ts'
import { findUser, type Json, type LocalPool } from './pool.ts'
import type { SigningKey } from './signingKey.ts'
import { signInOf } from './tokens.ts'

/** Addresses compare without case, as in a pool whose user names are case-insensitive. */
export function withLowerCaseAddress(request: Json): Json {
  const parameters = request.AuthParameters as Json | undefined
  const attributes = request.UserAttributes as { Name: string; Value?: string }[] | undefined
  return {
    ...request,
    ...(typeof request.Username === 'string' && { Username: request.Username.toLowerCase() }),
    ...(typeof parameters?.USERNAME === 'string' && {
      AuthParameters: { ...parameters, USERNAME: parameters.USERNAME.toLowerCase() },
    }),
    ...(attributes !== undefined && { UserAttributes: attributes.map(lowerCaseEmail) }),
  }
}

const lowerCaseEmail = (attribute: { Name: string; Value?: string }) =>
  attribute.Name === 'email' && attribute.Value !== undefined
    ? { ...attribute, Value: attribute.Value.toLowerCase() }
    : attribute

/** The pool's password policy; cognito-local has none. Throws InvalidPasswordException. */
export function checkNewPassword(operation: string, request: Json): void {
  const chosen = operation === 'ChangePassword' ? request.ProposedPassword : request.Password
  const sets = ['SignUp', 'ConfirmForgotPassword', 'ChangePassword'].includes(operation)
  if (sets && String(chosen ?? '').length < minimumPasswordLength) throw failure.passwordTooShort()
}

/** User name in the access token of a request, which `checkAccessToken` has verified. */
export const usernameOf = ({ AccessToken }: Json): unknown =>
  (JSON.parse(Buffer.from(String(AccessToken).split('.')[1] ?? '', 'base64url').toString()) as Json).username

/**
 * cognito-local believes any access token it can decode. Here it must be one of ours, unexpired, and its
 * sign-in must not have been revoked. Throws NotAuthorizedException.
 */
export async function checkAccessToken(
  pool: LocalPool,
  key: SigningKey,
  request: Json,
  now: number,
): Promise<void> {
  if (request.AccessToken === undefined) return
  const claims = key.verify(String(request.AccessToken))
  if (claims === undefined || claims.token_use !== 'access') throw failure.invalidAccessToken()
  if (Number(claims.exp) <= now / 1000) throw failure.invalidAccessToken()
  const user = await findUser(pool, claims.username)
  const isLive = user?.RefreshTokens.some((token) => signInOf(token).originId === claims.origin_jti)
  if (isLive !== true) throw failure.revokedAccessToken()
}
