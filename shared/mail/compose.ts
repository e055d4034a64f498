import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Mailbox, RenderedMail } from './notice.ts'

/** One address and nothing that could begin a second one or another header (RFC 5321, 4.1.2, dot-string). */
const oneAddress = /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/

function checked(mailbox: Mailbox): Mailbox {
  if (!oneAddress.test(mailbox.address)) throw new RangeError('Not exactly one mail address')
  return mailbox
}

/**
 * The message as bytes for SES SendRawEmail: RFC 5322 headers, MIME alternatives text and HTML, CRLF line
 * ends, everything beyond ASCII encoded. `Date` is the time of the call.
 * @throws {RangeError} when sender or recipient is not one plain address
 */
export async function composeMessage(mail: RenderedMail): Promise<Uint8Array> {
  const composer = new MailComposer({
    from: checked(mail.from),
    to: checked(mail.to),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { ...mail.headers },
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}
