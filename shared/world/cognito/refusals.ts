import { wrongCode } from '../../domain/account/mfa.ts'
import { invalidPassword } from '../../domain/account/password.ts'
import { Failure, invalidField } from '../../domain/failure.ts'
import { each, type Refusals } from './answered.ts'

/** Exceptions to a request for a code that would tell whether an account exists, and in which state. */
export const codeRequestSecrets = [
  'UserNotFoundException',
  'InvalidParameterException',
  'NotAuthorizedException',
  // The limit is each account's own.
  'LimitExceededException',
]

/** Exceptions to a sign-up that would tell whether the address has an account. */
export const signUpSecrets = [
  'UsernameExistsException',
  'AliasExistsException',
  // The mails of the day are used up: met only where one is due.
  'LimitExceededException',
]

/** Exceptions to a revocation that mean: there is nothing left to revoke. */
export const nothingToRevoke = [
  'InvalidParameterException',
  'NotAuthorizedException',
  'UnauthorizedException',
  'UnsupportedTokenTypeException',
]

export const signUpRefusals: Refusals = {
  InvalidPasswordException: () => invalidPassword('/password'),
  // The password has been checked before, and our other attributes are shorter than Cognito's limits.
  InvalidParameterException: () => invalidField('/email', 'must be an address that Cognito takes'),
}

/** Whatever is wrong with a code or its address. Limits on attempts are each account's own, hence among them. */
export const codeRefusals: Refusals = each(
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

export const newPasswordRefusals: Refusals = {
  InvalidPasswordException: () => invalidPassword('/newPassword'),
  PasswordHistoryPolicyViolationException: () =>
    invalidPassword('/newPassword', 'must not be one that you have used before'),
}

const notSignedIn = [
  'NotAuthorizedException',
  'UserNotFoundException',
  'UserNotConfirmedException',
  'PasswordResetRequiredException',
  'InvalidParameterException',
]
const wrongCredentials = (): Failure => new Failure('wrong-credentials')
export const signInRefusals: Refusals = each(notSignedIn, wrongCredentials)
export const refreshRefusals: Refusals = each(notSignedIn, () => new Failure('unauthenticated'))
export const changePasswordRefusals: Refusals = { ...signInRefusals, ...newPasswordRefusals }
export const enrolRefusals: Refusals = {
  ConcurrentModificationException: () =>
    new Failure('conflict', 'Another enrolment began at the same time. Begin anew.'),
}
/** Whatever Cognito finds wrong with a code of an authenticator, one that was used before among it. */
export const totpRefusals: Refusals = each(
  [
    'CodeMismatchException',
    'EnableSoftwareTokenMFAException',
    'ExpiredCodeException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'SoftwareTokenMFANotFoundException',
  ],
  wrongCode,
)
/** Cognito asks for something else than a code of an authenticator: no route answers such challenges. */
export const challenged = wrongCredentials
