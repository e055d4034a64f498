import type { MailNotice } from './notice.ts'

const path = (...segments: readonly string[]): string => segments.map(encodeURIComponent).join('/')

export const taskUrl = (workspaceId: string, taskId: string, publicUrl: string): string =>
  `${publicUrl}/${path('w', workspaceId, 'tasks', taskId)}`

/** The page a mail as a whole leads to; always under `publicUrl`. */
export function noticeUrl(notice: MailNotice, publicUrl: string): string {
  switch (notice.kind) {
    case 'welcome':
    case 'farewell':
    case 'mfa':
      return `${publicUrl}/`
    case 'bulk':
    case 'digest':
    case 'weekly':
    case 'several':
      return `${publicUrl}/${path('w', notice.workspaceId)}`
    case 'webhookDisabled':
      return `${publicUrl}/${path('w', notice.workspaceId, 'webhooks', notice.webhookId)}`
    case 'invited':
      return `${publicUrl}/${path('invitations', notice.workspaceId, notice.invitationId)}`
    case 'assigned':
    case 'reminder':
    case 'status':
    case 'mentioned':
    case 'commented':
    case 'dueSoon':
    case 'due':
    case 'overdue':
    case 'escalated':
      return taskUrl(notice.task.workspaceId, notice.task.id, publicUrl)
  }
}
