import type { Role } from '../../api/actions.ts'
import type { Language } from '../../api/languages.ts'
import type { MfaChange } from '../../api/schemas/notice.ts'
import type { Status } from '../../api/schemas/task.ts'
import type { Message, Template } from '../template.ts'
import type { MailTopic } from '../topics.ts'

/** Sentences, and the values each takes: a text stands as it is, a number chooses a plural form. */
export interface Arguments {
  greeting: { name: string }
  /** One fact on a line of the text part. */
  fact: { label: string; value: string }
  assignedSubject: { actor: string; key: string; title: string }
  assignedIntro: { actor: string }
  bulkSubject: { actor: string; count: number }
  bulkIntro: { actor: string; count: number }
  statusSubject: { key: string; title: string; status: string }
  statusIntro: { actor: string }
  mentionedSubject: { actor: string; key: string; title: string }
  mentionedIntro: { actor: string }
  commentedSubject: { actor: string; key: string; title: string }
  commentedIntro: { actor: string }
  reminderSubject: { key: string; title: string }
  lateSubject: { key: string; title: string }
  /** `duration` stands alone, as the subject of no verb: languages with cases get it in the nominative. */
  lateNotice: { time: string; duration: string }
  lateMail: { time: string; duration: string }
  dueSoonSubject: { key: string; title: string }
  dueSubject: { key: string; title: string }
  overdueSubject: { key: string; title: string }
  escalatedSubject: { key: string; title: string }
  severalSubject: { count: number; workspace: string }
  /** One notice among several, on a line: `task` is its human id and title. */
  assignedItem: { actor: string; task: string }
  statusItem: { actor: string; task: string; status: string }
  mentionedItem: { actor: string; task: string }
  commentedItem: { actor: string; task: string }
  reminderItem: { task: string }
  dueSoonItem: { task: string }
  dueItem: { task: string }
  overdueItem: { task: string }
  escalatedItem: { task: string }
  /** Below a list that does not show all. */
  more: { count: number }
  digestSubject: { workspace: string; date: string }
  digestIntro: { workspace: string }
  /** Above a list of tasks. */
  overdueTasks: { count: number }
  tasksDueToday: { count: number }
  completedTasks: { count: number }
  tasksDueNext: { count: number }
  weeklySubject: { workspace: string; range: string }
  weeklyIntro: { workspace: string }
  webhookSubject: { origin: string }
  /** On the page that link opens: before, and after. `topic` names such mails. */
  unsubscribeAsk: { topic: string }
  unsubscribeDone: { topic: string }
  invitedSubject: { actor: string; workspace: string }
  invitedIntro: { actor: string; workspace: string }
}

/** Texts that stand as they are. */
interface Texts {
  /** Greeting of a person whose name shows nothing. */
  plainGreeting: string
  somebody: string
  nobody: string
  unnamed: string
  task: string
  project: string
  workspace: string
  due: string
  remindAt: string
  lateBy: string
  assignedBy: string
  changedBy: string
  statusBefore: string
  statusNow: string
  overdueSince: string
  assignees: string
  invitedBy: string
  role: string
  expires: string
  openTask: string
  openWorkspace: string
  assignedReason: string
  bulkReason: string
  statusReason: string
  mentionedReason: string
  commentedReason: string
  reminderIntro: string
  reminderReason: string
  dueSoonIntro: string
  dueIntro: string
  overdueIntro: string
  dueReason: string
  escalatedIntro: string
  escalatedReason: string
  severalIntro: string
  severalReason: string
  unread: string
  digestReason: string
  openCount: string
  overdueCount: string
  weeklyReason: string
  webhookIntro: string
  webhookAddress: string
  failingSince: string
  webhookAction: string
  webhookReason: string
  welcomeSubject: string
  welcomeIntro: string
  welcomeAction: string
  welcomeReason: string
  farewellSubject: string
  farewellIntro: string
  farewellReason: string
  mfaAt: string
  mfaCodesLeft: string
  /** Says also what to do if it was somebody else. */
  mfaReason: string
  invitedAction: string
  invitedReason: string
  /** Leads to where mails like this one are switched off. */
  unsubscribe: string
  unsubscribeTitle: string
  topics: Record<MailTopic, string>
  statuses: Record<Status, string>
  roles: Record<Role, string>
  mfa: Record<MfaChange, { readonly subject: string; readonly intro: string }>
}

/** Everything our mails say, in one language, as it is written: ICU MessageFormat. */
export type Messages = Readonly<Texts> & {
  readonly [K in keyof Arguments]: Template<Arguments[K]>
}

/** The same, compiled. */
export type Catalogue = Readonly<Texts> & { readonly [K in keyof Arguments]: Message } & {
  readonly language: Language
}
