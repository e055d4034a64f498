import type { Role } from '../../api/actions.ts'
import type { MfaChange } from '../../api/schemas/notice.ts'
import type { Template } from '../template.ts'

/** Sentences with values, and the placeholders each must contain. */
export interface Placeholders {
  greeting: 'name'
  /** One fact on a line of the text part. */
  fact: 'label' | 'value'
  assignedSubject: 'actor' | 'key' | 'title'
  assignedIntro: 'actor'
  /** `count` stands alone: the number of tasks may be one. */
  bulkSubject: 'actor' | 'count'
  bulkIntro: 'actor'
  reminderSubject: 'key' | 'title'
  lateSubject: 'key' | 'title'
  /** `duration` stands alone, as the subject of no verb: languages with cases get it in the nominative. */
  lateNotice: 'time' | 'duration'
  invitedSubject: 'actor' | 'workspace'
  invitedIntro: 'actor' | 'workspace'
}

/** Texts that stand as they are. */
interface Texts {
  /** Greeting of a person whose name shows nothing. */
  plainGreeting: string
  somebody: string
  unnamed: string
  task: string
  project: string
  workspace: string
  due: string
  remindAt: string
  lateBy: string
  assignedBy: string
  invitedBy: string
  role: string
  expires: string
  openTask: string
  assignedReason: string
  taskCount: string
  bulkAction: string
  bulkReason: string
  reminderIntro: string
  reminderReason: string
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
}

/** Everything our mails say, in one language. */
export type Messages = Readonly<Texts> & {
  readonly [K in keyof Placeholders]: Template<Placeholders[K]>
} & {
  readonly roles: Readonly<Record<Role, string>>
  readonly mfa: Readonly<Record<MfaChange, { readonly subject: string; readonly intro: string }>>
}
