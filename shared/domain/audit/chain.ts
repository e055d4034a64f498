import { createHash } from 'node:crypto'
import { canonical } from './canonical.ts'
import { type AuditEvent, type Draft, isAuditDraft, isAuditEvent, type NumberedEvent } from './event.ts'

/** Where the sequence of a workspace stands. */
export interface Head {
  readonly sequence: number
  readonly hash: string
  /** Of the audit log: number, hash and time of its last entry; number 0 before the first. */
  readonly auditSequence: number
  readonly auditHash: string
  readonly orderedAt: string
}

/** Where a chain stands: at a number, with the hash of what bears it. */
export interface Link {
  readonly sequence: number
  readonly hash: string
}

/**
 * Whether the end that a chain is said to have denies a link: the chain ends before it, or there with another hash.
 * Whoever rewrites the end, or goes on from it, must have rewritten that as well.
 */
export const isDenied = ({ sequence, hash }: Link, end: Link): boolean =>
  sequence > end.sequence || (sequence === end.sequence && hash !== end.hash)

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** What stands for the hash before the first one. */
export const genesisOf = (workspaceId: string): string => sha256(`duely audit chain of ${workspaceId}`)

/** The head before anything was chained; `sequence` is not 0 where events are older than the chain. */
export const firstHead = (workspaceId: string, sequence: number): Head => ({
  sequence,
  hash: genesisOf(workspaceId),
  auditSequence: 0,
  auditHash: genesisOf(workspaceId),
  orderedAt: '',
})

/** SHA-256 over the hash before and the event, without its hashes of the chain, in the form of RFC 8785. */
const hashOf = (event: { readonly previousHash?: string; readonly hash?: string }): string => {
  const { previousHash, hash: _, ...told } = event
  return sha256(`${previousHash}\n${canonical(told)}`)
}

const next = (head: Head, draft: Draft): NumberedEvent => {
  const sequence = head.sequence + 1
  const { hash: previousHash, auditHash: previousAuditHash, orderedAt: earliest } = head
  if (!isAuditDraft(draft)) {
    const event = { ...draft, sequence, previousHash }
    return { ...event, hash: hashOf(event) }
  }
  // Records may come late: what they are ordered by follows the sequence all the same.
  const [, orderedAt = draft.at] = [draft.at, earliest].sort()
  const event = { ...draft, orderedAt, sequence, previousAuditHash, previousHash }
  return { ...event, hash: hashOf(event) }
}

const headAfter = (head: Head, event: NumberedEvent): Head => {
  const { sequence, hash = '' } = event
  if (!isAuditEvent(event)) return { ...head, sequence, hash }
  return { sequence, hash, auditSequence: sequence, auditHash: hash, orderedAt: event.orderedAt }
}

/** Gives events their numbers and hashes, in their order. */
export const numbered = (head: Head, drafts: readonly Draft[]): { events: NumberedEvent[]; head: Head } => {
  const events: NumberedEvent[] = []
  let last = head
  for (const draft of drafts) {
    const event = next(last, draft)
    events.push(event)
    last = headAfter(last, event)
  }
  return { events, head: last }
}

/** Whether an event is what was written. */
export const isIntact = (event: { readonly previousHash?: string; readonly hash?: string }): boolean =>
  event.hash === hashOf(event)

/** Whether an entry is what was written, and follows upon the one before. */
export const follows = (entry: AuditEvent, previous: Link): boolean =>
  entry.sequence > previous.sequence && entry.previousAuditHash === previous.hash && isIntact(entry)
