import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { Facts, Verdict } from './facts.ts'
import {
  isHeld,
  isSeen,
  isSettled,
  type Ledger,
  type LedgerRow,
  newRow,
  ownerOf,
  withMail,
} from './ledger.ts'
import type { Mailer } from './mailer.ts'
import { type MailPlan, type Occasion, planFor } from './plan.ts'
import { effectiveOf } from './preferences.ts'
import { claimUntil, deliver, settle } from './settle.ts'
import { verdictOn } from './verdict.ts'
import { stages, type WaitingMails } from './waiting.ts'

export interface SendWorld {
  readonly facts: Facts
  readonly ledger: Ledger
  readonly waiting: WaitingMails
  readonly mailer: Mailer
  /** RFC 3339. */
  readonly now: () => string
  /** Names one attempt. */
  readonly newClaim: () => string
}

type Told = Extract<Verdict, { send: true }>

/** All that a notice depends on, read in one turn. */
export const gather = async (message: NoticeMessage, facts: Facts, now: string) => {
  const ofMember = 'workspaceId' in message && 'userId' in message ? message : undefined
  const [verdict, preferences, task] = await Promise.all([
    verdictOn(message, facts, now),
    ofMember && facts.preferences.preferences(ofMember.workspaceId, ofMember.userId),
    'taskId' in message ? facts.tasks.task(message.workspaceId, message.taskId) : undefined,
  ])
  return { verdict, preferences: effectiveOf(preferences?.own), task }
}

/** A notice that somebody is to be told. */
export interface Telling {
  /** As it is to be written next: of one that is new nothing stands in the table yet. */
  readonly row: LedgerRow
  readonly verdict: Told
  readonly occasion: Occasion
}

const suppress = async (row: LedgerRow, why: string, { ledger, now }: SendWorld): Promise<boolean> => {
  const { won } = await ledger.write(withMail(row, { state: 'suppressed', why }, now()))
  return won
}

/** Claims the mail, sends it, settles the row. */
const sendNow = async ({ row, verdict }: Telling, world: SendWorld): Promise<boolean> => {
  const now = world.now()
  const [claim, attempts] = [world.newClaim(), row.mail.attempts + 1]
  const mine = withMail(row, { state: 'claimed', attempts, claim, claimedUntil: claimUntil(now) }, now)
  const written = await world.ledger.write(mine)
  const isMine = ({ mail }: LedgerRow) => mail.state === 'claimed' && mail.claim === claim
  // Our own claim in the way: the answer to the first attempt of the client got lost.
  if (!written.won && !(written.present && isMine(written.present))) return false
  const outcome = await deliver(verdict.notice, verdict.recipient, world.mailer)
  // From the service's answer to this write lies the one window in which a crash can send a mail twice.
  await settle(mine, outcome, isMine, world)
  return true
}

type Later = Extract<MailPlan, { when: 'later' }>

/** First the row, then the mail that it waits for: whatever is cut off in between is found waiting, and joins again. */
export const putOff = async (telling: Telling, { at, why }: Later, world: SendWorld): Promise<boolean> => {
  const row = withMail(telling.row, { state: 'scheduled', dueAt: at, why }, world.now())
  const { won } = await world.ledger.write(row)
  return won && joinMail({ ...telling, row }, at, world)
}

/** Puts a notice among those that leave at a time; where that mail takes no more, into the next one. */
const joinMail = async (telling: Telling, at: string, world: SendWorld): Promise<boolean> => {
  const { row, occasion } = telling
  const place = { workspaceId: String(row.workspaceId), userId: String(row.userId), at }
  const added = await world.waiting.add(place, row.id)
  if (added.won || added.present?.noticeIds.includes(row.id)) return true
  if (added.present?.stage === stages.open) {
    const next = new Date(Date.parse(at) + 1).toISOString()
    return putOff(telling, { when: 'later', at: next, why: String(row.mail.why) }, world)
  }
  const present = world.now()
  const { mail } = planFor({ ...occasion, now: present > at ? present : at })
  // The preferences may have changed since it was put off.
  if (mail.when === 'never') return suppress(row, mail.why, world)
  return mail.when === 'later' ? putOff(telling, mail, world) : sendNow(telling, world)
}

/**
 * Tells one person one thing, once: looks again whether they should be told, puts it into the inbox, sends the mail
 * or lets it wait, each as they prefer, and keeps account of it in the one row of the notice. Returns `false` while
 * another attempt holds it: to be tried again later.
 */
export const sendNotice = async (message: NoticeMessage, world: SendWorld): Promise<boolean> => {
  const now = world.now()
  const [seen, { verdict, preferences, task }] = await Promise.all([
    world.ledger.row(ownerOf(message)),
    gather(message, world.facts, now),
  ])
  if (seen !== undefined && isSettled(seen)) return true
  if (seen !== undefined && isHeld(seen, now)) return false
  if (!verdict.send) return suppress(seen ?? newRow(message, verdict.why, now), verdict.why, world)
  if (seen !== undefined && isSeen(seen)) return suppress(seen, 'read in the inbox', world)
  const occasion = { kind: message.kind, task, preferences, zone: verdict.recipient.zone, now }
  const { withheld, mail } = planFor(occasion)
  const telling = { row: seen ?? newRow(message, withheld, now), verdict, occasion }
  const dueAt = seen?.mail.state === 'scheduled' ? seen.mail.dueAt : null
  if (dueAt !== null) return joinMail(telling, dueAt, world)
  if (mail.when === 'never') return suppress(telling.row, mail.why, world)
  return mail.when === 'now' ? sendNow(telling, world) : putOff(telling, mail, world)
}
