import { type Mailer, Withheld } from '../notices/mailer.ts'
import { holds, type SuppressionCause, type Suppressions } from './suppression.ts'

const reasons: Readonly<Record<SuppressionCause, string>> = {
  bounced: 'mails to this address come back',
  complained: 'a mail was reported as spam at this address',
}

/** Sends as `mailer` does, but nothing to an address that is suppressed: then it throws `Withheld`. */
export const heeding = (mailer: Mailer, suppressions: Pick<Suppressions, 'suppression'>): Mailer => ({
  send: async (notice, recipient) => {
    const suppression = await suppressions.suppression(recipient.address)
    if (holds(suppression)) throw new Withheld(reasons[suppression.cause])
    return mailer.send(notice, recipient)
  },
})
