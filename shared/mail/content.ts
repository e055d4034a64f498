import { formatDue, formatDuration, formatInstant } from './dates.ts'
import { noticeUrl } from './links.ts'
import type { Messages } from './messages/messages.ts'
import type {
  AssignedNotice,
  BulkNotice,
  InvitedNotice,
  MailNotice,
  MfaNotice,
  Recipient,
  ReminderNotice,
  TaskOfNotice,
} from './notice.ts'
import { shorten, singleLine, withoutAddresses } from './plainText.ts'
import { messages, say } from './say.ts'
import type { Line } from './template.ts'

export interface Fact {
  readonly label: string
  readonly value: string
}

/** What a mail says, before it becomes HTML or text. Values are single lines but not escaped. */
export interface MailContent {
  readonly subject: Line
  /** Stands out above everything else. */
  readonly alert?: Line
  readonly greeting: Line
  readonly intro: Line
  readonly facts: readonly Fact[]
  readonly action: { readonly label: string; readonly url: string }
  /** Why the recipient gets this mail. */
  readonly reason: string
}

type Reader = Pick<Recipient, 'name' | 'language' | 'zone'>
/** What the kinds differ in. */
type Body = Omit<MailContent, 'greeting' | 'action'> & { readonly action: string }

const subjectTitleLimit = 80
const subjectNameLimit = 40
const invitationNameLimit = 80

/** What `notice` says to `reader`. @throws {RangeError} when an instant or a zone does not exist */
export function noticeContent(notice: MailNotice, reader: Reader, publicUrl: string): MailContent {
  const words = messages[reader.language]
  const body = bodyOf(notice, words, reader)
  const name = singleLine(reader.name)
  return {
    ...body,
    greeting: name ? say(words, 'greeting', { name }) : [words.plainGreeting],
    action: { label: body.action, url: noticeUrl(notice, publicUrl) },
  }
}

function bodyOf(notice: MailNotice, words: Messages, reader: Reader): Body {
  switch (notice.kind) {
    case 'welcome':
      return welcome(words)
    case 'farewell':
      return farewell(words)
    case 'mfa':
      return mfaChanged(notice, words, reader)
    case 'assigned':
      return assigned(notice, words, reader)
    case 'bulk':
      return bulk(notice, words, reader)
    case 'reminder':
      return reminder(notice, words, reader)
    case 'invited':
      return invited(notice, words, reader)
    default:
      throw new RangeError(`No template for ${notice.kind}`)
  }
}

const welcome = (words: Messages): Body => ({
  subject: [words.welcomeSubject],
  intro: [words.welcomeIntro],
  facts: [],
  action: words.welcomeAction,
  reason: words.welcomeReason,
})

const farewell = (words: Messages): Body => ({
  subject: [words.farewellSubject],
  intro: [words.farewellIntro],
  facts: [],
  action: words.welcomeAction,
  reason: words.farewellReason,
})

function mfaChanged({ change, at, codesLeft }: MfaNotice, words: Messages, reader: Reader): Body {
  const { subject, intro } = words.mfa[change]
  const left = { label: words.mfaCodesLeft, value: new Intl.NumberFormat(reader.language).format(codesLeft) }
  return {
    subject: [subject],
    intro: [intro],
    facts: [
      { label: words.mfaAt, value: formatInstant(at, reader.language, reader.zone) },
      ...(change === 'disabled' ? [] : [left]),
    ],
    action: words.welcomeAction,
    reason: words.mfaReason,
  }
}

function assigned(notice: AssignedNotice, words: Messages, reader: Reader): Body {
  const actor = singleLine(notice.by) || words.somebody
  return {
    subject: say(words, 'assignedSubject', {
      ...taskInSubject(notice.task),
      actor: shorten(actor, subjectNameLimit),
    }),
    intro: say(words, 'assignedIntro', { actor }),
    facts: [...taskFacts(notice.task, words, reader), { label: words.assignedBy, value: actor }],
    action: words.openTask,
    reason: words.assignedReason,
  }
}

function bulk(notice: BulkNotice, words: Messages, reader: Reader): Body {
  const actor = singleLine(notice.by) || words.somebody
  const count = new Intl.NumberFormat(reader.language).format(notice.count)
  return {
    subject: say(words, 'bulkSubject', { actor: shorten(actor, subjectNameLimit), count }),
    intro: say(words, 'bulkIntro', { actor }),
    facts: [
      { label: words.taskCount, value: count },
      { label: words.workspace, value: singleLine(notice.workspaceName) || words.unnamed },
      { label: words.assignedBy, value: actor },
    ],
    action: words.bulkAction,
    reason: words.bulkReason,
  }
}

function reminder(notice: ReminderNotice, words: Messages, reader: Reader): Body {
  const time = formatInstant(notice.remindAt, reader.language, reader.zone)
  const duration = formatDuration(Date.parse(notice.sentAt) - Date.parse(notice.remindAt), reader.language)
  const late = notice.late && {
    alert: say(words, 'lateNotice', { time, duration }),
    facts: [{ label: words.lateBy, value: duration }],
  }
  return {
    subject: say(words, late ? 'lateSubject' : 'reminderSubject', taskInSubject(notice.task)),
    ...(late && { alert: late.alert }),
    intro: [words.reminderIntro],
    facts: [
      ...taskFacts(notice.task, words, reader),
      { label: words.remindAt, value: time },
      ...(late ? late.facts : []),
    ],
    action: words.openTask,
    reason: words.reminderReason,
  }
}

function invited(notice: InvitedNotice, words: Messages, reader: Reader): Body {
  const actor = strangersWords(notice.by) || words.somebody
  const workspace = strangersWords(notice.workspaceName) || words.unnamed
  return {
    subject: say(words, 'invitedSubject', {
      actor: shorten(actor, subjectNameLimit),
      workspace: shorten(workspace, subjectNameLimit),
    }),
    intro: say(words, 'invitedIntro', { actor, workspace }),
    facts: [
      { label: words.workspace, value: workspace },
      { label: words.invitedBy, value: actor },
      { label: words.role, value: words.roles[notice.role] },
      { label: words.expires, value: formatInstant(notice.expiresAt, reader.language, reader.zone) },
    ],
    action: words.invitedAction,
    reason: words.invitedReason,
  }
}

const strangersWords = (text: string): string =>
  withoutAddresses(shorten(singleLine(text), invitationNameLimit))

const titleOf = (task: TaskOfNotice): string => singleLine(task.title) || task.key

const taskInSubject = (task: TaskOfNotice) => ({
  key: task.key,
  title: shorten(titleOf(task), subjectTitleLimit),
})

const taskFacts = (task: TaskOfNotice, words: Messages, reader: Reader): readonly Fact[] => [
  { label: words.task, value: `${task.key} ${titleOf(task)}` },
  { label: words.project, value: singleLine(task.projectName) || words.unnamed },
  { label: words.workspace, value: singleLine(task.workspaceName) || words.unnamed },
  ...(task.due ? [{ label: words.due, value: formatDue(task.due, reader.language, reader.zone) }] : []),
]
