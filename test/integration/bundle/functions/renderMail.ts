import type { MailNotice, MailSettings, Recipient } from '../../../../shared/mail/notice.ts'
import { renderMail } from '../../../../shared/mail/render.ts'

export const handler = async (mail: { notice: MailNotice; recipient: Recipient; settings: MailSettings }) =>
  renderMail(mail.notice, mail.recipient, mail.settings)
