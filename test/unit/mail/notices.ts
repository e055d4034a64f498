import { mfaChanges } from '../../../shared/api/schemas/notice.ts'
import type {
  AssignedNotice,
  BulkNotice,
  InvitedNotice,
  MailNotice,
  MailSettings,
  MfaNotice,
  Recipient,
  ReminderNotice,
  TaskOfNotice,
} from '../../../shared/mail/notice.ts'

export const settings: MailSettings = { publicUrl: 'https://duely.example', sender: 'no-reply@duely.example' }

export const aRecipient = (changes: Partial<Recipient> = {}): Recipient => ({
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

/** One notice of every kind with the same hostile or harmless words wherever people can put any. */
export const everyKind = (words: string, by = words): readonly MailNotice[] => {
  const task = aTask({ title: words, workspaceName: words, projectName: words })
  return [
    { kind: 'welcome', id: 'ntc_welcome' },
    anAssignment({ task, by }),
    aBulk({ workspaceName: words, by }),
    aReminder({ task }),
    aLateReminder({ task }),
    anInvitation({ workspaceName: words, by }),
    { kind: 'farewell', id: 'ntc_farewell' },
    ...mfaChanges.map((change) => anMfaChange({ change })),
  ]
}
