import type { MailNotice, Recipient } from '../../mail/notice.ts'
import { secondsAfter } from '../time/secondsAfter.ts'
import { type Ledger, type LedgerRow, type MailMove, withMail } from './ledger.ts'
import { type Mailer, Undeliverable, Withheld } from './mailer.ts'

/** How long an attempt holds a mail; shorter than the queue's visibility timeout, longer than the function may run. */
const claimSeconds = 60

export const claimUntil = (now: string): string => secondsAfter(now, claimSeconds)

/** Hands a mail to the mail service, and says what became of it. Throws when another attempt may succeed. */
export const deliver = async (notice: MailNotice, recipient: Recipient, mailer: Mailer) => {
  try {
    return { state: 'sent', why: null, messageId: await mailer.send(notice, recipient) } as const
  } catch (error) {
    if (error instanceof Withheld)
      return { state: 'suppressed', why: error.message, messageId: null } as const
    if (!(error instanceof Undeliverable)) throw error
    return { state: 'failed', why: 'refused by the mail service', messageId: null } as const
  }
}

interface SettleWorld {
  readonly ledger: Ledger
  readonly now: () => string
}

/**
 * Writes what became of a mail, over whatever the person has done with the entry of the inbox meanwhile; nothing once
 * the mail is in another state than `isStill` says.
 */
export const settle = async (
  row: LedgerRow,
  move: MailMove,
  isStill: (present: LedgerRow) => boolean,
  { ledger, now }: SettleWorld,
): Promise<void> => {
  for (let seen = row; ; ) {
    const result = await ledger.write(withMail(seen, move, now()))
    if (result.won || result.present === undefined || !isStill(result.present)) return
    seen = result.present
  }
}
