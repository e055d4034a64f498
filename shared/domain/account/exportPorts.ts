import type { Offer } from '../attachments/ports.ts'
import type { LedgerRow } from '../notices/ledger.ts'
import type { Preferences } from '../notices/preferences.ts'
import type { Slice, Written } from '../ports.ts'
import type { Exports } from './exports.ts'
import type { Session } from './person.ts'

/** One file of an export. Numbers count from 1. */
export interface ExportPart {
  readonly userId: string
  readonly exportId: string
  readonly number: number
}

/** Exports of people's own data, and what of it no other store lists. */
export interface ExportStore {
  exports(userId: string): Promise<Exports | undefined>
  /** Loses to any write since `seen`. */
  write(next: Exports, seen: Exports | undefined): Promise<Written<Exports>>
  /** Every session there is, ended ones as well, in the order of their ids. */
  sessions(userId: string, limit: number, after?: string): Promise<Slice<Session>>
  /** Notices of no workspace. */
  notices(userId: string): Promise<readonly LedgerRow[]>
  /** Those of a workspace, newest first. */
  noticesOf(workspaceId: string, userId: string, limit: number, after?: string): Promise<Slice<LedgerRow>>
  /** What the person has chosen about those of a workspace. */
  preferences(workspaceId: string, userId: string): Promise<Preferences | undefined>
}

/** Files of exports in the object store. */
export interface ExportParts {
  /** Over whatever is there. `text` is JSON Lines. */
  write(part: ExportPart, text: string): Promise<void>
  /** One that is not there is no error. */
  remove(part: ExportPart): Promise<void>
}

export interface ExportOffers {
  /** An address that is good for seconds. Touches no network. */
  download(part: ExportPart, name: string, now: string): Promise<Offer>
}
