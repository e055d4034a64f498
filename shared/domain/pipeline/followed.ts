import type { Person, Session } from '../account/person.ts'
import type { NumberedEvent } from '../audit/event.ts'
import type { Connection } from '../live/connection.ts'
import type { LedgerRow } from '../notices/ledger.ts'
import type { Token } from '../tokens/token.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Change } from './record.ts'

/** Numbered events of one workspace, each once, in the order of their numbers. */
export interface WorkspaceLog {
  readonly workspaceId: string
  readonly events: readonly NumberedEvent[]
}

/** What a batch of the stream holds for those who follow it. */
export interface Followed {
  readonly logs: readonly WorkspaceLog[]
  /** Rows of inboxes, in the order of the stream. */
  readonly notices: readonly Change<LedgerRow>[]
  /** What people have their access by. */
  readonly sessions: readonly Change<Session>[]
  readonly tokens: readonly Change<Token>[]
  readonly people: readonly Change<Person>[]
  readonly members: readonly Change<Member>[]
  readonly connections: readonly Change<Connection>[]
}

/**
 * Somebody who wants to know what has been numbered. May be told the same again, also by itself, and of two stretches
 * of a log (1,000 events each) the later one first: what it does is done once however often it is told. What it cannot
 * do now it throws; the batch is told again.
 */
export type Follower = (followed: Followed) => Promise<void>
