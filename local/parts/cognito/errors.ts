import {
  CodeMismatchError,
  CognitoError,
  ExpiredCodeError,
  InvalidParameterError,
  NotAuthorizedError,
  UserNotFoundError,
} from 'cognito-local/lib/errors.js'

/** Cognito's answers, in AWS's words where cognito-local's differ. */
export const wrongPassword = () => new NotAuthorizedError('Incorrect username or password.')
export const invalidRefreshToken = () => new NotAuthorizedError('Invalid Refresh Token')
export const revokedAccessToken = () => new NotAuthorizedError('Access Token has been revoked')
export const invalidAccessToken = () => new NotAuthorizedError('Invalid Access Token')
export const alreadyConfirmed = () =>
  new NotAuthorizedError('User cannot be confirmed. Current status is CONFIRMED')
export const nothingToResend = () => new InvalidParameterError('User is already confirmed.')
export const noVerifiedAddress = () =>
  new InvalidParameterError(
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  )
export const passwordTooShort = () =>
  new CognitoError(
    'InvalidPasswordException',
    'Password did not conform with policy: Password not long enough',
  )
export const wrongCode = () => new CodeMismatchError()
export const expiredCode = () => new ExpiredCodeError()
export const wrongFirstCode = () => new CognitoError('EnableSoftwareTokenMFAException', 'Code mismatch')
export const usedCode = () =>
  new CognitoError('ExpiredCodeException', 'Your software token has already been used once.')
export const noAuthenticator = () =>
  new CognitoError('SoftwareTokenMFANotFoundException', 'Software token MFA has not been set up')
export const unverifiedAuthenticator = () =>
  new InvalidParameterError('User has not verified software token mfa')
export const invalidSession = () => new NotAuthorizedError('Invalid session for the user.')
export const noUser = () => new UserNotFoundError('User does not exist.')

export const isCognitoError = (error: unknown, code?: string): error is CognitoError =>
  error instanceof CognitoError && (code === undefined || error.code === code)
