import { noticeContent } from './content.ts'
import { noticeHeaders } from './headers.ts'
import { renderHtml } from './html.ts'
import type { MailNotice, MailSettings, Recipient, RenderedMail } from './notice.ts'
import { shorten, singleLine } from './plainText.ts'
import { lineText } from './template.ts'
import { renderText } from './text.ts'
import { unsubscribeUrl } from './unsubscribe.ts'

const nameLimit = 80

/**
 * The mail that tells `recipient` of `notice`, in their language and zone. Pure: the same arguments give the
 * same mail, so that a notice delivered twice cannot become two different mails.
 * @throws {RangeError} when an instant or a zone does not exist
 */
export function renderMail(notice: MailNotice, recipient: Recipient, settings: MailSettings): RenderedMail {
  const { language } = recipient
  const stopUrl = unsubscribeUrl(notice, recipient, settings)
  const content = noticeContent(notice, recipient, settings.publicUrl, stopUrl)
  return {
    from: { name: 'Duely', address: settings.sender },
    to: { name: shorten(singleLine(recipient.name), nameLimit), address: recipient.address },
    subject: lineText(content.subject),
    html: renderHtml(content, language),
    text: renderText(content, language),
    headers: noticeHeaders(notice, language, settings.publicUrl, stopUrl),
  }
}
