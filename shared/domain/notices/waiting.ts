import type { WaitingMessage } from '../../api/schemas/notice.ts'
import type { DuePage } from '../pipeline/duePages.ts'
import type { Written } from '../ports.ts'

/** Takes more notices; an attempt holds it; the mail service has answered; all its notices know. */
export const stages = { open: 0, claimed: 1, answered: 2, done: 3 } as const
type Stage = (typeof stages)[keyof typeof stages]

/** What the mail service answered, and which notices were in the mail. */
export interface Answered {
  readonly state: 'sent' | 'failed' | 'suppressed'
  readonly why: string | null
  readonly messageId: string | null
  readonly noticeIds: readonly string[]
}

/** Notices of one person in one workspace that are mailed together at an instant. */
export interface WaitingMail {
  readonly workspaceId: string
  readonly userId: string
  readonly at: string
  readonly noticeIds: readonly string[]
  readonly stage: Stage
  /** The attempt that holds it; another may take over after `claimedUntil`. */
  readonly claim?: string
  readonly claimedUntil?: string
  readonly answered?: Answered
  /** Counts every write. */
  readonly version: number
}

type WaitingPlace = Pick<WaitingMail, 'workspaceId' | 'userId' | 'at'>

export interface WaitingMails {
  mail(place: WaitingPlace): Promise<WaitingMail | undefined>
  /** Adds a notice to the mail of a time, which comes about by that; loses to a claim, and where it is full. */
  add(place: WaitingPlace, noticeId: string): Promise<Written<WaitingMail>>
  /** Loses to any write since the version before. */
  write(next: WaitingMail): Promise<Written<WaitingMail>>
}

export interface WaitingIndex {
  readonly shards: readonly string[]
  /** What leaves at or before an instant and was not handed on, earliest first; a page of it, behind `after`. */
  due(shard: string, now: string, after?: string): Promise<DuePage<WaitingMail>>
  /** Takes one out of the index; not when a notice has come to it since. */
  handedOn(mail: WaitingMail): Promise<void>
}

/** Sends all or throws. */
export interface WaitingQueue {
  send(messages: readonly WaitingMessage[]): Promise<void>
}
