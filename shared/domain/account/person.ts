import type { Language } from '../../api/languages.ts'
import type { Profile } from '../../api/schemas/people.ts'

export interface Person {
  readonly id: string
  /** In lower case; verified once `state` is `active`. */
  readonly email: string
  readonly name: string
  readonly language: Language
  readonly zone: string
  /** Absent until the person chose one: Monday, as in ISO 8601. */
  readonly weekStart?: Profile['weekStart']
  readonly workingHours?: Profile['workingHours']
  readonly state: 'unconfirmed' | 'active'
  /** Sessions that began before this instant have ended, but for `keptSession`. */
  readonly sessionsFrom: string
  readonly keptSession: string | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly version: number
}

export interface Session {
  readonly id: string
  readonly userId: string
  readonly createdAt: string
  readonly expiresAt: string
  /** Of the last refresh that was written down; absent before the first. */
  readonly lastUsedAt?: string
  readonly endedAt: string | null
  readonly userAgent: string
}

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
