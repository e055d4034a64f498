import {
  AdminGetUserCommand,
  type AuthenticationResultType,
  type AuthFlowType,
  ChangePasswordCommand,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { invalidPassword } from '../domain/account/password.ts'
import { Failure, invalidField } from '../domain/failure.ts'
import type { Identity } from '../domain/ports.ts'
import { accountFrom, attributesOf } from './identityAttributes.ts'
import { answered, answeredUnless, each, type Refusals } from './identityRefusals.ts'

export interface PoolSettings {
  readonly poolId: string
  readonly clientId: string
}

const wrongCredentials = () => new Failure('wrong-credentials')
const unauthenticated = () => new Failure('unauthenticated')

/** Whatever is wrong with a code or its address. Limits on attempts are each account's own, hence among them. */
const codeRefusals: Refusals = each(
  [
    'CodeMismatchException',
    'ExpiredCodeException',
    'UserNotFoundException',
    'NotAuthorizedException',
    'InvalidParameterException',
    'AliasExistsException',
    'LimitExceededException',
    'TooManyFailedAttemptsException',
  ],
  () => new Failure('invalid-code', 'Ask for a new code; after many attempts, wait an hour first.'),
)

const newPasswordRefusals: Refusals = {
  InvalidPasswordException: () => invalidPassword('/newPassword'),
  PasswordHistoryPolicyViolationException: () =>
    invalidPassword('/newPassword', 'must not be one you have used before'),
}

/** Exceptions to a request for a code that would tell whether an account exists, and in which state. */
const codeRequestSecrets = [
  'UserNotFoundException',
  'InvalidParameterException',
  'NotAuthorizedException',
  'LimitExceededException',
]

/** Refusals of a sign-in. A challenge counts as one: no route answers challenges. */
const signInRefusals: Refusals = each(
  [
    'NotAuthorizedException',
    'UserNotFoundException',
    'UserNotConfirmedException',
    'PasswordResetRequiredException',
    'InvalidParameterException',
  ],
  wrongCredentials,
)
const refreshRefusals: Refusals = each(
  [
    'NotAuthorizedException',
    'UserNotFoundException',
    'UserNotConfirmedException',
    'PasswordResetRequiredException',
    'InvalidParameterException',
  ],
  unauthenticated,
)

const complete = ({ AccessToken, ExpiresIn, RefreshToken }: AuthenticationResultType) => {
  if (AccessToken === undefined || ExpiresIn === undefined) throw new Error('Cognito left out a token')
  return { accessToken: AccessToken, expiresIn: ExpiresIn, refreshToken: RefreshToken }
}
