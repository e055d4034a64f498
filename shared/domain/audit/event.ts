import type { AuditEntry } from '../../api/schemas/audit.ts'
import type { EventDraft } from '../pipeline/consequences.ts'
import type { CommentEvent, Event } from '../ports.ts'

/**
 * Something for the audit log, before it has its number. `id` is the same whenever the same record is consumed, and that
 * of no other event of the workspace.
 */
export type AuditDraft = Readonly<
  Pick<AuditEntry, 'workspaceId' | 'id' | 'type' | 'at' | 'by' | 'about' | 'changes'>
>

/** One event of the audit log, as it is kept. */
export type AuditEvent = Readonly<AuditEntry>

/** Any event of a workspace's sequence. */
export type NumberedEvent = Event | CommentEvent | AuditEvent
/** An event of a comment, before it has its number. */
export type CommentDraft = Omit<CommentEvent, 'sequence' | 'previousHash' | 'hash'>
export type Draft = EventDraft | CommentDraft | AuditDraft

export const isAuditDraft = (draft: Draft): draft is AuditDraft => 'about' in draft
export const isAuditEvent = (event: NumberedEvent): event is AuditEvent => 'about' in event
export const isCommentEvent = (event: NumberedEvent): event is CommentEvent => 'commentId' in event
