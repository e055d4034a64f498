import type { OwnersMove, Written } from '../ports.ts'
import type { Invitation, Member } from '../workspaces/workspace.ts'
import type { Person } from './person.ts'

/** An ownership that ends, with the count of owners that is left. */
export interface GivenUp {
  readonly member: Member
  readonly move: OwnersMove
}

/** What the deletion of an account asks of storage. Every write may be repeated. */
export interface Deletions {
  /**
   * Ends everything of a person in one write, together with all that they own. Loses to any other change of those
   * owners, and to another deletion, which is then what is present.
   */
  close(userId: string, owned: readonly GivenUp[], now: string): Promise<Written<Person>>
  /** Notes that the last mail is settled. */
  noteTold(person: Person, now: string): Promise<void>
  /** Open invitations to an address. Follows the writes by a moment. */
  invitationsTo(email: string): Promise<readonly Invitation[]>
  /** Drops all that lies under the person but the person: sessions, tokens, notices, whatever else there is. */
  wipe(userId: string): Promise<void>
  /** Leaves of a person that is being deleted nothing but the id. Nothing to somebody who is buried already. */
  bury(userId: string, now: string): Promise<void>
}

/** The user pool, as far as an account leaves it. */
export interface Accounts {
  /** One that is not there any more is no error. */
  remove(userId: string): Promise<void>
}
