import type { Role } from '../api/actions.ts'
import type { Language } from '../api/languages.ts'
import type { MfaChange } from '../api/schemas/notice.ts'
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

/** What one mail is about: all facts it states, none looked up while rendering. */
export type MailNotice =
  | WelcomeNotice
  | FarewellNotice
  | MfaNotice
  | AssignedNotice
  | BulkNotice
  | ReminderNotice
  | InvitedNotice

export interface Recipient {
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
