import { type SESClient, SendRawEmailCommand, type SendRawEmailRequest } from '@aws-sdk/client-ses'
import { mailTags } from '../api/schemas/mailEvents.ts'
import { type Mailer, Undeliverable } from '../domain/notices/mailer.ts'
import { composeMessage } from '../mail/compose.ts'
import { workspaceOf } from '../mail/headers.ts'
import type { MailNotice, MailSettings, Recipient } from '../mail/notice.ts'
import { renderMail } from '../mail/render.ts'

/**
 * SES errors that no further attempt can mend. An identity that is not verified, of the sender or in the sandbox of
 * the recipient, is rejected under the same name, but is a state of the account, which whoever runs it can mend.
 */
const isFinal = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  if (error.name === 'MessageRejected') return !/not verified/i.test(error.message)
  return error.name === 'InvalidParameterValue'
}

interface SesSettings extends MailSettings {
  /** Publishes what becomes of a mail; `undefined` where nothing does. */
  readonly configurationSet: string | undefined
}

/** Has SES tell what becomes of the mail, and of which notice it was. */
const tracked = (
  notice: MailNotice,
  { userId }: Recipient,
  { configurationSet }: SesSettings,
): Pick<SendRawEmailRequest, 'ConfigurationSetName' | 'Tags'> => {
  if (configurationSet === undefined) return {}
  const tags = {
    [mailTags.notice]: notice.id,
    [mailTags.workspace]: workspaceOf(notice),
    [mailTags.user]: userId,
  }
  return {
    ConfigurationSetName: configurationSet,
    Tags: Object.entries(tags).flatMap(([Name, Value]) => (Value === undefined ? [] : { Name, Value })),
  }
}

/** Renders and sends through SES. */
export const sesMailer = (client: SESClient, settings: SesSettings): Mailer => ({
  send: async (notice, recipient) => {
    const mail = renderMail(notice, recipient, settings)
    const message = new SendRawEmailCommand({
      Source: settings.sender,
      Destinations: [recipient.address],
      RawMessage: { Data: await composeMessage(mail) },
      ...tracked(notice, recipient, settings),
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
