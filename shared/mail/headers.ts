import type { Language } from '../api/languages.ts'
import type { MailNotice } from './notice.ts'

/** Characters that may stand on the left of a message id and in a list id (RFC 5322 atoms, RFC 2919). */
const atom = (id: string): string => id.replace(/[^A-Za-z0-9_-]+/g, '-')

export const workspaceOf = (notice: MailNotice): string | undefined => {
  if ('task' in notice) return notice.task.workspaceId
  return 'workspaceId' in notice ? notice.workspaceId : undefined
}

/**
 * Headers beside From, To and Subject. All mails about a task answer to one message that was never sent, so
 * that mail programs show them as a thread; `List-Id` lets people sort by workspace; `Auto-Submitted`
 * (RFC 3834) keeps absence notices from answering; where a link can stop such mails, programs offer that with one
 * click (RFC 8058).
 */
export function noticeHeaders(
  notice: MailNotice,
  language: Language,
  publicUrl: string,
  unsubscribe?: string,
): Record<string, string> {
  const { hostname } = new URL(publicUrl)
  const workspaceId = workspaceOf(notice)
  const thread = 'task' in notice && `<${atom(notice.task.workspaceId)}.${atom(notice.task.id)}@${hostname}>`
  return {
    'Message-ID': `<${atom(notice.id)}@${hostname}>`,
    'Auto-Submitted': 'auto-generated',
    'Content-Language': language,
    'X-Duely-Notice': notice.id.replace(/[^\x21-\x7E]+/g, '-'),
    ...(workspaceId && { 'List-Id': `<${atom(workspaceId)}.${hostname}>` }),
    ...(unsubscribe && {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
    ...(thread && { 'In-Reply-To': thread, References: thread }),
  }
}
