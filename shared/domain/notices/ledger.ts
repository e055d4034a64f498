import type { NoticeKind, NoticeMessage } from '../../api/schemas/notice.ts'
import type { Written } from '../ports.ts'
import { noticeIdOf } from './identity.ts'

type MailState = 'scheduled' | 'claimed' | 'sent' | 'failed' | 'suppressed'

/** What became of the mail of a notice. */
interface MailChannel {
  readonly state: MailState
  /** Why it waits, failed or was suppressed. */
  readonly why: string | null
  /** Since when. */
  readonly at: string
  /** When it is to leave, while it is scheduled. */
  readonly dueAt: string | null
  readonly attempts: number
  /** The attempt that holds it; another may take over after `claimedUntil`. */
  readonly claim: string | null
  readonly claimedUntil: string | null
  /** The mail service's id. */
  readonly messageId: string | null
}

interface InboxChannel {
  readonly state: 'delivered' | 'suppressed'
  readonly why: string | null
  readonly at: string
}

/** What happened to a notice, when, and why. */
export interface StoryLine {
  readonly at: string
  readonly channel: 'inbox' | 'mail'
  /** The last two: the mail came back, or was reported as spam, after it had been sent. */
  readonly state: InboxChannel['state'] | MailState | 'bounced' | 'complained'
  readonly why: string | null
}

/** One notice to one person: what became of it on each channel, and its entry in the inbox. */
export interface LedgerRow {
  readonly id: string
  readonly kind: NoticeKind
  readonly workspaceId: string | null
  readonly userId: string | null
  /** What it tells. Facts to show are read when it is shown. */
  readonly message: NoticeMessage
  readonly inbox: InboxChannel
  readonly mail: MailChannel
  /** Oldest first, the latest of them. */
  readonly story: readonly StoryLine[]
  readonly readAt: string | null
  /** Out of the inbox until then. */
  readonly snoozedUntil: string | null
  readonly archivedAt: string | null
  readonly createdAt: string
  readonly updatedAt: string
  /** Counts every write, by whomever. */
  readonly version: number
}

export interface Ledger {
  row(owner: Pick<LedgerRow, 'id' | 'workspaceId' | 'userId'>): Promise<LedgerRow | undefined>
  /** Writes the first version of a row where there is none, any other over the one before. */
  write(row: LedgerRow): Promise<Written<LedgerRow>>
}

interface InboxRequest {
  readonly workspaceId: string
  readonly userId: string
  readonly limit: number
  /** Only notices of before this one, or of before an instant (RFC 3339). */
  readonly before?: string | undefined
  readonly until?: string | undefined
  /** Lets rows through, out of so many that are read. */
  readonly where: (row: LedgerRow) => boolean
  readonly read: number
}

/** Notices of one person in one workspace. */
export interface Inbox extends Ledger {
  /** Newest first; `reached` is the id behind which the next page goes on, if there may be one. */
  page(
    request: InboxRequest,
  ): Promise<{ readonly rows: readonly LedgerRow[]; readonly reached: string | undefined }>
}

/** What the pipeline asks of the queue. Sends all or throws. */
export interface NoticeQueue {
  send(messages: readonly NoticeMessage[]): Promise<void>
}

/** How long rows are kept. */
export const keptDays = 90
const mostLines = 20

const withLine = (story: readonly StoryLine[], line: StoryLine): StoryLine[] => [
  ...story.slice(1 - mostLines),
  line,
]

/** Whose row a message has, and which. */
export const ownerOf = (message: NoticeMessage): Pick<LedgerRow, 'id' | 'workspaceId' | 'userId'> => ({
  id: noticeIdOf(message),
  workspaceId: 'workspaceId' in message ? message.workspaceId : null,
  userId: 'userId' in message ? message.userId : null,
})

/**
 * A notice that is new.
 * @param withheld why it does not stand in the inbox; `null` when it does
 */
export const newRow = (message: NoticeMessage, withheld: string | null, now: string): LedgerRow => {
  const state = withheld === null ? 'delivered' : 'suppressed'
  return {
    ...ownerOf(message),
    kind: message.kind,
    message,
    inbox: { state, why: withheld, at: now },
    mail: {
      ...{ state: 'scheduled', why: null, at: now, dueAt: now },
      ...{ attempts: 0, claim: null, claimedUntil: null, messageId: null },
    },
    story: [{ at: now, channel: 'inbox', state, why: withheld }],
    ...{ readAt: null, snoozedUntil: null, archivedAt: null },
    ...{ createdAt: now, updatedAt: now, version: 0 },
  }
}

/** The row with something that became of it outside. */
export const withStory = (row: LedgerRow, line: StoryLine): LedgerRow => ({
  ...row,
  story: withLine(row.story, line),
  version: row.version + 1,
})

export type MailMove = Pick<MailChannel, 'state'> & Partial<Omit<MailChannel, 'at'>>

/** The row after its mail has moved on; what is not said ends with the state before, but for the count of attempts. */
export const withMail = (row: LedgerRow, move: MailMove, now: string): LedgerRow => {
  const { attempts, claim } = row.mail
  const ended = { why: null, dueAt: null, claimedUntil: null, messageId: null }
  const mail = { attempts, claim, ...ended, ...move, at: now }
  const line = { at: now, channel: 'mail', state: mail.state, why: mail.why } as const
  return { ...row, mail, story: withLine(row.story, line), updatedAt: now, version: row.version + 1 }
}

export const isSettled = ({ mail }: LedgerRow): boolean =>
  mail.state === 'sent' || mail.state === 'failed' || mail.state === 'suppressed'

/** Whether another attempt is under way. */
export const isHeld = ({ mail }: LedgerRow, now: string): boolean =>
  mail.state === 'claimed' && mail.claimedUntil !== null && mail.claimedUntil > now

/** Whether the person has dealt with its entry in the inbox, and needs no mail for it. */
export const isSeen = ({ readAt, archivedAt }: LedgerRow): boolean => readAt !== null || archivedAt !== null
