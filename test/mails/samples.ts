import type { Language } from '../../shared/api/languages.ts'
import { mfaChanges } from '../../shared/api/schemas/notice.ts'
import type { ListedTask, MailNotice, Recipient, TaskNotice, TaskOfNotice } from '../../shared/mail/notice.ts'

interface Words {
  readonly reader: string
  readonly by: string
  readonly workspace: string
  readonly project: string
  readonly titles: readonly [string, string, string]
  readonly comment: string
  readonly zone: string
}

/** What people of each language might have typed. */
const typed: Readonly<Record<Language, Words>> = {
  en: {
    reader: 'Ana',
    by: 'Ben Carter',
    workspace: 'Acme',
    project: 'Operations',
    titles: ['Fix the pump', 'Order new seals', 'Call the plumber'],
    comment: 'The seal leaks again.\nShall I order two?',
    zone: 'Europe/London',
  },
  es: {
    reader: 'Lucía',
    by: 'Martín Gómez',
    workspace: 'Talleres Sol',
    project: 'Mantenimiento',
    titles: ['Reparar la bomba', 'Pedir juntas nuevas', 'Llamar al fontanero'],
    comment: 'La junta vuelve a perder agua.\n¿Pido dos?',
    zone: 'Europe/Madrid',
  },
  fr: {
    reader: 'Chloé',
    by: 'Étienne Moreau',
    workspace: 'Atelier Lumière',
    project: 'Exploitation',
    titles: ['Réparer la pompe', 'Commander des joints', 'Appeler le plombier'],
    comment: 'Le joint fuit de nouveau.\nJ’en commande deux ?',
    zone: 'Europe/Paris',
  },
  de: {
    reader: 'Jürgen',
    by: 'Marie Weiß',
    workspace: 'Werkstatt Süd',
    project: 'Betrieb',
    titles: ['Pumpe reparieren', 'Neue Dichtungen bestellen', 'Klempner anrufen'],
    comment: 'Die Dichtung ist wieder undicht.\nSoll ich zwei bestellen?',
    zone: 'Europe/Berlin',
  },
  ja: {
    reader: '佐藤 花子',
    by: '田中 太郎',
    workspace: '山田製作所',
    project: '設備管理',
    titles: ['ポンプを修理する', '新しいパッキンを注文する', '配管業者に電話する'],
    comment: 'パッキンからまた漏れています。\n二つ注文しましょうか。',
    zone: 'Asia/Tokyo',
  },
  ar: {
    reader: 'ليلى',
    by: 'عمر حداد',
    workspace: 'ورشة النور',
    project: 'التشغيل',
    titles: ['إصلاح المضخة', 'طلب حشيات جديدة', 'الاتصال بالسباك'],
    comment: 'الحشية تسرب من جديد.\nهل أطلب اثنتين؟',
    zone: 'Africa/Cairo',
  },
}

export const readerOf = (language: Language): Recipient => ({
  userId: 'usr_1',
  address: 'reader@team.example',
  name: typed[language].reader,
  language,
  zone: typed[language].zone,
})

const taskNotices = ({ by, comment, titles: [title], ...words }: Words): readonly TaskNotice[] => {
  const { workspace: workspaceName, project: projectName, zone } = words
  const due = { dateTime: '2026-05-05T09:00', zone }
  const task: TaskOfNotice = {
    ...{ id: 'tsk_1', key: 'OPS-42', title, due },
    ...{ workspaceId: 'wsp_1', workspaceName, projectName },
  }
  const told = { task, sentAt: '2026-05-05T09:03:00Z' }
  return [
    { kind: 'assigned', id: 'ntf_1', task, by },
    { kind: 'mentioned', id: 'ntf_2', task, by, commentId: 'cmt_1', text: comment },
    { kind: 'commented', id: 'ntf_3', task, by, commentId: 'cmt_1', text: comment },
    { kind: 'status', id: 'ntf_4', task, by, from: 'open', to: 'in_progress' },
    { kind: 'reminder', id: 'ntf_5', ...told, remindAt: '2026-05-05T07:00:00Z', late: true },
    { kind: 'dueSoon', id: 'ntf_6', ...told, at: '2026-05-05T09:03:00Z', late: false },
    { kind: 'due', id: 'ntf_7', ...told, at: '2026-05-05T09:03:00Z', late: false },
    { kind: 'overdue', id: 'ntf_8', ...told, at: '2026-05-05T07:00:00Z', late: true },
    { kind: 'escalated', id: 'ntf_9', task, overdueSince: '2026-05-05T07:00:00Z', assignees: [by] },
  ]
}

const listed = ({ titles, zone }: Words): readonly ListedTask[] =>
  titles.map((title, n) => {
    const number = 42 + n
    return { id: `tsk_${number}`, key: `OPS-${number}`, title, due: { date: '2026-05-05', zone } }
  })

/** One mail of each template. */
export const samplesOf = (language: Language): readonly MailNotice[] => {
  const words = typed[language]
  const { by, workspace: workspaceName } = words
  const here = { workspaceId: 'wsp_1', workspaceName }
  const notices = taskNotices(words)
  const [first, ...others] = listed(words)
  const overdue = first ? [first] : []
  return [
    ...notices,
    { kind: 'bulk', id: 'ntf_10', ...here, by, count: 12 },
    { kind: 'several', id: 'ntf_11', ...here, notices: notices.slice(0, 5), count: 7 },
    {
      ...{ kind: 'digest', id: 'ntf_12', ...here, date: '2026-05-05', unreadCount: 3 },
      ...{ overdue, overdueCount: 1, dueToday: others, dueTodayCount: 5 },
    },
    {
      ...{ kind: 'weekly', id: 'ntf_13', ...here, from: '2026-04-27', to: '2026-05-03' },
      ...{ completed: overdue, completedCount: 1, openCount: 12, overdueCount: 2 },
      ...{ next: others, nextCount: 2 },
    },
    {
      ...{ kind: 'webhookDisabled', id: 'ntf_14', ...here, webhookId: 'whk_1' },
      ...{ origin: 'https://hooks.team.example', failingSince: '2026-05-01T06:00:00Z' },
    },
    {
      ...{ kind: 'invited', id: 'ntf_15', ...here, invitationId: 'inv_1', by, role: 'member' },
      expiresAt: '2026-05-12T06:00:00Z',
    },
    { kind: 'welcome', id: 'ntf_16' },
    ...mfaChanges.map((change) => {
      return { kind: 'mfa', id: 'ntf_17', change, at: '2026-05-05T06:00:00Z', codesLeft: 9 } as const
    }),
    { kind: 'farewell', id: 'ntf_18' },
  ]
}
