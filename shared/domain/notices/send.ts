import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { MailNotice, Recipient } from '../../mail/notice.ts'
import type { Facts, Verdict } from './facts.ts'
import { noticeIdOf } from './identity.ts'
import { isHeld, isSettled, type Ledger, type LedgerRow, newRow, withMail } from './ledger.ts'
import { type Plan, planFor } from './plan.ts'
import { effectiveOf } from './preferences.ts'
import { verdictOn } from './verdict.ts'

export interface Mailer {
  /** Sends one mail; answers the service's id for it. Throws `Undeliverable` or `Withheld` when no attempt can succeed. */
  send(notice: MailNotice, recipient: Recipient): Promise<string>
}

/** The service refuses this very mail for good. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable'
}

/** Nobody wants mails at this address any more; the message says why. */
export class Withheld extends Error {
  override readonly name = 'Withheld'
}

export interface SendWorld {
  readonly facts: Facts
  readonly ledger: Ledger
  readonly mailer: Mailer
  /** RFC 3339. */
  readonly now: () => string
  /** Names one attempt. */
  readonly newClaim: () => string
}

type Told = Extract<Verdict, { send: true }>

/** How long an attempt holds a mail; shorter than the queue's visibility timeout, longer than the function may run. */
const claimMs = 60_000

const claimed = (row: LedgerRow, claim: string, now: string): LedgerRow =>
  withMail(
    row,
    {
      state: 'claimed',
      attempts: row.mail.attempts + 1,
      claim,
      claimedUntil: new Date(Date.parse(now) + claimMs).toISOString(),
    },
    now,
  )

const deliver = async (row: LedgerRow, verdict: Told, world: SendWorld): Promise<LedgerRow> => {
  try {
    const messageId = await world.mailer.send(verdict.notice, verdict.recipient)
    // From here to the write of the row lies the one window in which a crash can send a mail twice.
    return withMail(row, { state: 'sent', messageId }, world.now())
  } catch (error) {
    if (error instanceof Withheld)
      return withMail(row, { state: 'suppressed', why: error.message }, world.now())
    if (!(error instanceof Undeliverable)) throw error
    return withMail(row, { state: 'failed', why: 'refused by the mail service' }, world.now())
  }
}

/** Writes what became of a mail, over whatever the person has done with the entry of the inbox meanwhile. */
const settle = async (outcome: LedgerRow, claimed: LedgerRow, ledger: Ledger): Promise<void> => {
  const { mail, story, updatedAt } = outcome
  for (let seen = claimed; ; ) {
    const next = { ...seen, mail, story, updatedAt, version: seen.version + 1 }
    const result = await ledger.write(next)
    if (result.won || result.present === undefined) return
    const { present } = result
    // Settled already, by the first attempt of the client, of which the answer got lost.
    if (present.mail.state !== 'claimed' || present.mail.claim !== claimed.mail.claim) return
    seen = present
  }
}

interface Case {
  readonly row: LedgerRow
  readonly now: string
}

const suppress = async ({ row, now }: Case, why: string, { ledger }: SendWorld): Promise<boolean> => {
  const { won } = await ledger.write(withMail(row, { state: 'suppressed', why }, now))
  return won
}

/** Claims the mail, sends it, settles the row. */
const sendNow = async ({ row, now }: Case, verdict: Told, world: SendWorld): Promise<boolean> => {
  const mine = claimed(row, world.newClaim(), now)
  const written = await world.ledger.write(mine)
  // Our own claim in the way: the answer to the first attempt of the client got lost.
  if (!written.won && written.present?.mail.claim !== mine.mail.claim) return false
  await settle(await deliver(mine, verdict, world), mine, world.ledger)
  return true
}

/** All that a notice depends on, read in one turn. */
const gather = async (message: NoticeMessage, { facts, ledger }: SendWorld, now: string) => {
  const workspaceId = 'workspaceId' in message ? message.workspaceId : null
  const userId = 'userId' in message ? message.userId : null
  const isOfMember = workspaceId !== null && userId !== null
  const [seen, verdict, preferences, task] = await Promise.all([
    ledger.row({ id: noticeIdOf(message), workspaceId, userId }),
    verdictOn(message, facts, now),
    isOfMember ? facts.preferences.preferences(workspaceId, userId) : undefined,
    'taskId' in message ? facts.tasks.task(message.workspaceId, message.taskId) : undefined,
  ])
  return { seen, verdict, preferences: effectiveOf(preferences?.own), task }
}

/**
 * Tells one person one thing, once: looks again whether they should be told, puts it into the inbox, sends the mail,
 * each as they prefer, and keeps account of it in the one row of the notice. Returns `false` while another attempt
 * holds it: to be tried again later.
 */
export const sendNotice = async (message: NoticeMessage, world: SendWorld): Promise<boolean> => {
  const now = world.now()
  const { seen, verdict, preferences, task } = await gather(message, world, now)
  if (seen !== undefined && isSettled(seen)) return true
  if (seen !== undefined && isHeld(seen, now)) return false
  if (!verdict.send) {
    const row = seen ?? newRow(message, verdict.why, now)
    return suppress({ row, now }, verdict.why, world)
  }
  if (seen?.readAt) return suppress({ row: seen, now }, 'read in the inbox', world)
  const { zone } = verdict.recipient
  const { withheld, mail }: Plan = planFor({ kind: message.kind, task, preferences, zone, now })
  const one = { row: seen ?? newRow(message, withheld, now), now }
  if (mail.when === 'never') return suppress(one, mail.why, world)
  return sendNow(one, verdict, world)
}
