import type { Slice } from '../ports.ts'
import type { Head } from './chain.ts'
import type { AuditEvent } from './event.ts'

/** Where an entry stands in the log. */
export type Place = Pick<AuditEvent, 'orderedAt' | 'sequence'>

export interface AuditRequest {
  readonly workspaceId: string
  /** From this instant of `orderedAt` on, and before that one. RFC 3339, UTC, milliseconds. */
  readonly since?: string | undefined
  readonly until?: string | undefined
  /** The page before ended here. */
  readonly before?: Place | undefined
  readonly limit: number
  /** Lets entries through. So many are read for a page at most; the next one goes on from there. */
  readonly where?: ((entry: AuditEvent) => boolean) | undefined
}

export interface AuditPage {
  readonly items: readonly AuditEvent[]
  /** How far was read; absent when that was all. */
  readonly reached: Place | undefined
}

export interface AuditLog {
  /** Newest first. */
  page(request: AuditRequest): Promise<AuditPage>
  /** In the order of the chain, behind a place. */
  walk(workspaceId: string, limit: number, behind?: Place): Promise<Slice<AuditEvent>>
  head(workspaceId: string): Promise<Head>
}
