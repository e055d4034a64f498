import { mfaChanges } from '../../../shared/api/schemas/notice.ts'
import type {
  AssignedNotice,
  BulkNotice,
  CommentNotice,
  DigestNotice,
  DueNotice,
  EscalatedNotice,
  InvitedNotice,
  ListedTask,
  MailNotice,
  MailSettings,
  MfaNotice,
  Recipient,
  ReminderNotice,
  SeveralNotice,
  StatusNotice,
  TaskNotice,
  TaskOfNotice,
  WebhookDisabledNotice,
  WeeklyNotice,
} from '../../../shared/mail/notice.ts'

export const settings: MailSettings = {
  publicUrl: 'https://duely.example',
  sender: 'no-reply@duely.example',
  unsubscribeKey: 'key',
}

export const aRecipient = (changes: Partial<Recipient> = {}): Recipient => ({
  userId: 'usr_1',
  address: 'ana@team.example',
  name: 'Ana',
  language: 'en',
  zone: 'Europe/Berlin',
  ...changes,
})

export const aTask = (changes: Partial<TaskOfNotice> = {}): TaskOfNotice => ({
  id: 'tsk_7',
  key: 'OPS-42',
  title: 'Fix the pump',
  workspaceId: 'wsp_3',
  workspaceName: 'Acme',
  projectName: 'Operations',
  due: { dateTime: '2026-05-05T09:00', zone: 'Europe/Berlin' },
  ...changes,
})

export const anAssignment = (changes: Partial<AssignedNotice> = {}): AssignedNotice => ({
  kind: 'assigned',
  id: 'ntc_assigned',
  task: aTask(),
  by: 'Ben',
  ...changes,
})

export const aBulk = (changes: Partial<BulkNotice> = {}): BulkNotice => ({
  kind: 'bulk',
  id: 'ntc_bulk',
  workspaceId: 'wsp_3',
  workspaceName: 'Acme',
  by: 'Ben',
  count: 1200,
  ...changes,
})

export const aReminder = (changes: Partial<ReminderNotice> = {}): ReminderNotice => ({
  kind: 'reminder',
  id: 'ntc_reminder',
  task: aTask(),
  remindAt: '2026-05-05T06:00:00Z',
  sentAt: '2026-05-05T06:00:20Z',
  late: false,
  ...changes,
})

export const aLateReminder = (changes: Partial<ReminderNotice> = {}): ReminderNotice =>
  aReminder({ sentAt: '2026-05-05T06:03:00Z', late: true, ...changes })

export const anMfaChange = (changes: Partial<MfaNotice> = {}): MfaNotice => ({
  kind: 'mfa',
  id: 'ntc_mfa',
  change: 'recoveryCodeUsed',
  at: '2026-05-05T06:00:00Z',
  codesLeft: 9,
  ...changes,
})

export const anInvitation = (changes: Partial<InvitedNotice> = {}): InvitedNotice => ({
  kind: 'invited',
  id: 'ntc_invited',
  invitationId: 'inv_5',
  workspaceId: 'wsp_3',
  workspaceName: 'Acme',
  by: 'Ben',
  role: 'member',
  expiresAt: '2026-05-12T06:00:00Z',
  ...changes,
})

export const aStatusChange = (changes: Partial<StatusNotice> = {}): StatusNotice => ({
  kind: 'status',
  id: 'ntc_status',
  task: aTask(),
  by: 'Ben',
  from: 'open',
  to: 'in_progress',
  ...changes,
})

export const aComment = (changes: Partial<CommentNotice> = {}): CommentNotice => ({
  kind: 'commented',
  id: 'ntc_commented',
  task: aTask(),
  commentId: 'cmt_6',
  by: 'Ben',
  text: 'The seal leaks.\n\nShall I order two?',
  ...changes,
})

export const aDueDate = (changes: Partial<DueNotice> = {}): DueNotice => ({
  kind: 'due',
  id: 'ntc_due',
  task: aTask(),
  at: '2026-05-05T07:00:00Z',
  sentAt: '2026-05-05T07:00:20Z',
  late: false,
  ...changes,
})

export const anEscalation = (changes: Partial<EscalatedNotice> = {}): EscalatedNotice => ({
  kind: 'escalated',
  id: 'ntc_escalated',
  task: aTask(),
  overdueSince: '2026-05-05T07:00:00Z',
  assignees: ['Ben', 'Cleo'],
  ...changes,
})

const listed = (number: number, title: string): ListedTask => ({
  id: `tsk_${number}`,
  key: `OPS-${number}`,
  title,
  due: { date: '2026-05-05', zone: 'Europe/Berlin' },
})

export const aDigest = (changes: Partial<DigestNotice> = {}): DigestNotice => ({
  kind: 'digest',
  id: 'ntc_digest',
  workspaceId: 'wsp_3',
  workspaceName: 'Acme',
  date: '2026-05-05',
  overdue: [listed(42, 'Fix the pump')],
  overdueCount: 1,
  dueToday: [listed(43, 'Order seals'), listed(44, 'Call the plumber')],
  dueTodayCount: 25,
  unreadCount: 3,
  ...changes,
})

export const aWeek = (changes: Partial<WeeklyNotice> = {}): WeeklyNotice => ({
  kind: 'weekly',
  id: 'ntc_weekly',
  workspaceId: 'wsp_3',
  workspaceName: 'Acme',
  from: '2026-04-27',
  to: '2026-05-03',
  completed: [listed(40, 'Drain the tank')],
  completedCount: 1,
  openCount: 12,
  overdueCount: 2,
  next: [listed(43, 'Order seals'), listed(44, 'Call the plumber')],
  nextCount: 2,
  ...changes,
})

/** Every kind of notice that can be one among several. */
const taskNotices = (task: TaskOfNotice, by: string): readonly TaskNotice[] => [
  anAssignment({ task, by }),
  aStatusChange({ task, by }),
  aComment({ kind: 'mentioned', id: 'ntc_mentioned', task, by, text: task.title }),
  aComment({ task, by, text: `${task.title}\n${by}` }),
  aReminder({ task }),
  aLateReminder({ task }),
  ...(['dueSoon', 'due', 'overdue'] as const).map((kind) => aDueDate({ kind, id: `ntc_${kind}`, task })),
  aDueDate({ task, sentAt: '2026-05-05T09:00:00Z', late: true }),
  anEscalation({ task, assignees: [by, by] }),
]

export const several = (changes: Partial<SeveralNotice> = {}): SeveralNotice => ({
  kind: 'several',
  id: 'ntc_several',
  workspaceId: 'wsp_3',
  workspaceName: 'Acme',
  notices: taskNotices(aTask(), 'Ben'),
  count: 13,
  ...changes,
})

export const aDisabledWebhook = (changes: Partial<WebhookDisabledNotice> = {}): WebhookDisabledNotice => ({
  kind: 'webhookDisabled',
  id: 'ntc_webhook',
  workspaceId: 'wsp_3',
  workspaceName: 'Acme',
  webhookId: 'whk_8',
  origin: 'https://hooks.example',
  failingSince: '2026-05-01T06:00:00Z',
  ...changes,
})

/** One notice of every kind with the same hostile or harmless words wherever people can put any. */
export const everyKind = (words: string, by = words): readonly MailNotice[] => {
  const task = aTask({ title: words, workspaceName: words, projectName: words })
  const tasks = [listed(42, words), listed(43, words)]
  return [
    { kind: 'welcome', id: 'ntc_welcome' },
    ...taskNotices(task, by),
    aBulk({ workspaceName: words, by }),
    anInvitation({ workspaceName: words, by }),
    several({ workspaceName: words, notices: taskNotices(task, by) }),
    aDigest({ workspaceName: words, overdue: tasks, dueToday: tasks }),
    aWeek({ workspaceName: words, completed: tasks, next: tasks }),
    aDisabledWebhook({ workspaceName: words, origin: words }),
    { kind: 'farewell', id: 'ntc_farewell' },
    ...mfaChanges.map((change) => anMfaChange({ change })),
  ]
}
