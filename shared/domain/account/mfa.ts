import { Failure } from '../failure.ts'
import type { Challenge, Grant } from '../ports.ts'
import type { Mfa, Person } from './person.ts'

/** What somebody gives to show who they are. */
export interface Proof {
  readonly password: string
  /** Six digits of the authenticator. */
  readonly code?: string | undefined
  readonly recoveryCode?: string | undefined
}

/** The authenticators that Cognito keeps. Expected refusals are `Failure`s. */
export interface Authenticators {
  /** Begins an enrolment; the secret is in base32 (RFC 4648), and replaces that of any begun before. */
  enrol(accessToken: string): Promise<string>
  /** Ends it with a first code. Refuses a wrong one with `invalid-code`. */
  verify(accessToken: string, code: string): Promise<void>
  /** Whether the right password alone gives no tokens any more. Asking for it takes a verified authenticator. */
  require(email: string, isRequired: boolean): Promise<void>
  userIdOf(email: string): Promise<string>
  /** A code is good once; refuses with `invalid-code`. */
  answer(challenge: Challenge, code: string): Promise<Grant>
}

export const wrongCode = (): Failure =>
  new Failure('invalid-code', 'Give a code that the authenticator shows now and that you have not used yet.')

/**
 * The state of a person whose second factor changes to `mfa`; `undefined` switches it off.
 * @throws Failure `unauthenticated` where the account was given up meanwhile
 */
export const withMfa = ({ mfa: _, ...person }: Person, mfa: Mfa | undefined, now: string): Person => {
  if (person.state !== 'active') throw new Failure('unauthenticated')
  return { ...person, ...(mfa && { mfa }), updatedAt: now, version: person.version + 1 }
}
