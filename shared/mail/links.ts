import type { MailNotice } from './notice.ts'

const path = (...segments: readonly string[]): string => segments.map(encodeURIComponent).join('/')

/** The one page a mail leads to; always under `publicUrl`. */
export function noticeUrl(notice: MailNotice, publicUrl: string): string {
  switch (notice.kind) {
    case 'welcome':
    case 'farewell':
    case 'mfa':
      return `${publicUrl}/`
    case 'bulk':
      return `${publicUrl}/${path('w', notice.workspaceId)}`
    case 'invited':
      return `${publicUrl}/${path('invitations', notice.workspaceId, notice.invitationId)}`
    case 'assigned':
    case 'reminder':
      return `${publicUrl}/${path('w', notice.task.workspaceId, 'tasks', notice.task.id)}`
  }
}
