import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { deal, type Later, look, type NoticeWorld, putOffOr, type Telling } from './deal.ts'
import { isHeld, isSettled, type LedgerRow, withMail } from './ledger.ts'
import type { Mailer } from './mailer.ts'
import { claimUntil, deliver, settle } from './settle.ts'

export interface SendWorld extends NoticeWorld {
  readonly mailer: Mailer
  /** Names one attempt. */
  readonly newClaim: () => string
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

/** The same for the worker of mails, which sends it if its time has come meanwhile. */
export const putOff = (telling: Telling, later: Later, world: SendWorld): Promise<boolean> =>
  putOffOr((present) => sendNow(present, world), world)(telling, later)

/**
 * Sends the mail of a notice, once: looks again whether it should be sent, claims it, sends it or lets it wait, and
 * settles the row; makes the row where there is none yet. Returns `false` while another attempt holds it: to be tried
 * again later.
 */
export const sendNotice = async (message: NoticeMessage, world: SendWorld): Promise<boolean> => {
  const known = await look(message, world)
  const { seen, now } = known
  if (seen !== undefined && isSettled(seen)) return true
  if (seen !== undefined && isHeld(seen, now)) return false
  return deal(known, (telling) => sendNow(telling, world), world)
}
