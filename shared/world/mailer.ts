import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses'
import { type Mailer, Undeliverable } from '../domain/notices/mailer.ts'
import { composeMessage } from '../mail/compose.ts'
import type { MailSettings } from '../mail/notice.ts'
import { renderMail } from '../mail/render.ts'
import { cursorKey, mailSender, publicUrl } from './environment.ts'

/**
 * SES errors that no further attempt can mend. An identity that is not verified, of the sender or in the sandbox of
 * the recipient, is rejected under the same name, but is a state of the account, which whoever runs it can mend.
 */
const isFinal = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  if (error.name === 'MessageRejected') return !/not verified/i.test(error.message)
  return error.name === 'InvalidParameterValue'
}

/** Renders and sends through SES. */
export const sesMailer = (client: SESClient, settings: MailSettings): Mailer => ({
  send: async (notice, recipient) => {
    const mail = renderMail(notice, recipient, settings)
    const message = new SendRawEmailCommand({
      Source: settings.sender,
      Destinations: [recipient.address],
      RawMessage: { Data: await composeMessage(mail) },
    })
    try {
      const { MessageId = '' } = await client.send(message)
      return MessageId
    } catch (error) {
      if (isFinal(error)) throw new Undeliverable('the mail service refuses this mail', { cause: error })
      throw error
    }
  },
})

/** A timed-out send may have gone out: no retries below the ledger, which knows of each attempt. */
export const mailer = (): Mailer =>
  sesMailer(new SESClient({ maxAttempts: 1 }), {
    publicUrl: publicUrl(),
    sender: mailSender(),
    unsubscribeKey: cursorKey(),
  })
