import type { User } from 'cognito-local/lib/services/userPoolService.js'
import * as failure from './errors.ts'
import { findUser, type Json, type LocalPool, type Operation } from './pool.ts'
import { usernameOf } from './requestChecks.ts'
import { createSecondFactor } from './secondFactor.ts'
import { accessTokenSeconds, refreshTokenSeconds, signInOf, type Tokens } from './tokens.ts'

/**
 * The operations in which cognito-local differs from AWS, put right: what it lacks is added
 * (ResendConfirmationCode, GlobalSignOut, expiry of refresh tokens), and answers neither differ from AWS's
 * nor tell whether a user exists (PreventUserExistenceErrors).
 */
export function createOperations(
  pool: LocalPool,
  tokens: Tokens,
  now: () => number,
): Record<string, Operation> {
  const secondFactor = createSecondFactor(pool, now)
  return {
    ...secondFactor.operations,
    RespondToAuthChallenge: async (request) => withLifetime(await secondFactor.respond(request)),
    InitiateAuth: async (request) => {
      const parameters = (request.AuthParameters ?? {}) as Json
      const isRefresh = String(request.AuthFlow).startsWith('REFRESH_TOKEN')
      const result = isRefresh
        ? await refresh(pool, tokens, now, request, String(parameters.REFRESH_TOKEN))
        : await pool.run('InitiateAuth', request).catch(asWrongPassword)
      return withLifetime(secondFactor.noting(result))
    },
    ConfirmSignUp: async (request) => {
      const user = await findUser(pool, request.Username)
      if (user === null) throw failure.expiredCode()
      if (user.UserStatus !== 'UNCONFIRMED') throw failure.alreadyConfirmed()
      return confirming(pool, 'ConfirmSignUp', request)
    },
    ResendConfirmationCode: async (request) => {
      const user = await findUser(pool, request.Username)
      if (user === null) return deliveryTo(request.Username)
      if (user.UserStatus !== 'UNCONFIRMED') throw failure.nothingToResend()
      return resend(pool, user)
    },
    ForgotPassword: async (request) => {
      const user = await findUser(pool, request.Username)
      if (user === null) return deliveryTo(request.Username)
      if (user.UserStatus === 'UNCONFIRMED') throw failure.noVerifiedAddress()
      await pool.run('ForgotPassword', request)
      return deliveryTo(emailOf(user))
    },
    ConfirmForgotPassword: async (request) => {
      const user = await findUser(pool, request.Username)
      if (user === null) throw failure.wrongCode()
      if (user.ConfirmationCode === undefined) throw failure.expiredCode()
      return confirming(pool, 'ConfirmForgotPassword', request)
    },
    ChangePassword: (request) => pool.run('ChangePassword', request).catch(asWrongPassword),
    GlobalSignOut: async (request) => {
      const user = await findUser(pool, usernameOf(request))
      if (user !== null) await pool.users.saveUser(pool.context, { ...user, RefreshTokens: [] })
      return {}
    },
    // Revoking twice is no error.
    RevokeToken: (request) =>
      pool.run('RevokeToken', request).catch((error: unknown) => {
        if (failure.isCognitoError(error, 'NotAuthorizedException')) return {}
        throw error
      }),
  }
}

async function refresh(
  pool: LocalPool,
  tokens: Tokens,
  now: () => number,
  request: Json,
  token: string,
): Promise<Json> {
  if ((await pool.users.getUserByRefreshToken(pool.context, token)) === null)
    throw failure.invalidRefreshToken()
  if (signInOf(token).authTime + refreshTokenSeconds <= now() / 1000) throw failure.invalidRefreshToken()
  return tokens.refreshing(token, () => pool.run('InitiateAuth', request))
}

function asWrongPassword(error: unknown): never {
  const known = failure.isCognitoError(error, 'InvalidPasswordException')
  throw known || failure.isCognitoError(error, 'NotAuthorizedException') ? failure.wrongPassword() : error
}

const withLifetime = (result: Json): Json =>
  result.AuthenticationResult === undefined
    ? result
    : {
        ...result,
        AuthenticationResult: {
          ...(result.AuthenticationResult as Json),
          ExpiresIn: accessTokenSeconds,
          TokenType: 'Bearer',
        },
      }

/** Whoever knows the code can read the address, so it counts as verified. */
async function confirming(pool: LocalPool, operation: string, request: Json): Promise<Json> {
  const reply = await pool.run(operation, request)
  const user = await findUser(pool, request.Username)
  if (user === null) return reply
  const others = user.Attributes.filter(({ Name }) => Name !== 'email_verified')
  const Attributes = [...others, { Name: 'email_verified', Value: 'true' }]
  await pool.users.saveUser(pool.context, { ...user, Attributes })
  return reply
}

async function resend(pool: LocalPool, user: User): Promise<Json> {
  const code = pool.newCode()
  await pool.users.saveUser(pool.context, { ...user, ConfirmationCode: code })
  const delivery = { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: emailOf(user) } as const
  await pool.messages.deliver(
    pool.context,
    'ResendCode',
    null,
    pool.users.options.Id,
    user,
    code,
    undefined,
    delivery,
  )
  return deliveryTo(emailOf(user))
}

const emailOf = (user: User): string => String(user.Attributes.find(({ Name }) => Name === 'email')?.Value)

/** Where the code went, masked as AWS does it. The same for an address that nobody has. */
function deliveryTo(address: unknown): Json {
  const [name = '', domain = ''] = String(address).split('@')
  const Destination = `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`
  return { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination } }
}
