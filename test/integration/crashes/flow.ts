import type { Item } from '../../../shared/data/tablePort.ts'
import type { Team, Teammate } from './team.ts'

/** What has to arrive. */
export interface Due {
  readonly to: Pick<Teammate, 'name' | 'address'>
  /** Of the notice, or the type of an event. */
  readonly kind: string
  /** So many notices of the kind; 1 where it does not say. */
  readonly count?: number
  /** What it must say outside. */
  readonly says?: Readonly<Record<string, unknown>>
  /** It may be fewer: what somebody does meanwhile may come before or after. */
  readonly atMost?: true
  /** It is not to be told any more once somebody has done what they do meanwhile. */
  readonly isRevoked?: true
  /** Where it arrives; in the inbox and outside (by mail, by a request) where it does not say. */
  readonly only?: 'inbox' | 'outside'
}

/** Something somebody does, of which others are to hear. */
export interface Flow {
  readonly name: string
  /** When it begins (RFC 3339); on a Monday morning where it does not say. */
  readonly start?: string
  /** What stands before; all that follows from it has happened when `act` begins. */
  readonly prepare?: (team: Team) => Promise<void>
  /** Requests; the runs begin with the records that these have left in the stream. */
  readonly act: (team: Team) => Promise<void>
  readonly schedules: readonly string[]
  /** Hours after which no schedule runs any more. */
  readonly hours: number
  readonly due: (team: Team) => readonly Due[]
  /** Mails in a run in which nothing goes wrong, where that is not one for each notice. */
  readonly mails?: number
  /** What else is wrong with the items of the table in the end. */
  readonly also?: (items: readonly Item[]) => readonly string[]
  /** Something that somebody does while it all goes on, at whatever moment, and what is due then. */
  readonly meanwhile?: {
    readonly act: (team: Team) => Promise<void>
    readonly due: (team: Team) => readonly Due[]
  }
}
