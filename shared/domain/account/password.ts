import { Failure } from '../failure.ts'

/** The user pool asks for the same length; it names no kinds of characters (NIST SP 800-63B, 5.1.1.2). */
export const minimumPasswordLength = 12

const requirement = `must have at least ${minimumPasswordLength} characters, and neither begin nor end with a space`

/** A refused new password. `pointer` names its field. */
export const invalidPassword = (pointer: string, detail = requirement): Failure =>
  new Failure('invalid-password', undefined, { errors: [{ pointer, detail }] })

/** Checked before Cognito is asked, so that the answer is the same for every address. */
export const requirePassword = (pointer: string, password: string): void => {
  if (password.length < minimumPasswordLength || /^\s|\s$/.test(password)) throw invalidPassword(pointer)
}
