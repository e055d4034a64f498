import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Mailbox, RenderedMail } from './notice.ts'

/** One address and nothing that could begin a second one or another header (RFC 5321, 4.1.2, dot-string). */
const oneAddress = /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/

/**
 * What people typed must not read as an encoded word (RFC 2047): the composer leaves ASCII as it is, and the
 * reader's program would decode it, line breaks and bidi controls included. A zero-width space parts it.
 */
const headerText = (text: string): string => text.replaceAll('=?', '=\u200B?')

function mailbox({ name, address }: Mailbox): Mailbox {
  if (!oneAddress.test(address)) throw new RangeError('Not exactly one mail address')
  return { name: headerText(name), address }
}

/**
 * The message as bytes for SES SendRawEmail: RFC 5322 headers, MIME alternatives text and HTML, CRLF line
 * ends, everything beyond ASCII encoded. `Date` is the time of the call.
 * @throws {RangeError} when sender or recipient is not one plain address
 */
export async function composeMessage(mail: RenderedMail): Promise<Uint8Array> {
  const composer = new MailComposer({
    from: mailbox(mail.from),
    to: mailbox(mail.to),
    subject: headerText(mail.subject),
    text: mail.text,
    html: mail.html,
    headers: { ...mail.headers },
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}
