import type { NoticeKind, NoticeMessage } from '../../api/schemas/notice.ts'

/** The ledger row of a notice: what became of it, and why. */
export interface LedgerRow {
  readonly id: string
  readonly kind: NoticeKind
  readonly workspaceId: string | null
  readonly userId: string | null
  readonly state: 'claimed' | 'sent' | 'suppressed' | 'failed'
  /** Why it was suppressed or failed. */
  readonly reason: string | null
  readonly attempts: number
  /** The attempt that holds it; another may take over after `claimedUntil`. */
  readonly claim: string
  readonly claimedUntil: string
  readonly updatedAt: string
  readonly sentAt: string | null
  readonly messageId: string | null
}

/** What the pipeline asks of the queue. Sends all or throws. */
export interface NoticeQueue {
  send(messages: readonly NoticeMessage[]): Promise<void>
}
