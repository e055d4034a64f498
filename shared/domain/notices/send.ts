import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { MailNotice, Recipient } from '../../mail/notice.ts'
import type { Written } from '../ports.ts'
import type { Facts, Verdict } from './facts.ts'
import { noticeIdOf } from './identity.ts'
import type { LedgerRow } from './ledger.ts'
import { verdictOn } from './verdict.ts'

export interface Ledger {
  row(owner: Pick<LedgerRow, 'id' | 'workspaceId' | 'userId'>): Promise<LedgerRow | undefined>
  /** Writes a row where there is none, or over the one that was seen and nobody has claimed since. */
  write(row: LedgerRow, seen: LedgerRow | undefined): Promise<Written<LedgerRow>>
}

export interface Mailer {
  /** Sends one mail; answers the service's id for it. Throws `Undeliverable` when no attempt can succeed. */
  send(notice: MailNotice, recipient: Recipient): Promise<string>
}

/** The service refuses this very mail for good. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable'
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

/** How long an attempt holds a notice; shorter than the queue's visibility timeout, longer than the function may run. */
const claimMs = 60_000

const isSettled = (row: LedgerRow | undefined): boolean => row !== undefined && row.state !== 'claimed'

const rowFor = (
  message: NoticeMessage,
  seen: LedgerRow | undefined,
  now: string,
  claim: string,
): LedgerRow => ({
  id: noticeIdOf(message),
  kind: message.kind,
  workspaceId: 'workspaceId' in message ? message.workspaceId : null,
  userId: 'userId' in message ? message.userId : null,
  state: 'claimed',
  reason: null,
  attempts: (seen?.attempts ?? 0) + 1,
  claim,
  claimedUntil: new Date(Date.parse(now) + claimMs).toISOString(),
  updatedAt: now,
  sentAt: null,
  messageId: null,
})

const deliver = async (
  row: LedgerRow,
  verdict: Extract<Verdict, { send: true }>,
  world: SendWorld,
): Promise<LedgerRow> => {
  try {
    const messageId = await world.mailer.send(verdict.notice, verdict.recipient)
    // From here to the write of the row lies the one window in which a crash can send a mail twice.
    const now = world.now()
    return { ...row, state: 'sent', messageId, sentAt: now, updatedAt: now }
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error
    return { ...row, state: 'failed', reason: 'refused by the mail service', updatedAt: world.now() }
  }
}

/**
 * Sends the mail of one notice, once: claim the ledger row, look again whether the person should be told, send,
 * settle the row. Returns `false` while another attempt holds the notice: to be tried again later.
 */
export const sendNotice = async (message: NoticeMessage, world: SendWorld): Promise<boolean> => {
  const now = world.now()
  const fresh = rowFor(message, undefined, now, world.newClaim())
  const [seen, verdict] = await Promise.all([world.ledger.row(fresh), verdictOn(message, world.facts, now)])
  if (isSettled(seen)) return true
  if (seen !== undefined && seen.claimedUntil > now) return false
  const row = rowFor(message, seen, now, fresh.claim)
  if (!verdict.send) {
    const settled = await world.ledger.write({ ...row, state: 'suppressed', reason: verdict.why }, seen)
    return settled.won
  }
  const claimed = await world.ledger.write(row, seen)
  // Our own claim in the way: the answer to the first attempt of the client got lost.
  if (!claimed.won && claimed.present?.claim !== row.claim) return false
  await world.ledger.write(await deliver(row, verdict, world), row)
  return true
}
