import type { Language } from '../../api/languages.ts'
import type { Profile } from '../../api/schemas/people.ts'

export interface Person {
  readonly id: string
  /** In lower case; verified once `state` is `active`. Empty once `deleted`, as the name is. */
  readonly email: string
  readonly name: string
  readonly language: Language
  readonly zone: string
  /** Absent until the person chose one: Monday, as in ISO 8601. */
  readonly weekStart?: Profile['weekStart']
  readonly workingHours?: Profile['workingHours']
  /** Once `deleting` nothing of the person lives any more; once `deleted` only the id is left. */
  readonly state: 'unconfirmed' | 'active' | 'deleting' | 'deleted'
  /** When the account was given up, and when its last mail was settled. Absent before. */
  readonly deletion?: Deletion
  /** Sessions that began before this instant have ended, but for `keptSession`. */
  readonly sessionsFrom: string
  readonly keptSession: string | null
  /** The second factor, where one is on. */
  readonly mfa?: Mfa
  readonly createdAt: string
  readonly updatedAt: string
  readonly version: number
}

/** A second factor; its secret lies with Cognito alone. */
export interface Mfa {
  readonly enabledAt: string
  /** Hashes of those that have not been used. */
  readonly recoveryCodes: readonly string[]
}

interface Deletion {
  readonly at: string
  readonly toldAt: string | null
}

export interface Session {
  readonly id: string
  readonly userId: string
  readonly createdAt: string
  readonly expiresAt: string
  /** Of the last refresh that made a generation; absent before the first. */
  readonly lastUsedAt?: string
  readonly endedAt: string | null
  /** Of one that was ended by itself. What ends several together stands on the person. */
  readonly endedBecause?: EndCause
  readonly userAgent: string
  /** Of the newest refresh token; absent in sessions from before there were generations, and in those that ended. */
  readonly generation?: number
  /** When the newest generations were first issued, that of `generation` last. */
  readonly generationsIssuedAt?: readonly string[]
}

/** By its sign-out, from the list of sessions, or by a refresh token that had been used before. */
export type EndCause = 'signedOut' | 'endedByOwner' | 'tokenReused'

/** Where a session stands among those of a person: in the order in which they began. */
export const placeOf = ({ createdAt, id }: Pick<Session, 'createdAt' | 'id'>): string => `${createdAt}#${id}`

/** Whether a session still stands: not ended, not expired, not ended together with all others. */
export const isLive = (session: Session, person: Person, now: string): boolean =>
  person.state === 'active' &&
  session.endedAt === null &&
  session.expiresAt > now &&
  (session.createdAt >= person.sessionsFrom || session.id === person.keptSession)

/** What a person said of themselves at sign-up; Cognito keeps it beside the address. */
export type Account = Pick<Person, 'id' | 'email' | 'name' | 'language' | 'zone'>

export const newPerson = (account: Account, state: Person['state'], now: string): Person => ({
  ...account,
  state,
  sessionsFrom: now,
  keptSession: null,
  createdAt: now,
  updatedAt: now,
  version: 1,
})
