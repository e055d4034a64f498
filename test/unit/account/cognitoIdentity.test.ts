import { describe, expect, test } from 'vitest'
import { Failure } from '../../../shared/domain/failure.ts'
import type { Identity } from '../../../shared/domain/ports.ts'
import { poolServer } from './poolServer.ts'

const account = { email: 'ana@example.org', name: 'Ana', language: 'de' as const, zone: 'Europe/Madrid' }
const id = '5b1c2d3e-0000-4000-8000-000000000001'
const UserAttributes = [
  { Name: 'sub', Value: id },
  { Name: 'email', Value: 'Ana@Example.org' },
  { Name: 'name', Value: 'Ana' },
  { Name: 'locale', Value: 'de' },
  { Name: 'zoneinfo', Value: 'Europe/Madrid' },
]
const AuthenticationResult = { AccessToken: 'access', RefreshToken: 'refresh', ExpiresIn: 900 }

/** Each operation of the port, and Cognito's operations that it asks. */
const requests: Readonly<Record<string, (identity: Identity) => Promise<unknown>>> = {
  SignUp: (identity) => identity.signUp(account, 'a good password'),
  ConfirmSignUp: (identity) => identity.confirm(account.email, '123456', 'a good password'),
  ResendConfirmationCode: (identity) => identity.resendCode(account.email),
  InitiateAuth: (identity) => identity.signIn(account.email, 'a good password'),
  AdminSetUserPassword: (identity) => identity.confirm(account.email, '123456', 'a good password'),
  RevokeToken: (identity) => identity.revoke('refresh'),
  ChangePassword: (identity) => identity.changePassword('access', 'old', 'new'),
  ForgotPassword: (identity) => identity.forgotPassword(account.email),
  ConfirmForgotPassword: (identity) => identity.resetPassword(account.email, '123456', 'a good password'),
}
const found = { ConfirmSignUp: {}, AdminSetUserPassword: {}, AdminGetUser: { UserAttributes } }

/** What a request comes to when its operation answers with this exception. */
const outcomeOf = async (operation: string, exception: string, others: Record<string, object> = found) => {
  const { identity } = await poolServer({ ...others, [operation]: { exception } })
  return requests[operation]?.(identity).then(
    () => 'done',
    (error: Error) => (error instanceof Failure ? error.code : error.name),
  )
}

describe.each([
  ['SignUp', 'UsernameExistsException', 'done'],
  ['SignUp', 'LimitExceededException', 'done'],
  ['SignUp', 'InvalidPasswordException', 'invalid-password'],
  ['SignUp', 'InvalidParameterException', 'invalid-request'],
  ['ResendConfirmationCode', 'UserNotFoundException', 'done'],
  ['ResendConfirmationCode', 'InvalidParameterException', 'done'],
  ['ResendConfirmationCode', 'LimitExceededException', 'done'],
  ['ForgotPassword', 'UserNotFoundException', 'done'],
  ['ForgotPassword', 'InvalidParameterException', 'done'],
  ['ForgotPassword', 'NotAuthorizedException', 'done'],
  ['ForgotPassword', 'LimitExceededException', 'done'],
  ['ConfirmSignUp', 'CodeMismatchException', 'invalid-code'],
  ['ConfirmSignUp', 'ExpiredCodeException', 'invalid-code'],
  ['ConfirmSignUp', 'UserNotFoundException', 'invalid-code'],
  ['ConfirmSignUp', 'NotAuthorizedException', 'invalid-code'],
  ['ConfirmSignUp', 'TooManyFailedAttemptsException', 'invalid-code'],
  ['ConfirmForgotPassword', 'CodeMismatchException', 'invalid-code'],
  ['ConfirmForgotPassword', 'ExpiredCodeException', 'invalid-code'],
  ['ConfirmForgotPassword', 'LimitExceededException', 'invalid-code'],
  ['ConfirmForgotPassword', 'InvalidPasswordException', 'invalid-password'],
  ['InitiateAuth', 'NotAuthorizedException', 'wrong-credentials'],
  ['InitiateAuth', 'UserNotFoundException', 'wrong-credentials'],
  ['InitiateAuth', 'UserNotConfirmedException', 'wrong-credentials'],
  ['InitiateAuth', 'PasswordResetRequiredException', 'wrong-credentials'],
  ['InitiateAuth', 'InvalidParameterException', 'wrong-credentials'],
  ['ChangePassword', 'NotAuthorizedException', 'wrong-credentials'],
  ['ChangePassword', 'InvalidPasswordException', 'invalid-password'],
  ['ChangePassword', 'PasswordHistoryPolicyViolationException', 'invalid-password'],
  ['ChangePassword', 'LimitExceededException', 'too-many-requests'],
  ['RevokeToken', 'UnauthorizedException', 'done'],
  ['RevokeToken', 'InvalidParameterException', 'done'],
])('%s answered with %s', (operation, exception, outcome) => {
  test(`ends in ${outcome}`, async () => {
    expect(await outcomeOf(operation, exception)).toBe(outcome)
  })
})

test.each(Object.keys(requests))(
  '%s: the rate limit is told, any other exception is a surprise',
  async (operation) => {
    expect(await outcomeOf(operation, 'TooManyRequestsException')).toBe('too-many-requests')
    expect(await outcomeOf(operation, 'InternalErrorException')).toBe('InternalErrorException')
  },
)

test('sign-up hands over what a person would be made of, and tells the new id', async () => {
  const { identity, asked } = await poolServer({ SignUp: { UserSub: id, UserConfirmed: false } })
  expect(await identity.signUp(account, 'a good password')).toBe(id)
  expect(asked[0]?.request).toMatchObject({
    ClientId: 'client',
    Username: account.email,
    Password: 'a good password',
    UserAttributes: UserAttributes.slice(1).map((attribute) =>
      attribute.Name === 'email' ? { ...attribute, Value: account.email } : attribute,
    ),
  })
})

test('a confirmation comes back with the account as it was given', async () => {
  const { identity } = await poolServer(found)
  expect(await identity.confirm(account.email, '123456', 'a good password')).toEqual({ id, ...account })
})

test('attributes that our sign-up would refuse give way to defaults', async () => {
  const strange = [
    { Name: 'sub', Value: id },
    { Name: 'email', Value: 'ana@example.org' },
    { Name: 'name', Value: 'x'.repeat(2000) },
    { Name: 'zoneinfo', Value: 'Mars/Olympus' },
    { Name: 'locale', Value: 'tlh' },
  ]
  const { identity } = await poolServer({
    ConfirmSignUp: {},
    AdminSetUserPassword: {},
    AdminGetUser: { UserAttributes: strange },
  })
  expect(await identity.confirm(account.email, '123456', 'a good password')).toEqual({
    id,
    email: 'ana@example.org',
    name: 'ana',
    language: 'en',
    zone: 'UTC',
  })
})

test('sign-in and refresh hand over the tokens', async () => {
  const { identity, asked } = await poolServer({ InitiateAuth: { AuthenticationResult } })
  const tokens = { accessToken: 'access', expiresIn: 900 }
  expect(await identity.signIn(account.email, 'pw')).toEqual({ ...tokens, refreshToken: 'refresh' })
  expect(await identity.refresh('refresh')).toEqual(tokens)
  expect(asked.map(({ request }) => request.AuthFlow)).toEqual(['USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH'])
})

test('a right password that is not enough gives a challenge', async () => {
  const ChallengeParameters = { USER_ID_FOR_SRP: id }
  const { identity } = await poolServer({
    InitiateAuth: { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 's', ChallengeParameters },
  })
  expect(await identity.signIn(account.email, 'pw')).toEqual({ session: 's', username: id })
})

test.each(['NEW_PASSWORD_REQUIRED', 'SMS_MFA'])(
  'the challenge %s, which no route answers, is a refusal',
  async (ChallengeName) => {
    const { identity } = await poolServer({ InitiateAuth: { ChallengeName, Session: 's' } })
    await expect(identity.signIn(account.email, 'pw')).rejects.toMatchObject({ code: 'wrong-credentials' })
  },
)

test.each(['NotAuthorizedException', 'UserNotFoundException', 'InvalidParameterException'])(
  'a refresh token refused with %s is no credential',
  async (exception) => {
    const { identity } = await poolServer({ InitiateAuth: { exception } })
    await expect(identity.refresh('refresh')).rejects.toMatchObject({ code: 'unauthenticated' })
  },
)

test('a reset for an unknown address asks Cognito as often as one for a known, and is refused alike', async () => {
  const known = await poolServer({ ...found, ConfirmForgotPassword: { exception: 'CodeMismatchException' } })
  const unknown = await poolServer({
    AdminGetUser: { exception: 'UserNotFoundException' },
    ConfirmForgotPassword: { exception: 'CodeMismatchException' },
  })
  const failures = await Promise.all(
    [known, unknown].map(({ identity }) =>
      identity
        .resetPassword(account.email, '1234', 'a good password')
        .catch(({ code, message }) => [code, message]),
    ),
  )
  expect(failures[0]).toEqual(failures[1])
  expect(unknown.asked.map(({ operation }) => operation)).toEqual(
    known.asked.map(({ operation }) => operation),
  )
})

test('a reset tells whose password it now is', async () => {
  const { identity } = await poolServer({ ...found, ConfirmForgotPassword: {} })
  expect(await identity.resetPassword(account.email, '123456', 'a good password')).toEqual({ id, ...account })
})
