import type { MailNotice, Recipient } from '../../mail/notice.ts'

export interface Mailer {
  /** Sends one mail; answers the service's id for it. Throws `Undeliverable` when no attempt can succeed. */
  send(notice: MailNotice, recipient: Recipient): Promise<string>
}

/** The service refuses this very mail for good. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable'
}
