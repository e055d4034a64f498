import type { MailNotice, Recipient } from '../../mail/notice.ts'

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
