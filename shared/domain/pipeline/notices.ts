import { createHash } from 'node:crypto'
import type { NoticeMessage } from '../../api/schemas/notice.ts'

/** What makes two messages the same notice: never the time of the attempt. */
const identityOf = (message: NoticeMessage): readonly unknown[] => {
  switch (message.kind) {
    case 'welcome':
    case 'farewell':
      return [message.userId]
    case 'mfa':
      return [message.userId, message.version]
    case 'assigned':
      return [message.workspaceId, message.taskId, message.version, message.userId]
    case 'bulk':
      return [message.workspaceId, message.bulkId, message.userId]
    case 'reminder':
      return [message.workspaceId, message.taskId, message.reminderId, message.at, message.userId]
    case 'invited':
      return [message.workspaceId, message.invitationId]
  }
}

/** Deterministic id of a notice, and so of its one ledger row. */
export const noticeIdOf = (message: NoticeMessage): string =>
  createHash('sha256')
    .update(JSON.stringify([message.kind, ...identityOf(message)]))
    .digest('base64url')
    .slice(0, 22)

/** The ledger row of a notice: what became of it, and why. */
export interface LedgerRow {
  readonly id: string
  readonly kind: NoticeMessage['kind']
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
