import { preferenceKinds } from '../api/schemas/preferences.ts'
import type { MailNotice } from './notice.ts'

/** What somebody can stop by the link of a mail: a kind of notices, a summary, or everything of a workspace. */
export const mailTopics = [...preferenceKinds, 'daily', 'weekly', 'all'] as const
export type MailTopic = (typeof mailTopics)[number]

/** `null`: no preference governs such mails, so no link can stop them. */
export const topics = {
  assigned: 'assigned',
  bulk: 'assigned',
  mentioned: 'mentioned',
  commented: 'commented',
  status: 'status',
  reminder: 'reminder',
  dueSoon: 'dueSoon',
  due: 'due',
  overdue: 'overdue',
  escalated: 'escalated',
  digest: 'daily',
  weekly: 'weekly',
  several: 'all',
  webhookDisabled: null,
  invited: null,
  welcome: null,
  farewell: null,
  mfa: null,
} as const satisfies Readonly<Record<MailNotice['kind'], MailTopic | null>>
