import type { Role } from '../api/actions.ts'
import type { Language } from '../api/languages.ts'
import type { MfaChange } from '../api/schemas/notice.ts'
import type { Status } from '../api/schemas/task.ts'
import type { ZonedMoment } from '../api/schemas/time.ts'

export interface TaskOfNotice {
  readonly id: string
  /** What people call it: `OPS-42`. */
  readonly key: string
  readonly title: string
  readonly workspaceId: string
  readonly workspaceName: string
  readonly projectName: string
  readonly due?: ZonedMoment
}

/** `id` is the ledger row of the notice, the same however often the notice is delivered. */
interface WelcomeNotice {
  readonly kind: 'welcome'
  readonly id: string
}

/** The last one: the account is gone. */
interface FarewellNotice {
  readonly kind: 'farewell'
  readonly id: string
}

/** The second factor of the recipient changed, by whomever. */
export interface MfaNotice {
  readonly kind: 'mfa'
  readonly id: string
  readonly change: MfaChange
  /** Instant of the change, ISO 8601. */
  readonly at: string
  /** Recovery codes that can still be used. */
  readonly codesLeft: number
}

export interface AssignedNotice {
  readonly kind: 'assigned'
  readonly id: string
  readonly task: TaskOfNotice
  /** Name of the person who assigned it. */
  readonly by: string
}

/** Several tasks assigned at once. */
export interface BulkNotice {
  readonly kind: 'bulk'
  readonly id: string
  readonly workspaceId: string
  readonly workspaceName: string
  /** Name of the person who assigned them. */
  readonly by: string
  readonly count: number
}

export interface ReminderNotice {
  readonly kind: 'reminder'
  readonly id: string
  readonly task: TaskOfNotice
  /** Instant the reminder was set for and instant of sending, ISO 8601 with `Z` or an offset. */
  readonly remindAt: string
  readonly sentAt: string
  /** Marked as late, with the time from `remindAt` to `sentAt`. */
  readonly late: boolean
}

export interface InvitedNotice {
  readonly kind: 'invited'
  readonly id: string
  readonly invitationId: string
  readonly workspaceId: string
  readonly workspaceName: string
  /** Name of the person who invites. */
  readonly by: string
  readonly role: Role
  /** Instant after which the invitation is void, ISO 8601. */
  readonly expiresAt: string
}

/** The status of a task is another one. */
export interface StatusNotice {
  readonly kind: 'status'
  readonly id: string
  readonly task: TaskOfNotice
  /** Name of the person who changed it. */
  readonly by: string
  readonly from: Status
  readonly to: Status
}

/** A comment mentions the recipient, or was written to a task that the recipient follows. */
export interface CommentNotice {
  readonly kind: 'mentioned' | 'commented'
  readonly id: string
  readonly task: TaskOfNotice
  readonly commentId: string
  /** Name of the person who wrote it. */
  readonly by: string
  /** What was written, as plain text, cut off after 1,000 characters. */
  readonly text: string
}

/** Something about the due date. */
export interface DueNotice {
  readonly kind: 'dueSoon' | 'due' | 'overdue'
  readonly id: string
  readonly task: TaskOfNotice
  /** Instant this was to be told, and instant of sending, ISO 8601. */
  readonly at: string
  readonly sentAt: string
  /** Marked as late, with the time from `at` to `sentAt`. */
  readonly late: boolean
}

/** A task has been overdue for as long as its project puts up with. */
export interface EscalatedNotice {
  readonly kind: 'escalated'
  readonly id: string
  readonly task: TaskOfNotice
  /** Instant since which the task is overdue, ISO 8601. */
  readonly overdueSince: string
  /** Names of those whose task it is; none when it is nobody's. */
  readonly assignees: readonly string[]
}

/** What a list in a mail shows of a task. */
export type ListedTask = Pick<TaskOfNotice, 'id' | 'key' | 'title' | 'due'>

/** What the day brings, by the clock of the person. At least one of the lists has something. */
export interface DigestNotice {
  readonly kind: 'digest'
  readonly id: string
  readonly workspaceId: string
  readonly workspaceName: string
  /** The day, `2026-11-21`. */
  readonly date: string
  /** At most 20 tasks each; `…Count` says how many there are. */
  readonly overdue: readonly ListedTask[]
  readonly overdueCount: number
  readonly dueToday: readonly ListedTask[]
  readonly dueTodayCount: number
  /** Notices in the inbox that have not been read. */
  readonly unreadCount: number
}

/** What a week was, for one person. */
export interface WeeklyNotice {
  readonly kind: 'weekly'
  readonly id: string
  readonly workspaceId: string
  readonly workspaceName: string
  /** First and last day of the week, `2026-11-16` and `2026-11-22`. */
  readonly from: string
  readonly to: string
  /** Tasks of the person that were completed in these days, and those that are open now. */
  readonly completed: readonly ListedTask[]
  readonly completedCount: number
  readonly openCount: number
  readonly overdueCount: number
  /** What is due in the seven days after; at most 20. */
  readonly next: readonly ListedTask[]
  readonly nextCount: number
}

/** Several notices that the person chose to get together. */
export interface SeveralNotice {
  readonly kind: 'several'
  readonly id: string
  readonly workspaceId: string
  readonly workspaceName: string
  /** At most 50, oldest first; `count` says how many there are. */
  readonly notices: readonly (TaskNotice | BulkNotice)[]
  readonly count: number
}

/** A webhook was switched off after days of failure. */
export interface WebhookDisabledNotice {
  readonly kind: 'webhookDisabled'
  readonly id: string
  readonly workspaceId: string
  readonly workspaceName: string
  readonly webhookId: string
  /** Where it delivered to, without path and query: they may hold secrets. */
  readonly origin: string
  /** Since when every delivery has failed, ISO 8601. */
  readonly failingSince: string
}

/** Notices about one task. */
export type TaskNotice =
  | AssignedNotice
  | StatusNotice
  | CommentNotice
  | ReminderNotice
  | DueNotice
  | EscalatedNotice

/** What one mail is about: all facts it states, none looked up while rendering. */
export type MailNotice =
  | WelcomeNotice
  | FarewellNotice
  | MfaNotice
  | TaskNotice
  | BulkNotice
  | InvitedNotice
  | DigestNotice
  | WeeklyNotice
  | SeveralNotice
  | WebhookDisabledNotice

export interface Recipient {
  /** Absent for an address that has no account. */
  readonly userId?: string
  readonly address: string
  readonly name: string
  readonly language: Language
  /** IANA zone in which instants are shown. */
  readonly zone: string
}

export interface MailSettings {
  /** Origin without a trailing slash; every link begins with it. */
  readonly publicUrl: string
  /** Address mails are sent from. */
  readonly sender: string
  /** The deployment's key, which seals the links that stop mails. */
  readonly unsubscribeKey: string
}

export interface Mailbox {
  readonly name: string
  readonly address: string
}

export interface RenderedMail {
  readonly from: Mailbox
  readonly to: Mailbox
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}
