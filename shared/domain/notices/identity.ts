import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { derivedSeed, makeId } from '../ids.ts'

/** What makes two messages the same notice, besides when that happened which they tell. */
const identityOf = (message: NoticeMessage): readonly (string | number)[] => {
  switch (message.kind) {
    case 'welcome':
    case 'farewell':
      return [message.userId]
    case 'mfa':
      return [message.userId, message.version]
    case 'assigned':
    case 'status':
      return [message.workspaceId, message.taskId, message.version, message.userId]
    case 'mentioned':
    case 'commented':
      return [message.workspaceId, message.commentId, message.version, message.userId]
    case 'bulk':
      return [message.workspaceId, message.bulkId, message.userId]
    case 'reminder':
      return [message.workspaceId, message.taskId, message.reminderId, message.userId]
    case 'dueSoon':
    case 'due':
    case 'overdue':
    case 'escalated':
      return [message.workspaceId, message.taskId, message.userId]
    case 'digest':
    case 'weekly':
      return [message.workspaceId, message.userId]
    case 'webhookDisabled':
      return [message.workspaceId, message.webhookId, message.version, message.userId]
    case 'invited':
      return [message.workspaceId, message.invitationId]
  }
}

/**
 * When that happened which a notice tells. A summary is one of its day, whatever the hour: that may be moved, or the
 * person may move, after it was handed on and before that was written down.
 */
const timeOf = (message: NoticeMessage): string =>
  message.kind === 'digest' || message.kind === 'weekly' ? message.date : message.at

/** Deterministic id of a notice, and so of its one ledger row; sorts by when that happened which it tells. */
export const noticeIdOf = (message: NoticeMessage): string => {
  const time = timeOf(message)
  return makeId(
    'notification',
    Date.parse(time),
    derivedSeed(message.kind, time, ...identityOf(message).map(String)),
  )
}
