import { setTimeout as delay } from 'node:timers/promises'
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

/**
 * Too many in this second: surely not sent, and taken a moment later. SES does not queue; were the message left to its
 * queue, it would come back after minutes, and a few times only. A daily quota that is used up lasts longer.
 */
const isTooFast = (error: unknown): boolean =>
  error instanceof Error && error.name === 'Throttling' && /rate/i.test(error.message)

/** Milliseconds to wait before each further attempt; well within what the function may run. */
const pauses = [500, 1_000, 1_500, 2_000]

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

type Sleep = (milliseconds: number) => Promise<unknown>

/** Sends, no faster than SES will have it. */
const sendSlowly = async (client: SESClient, message: SendRawEmailCommand, sleep: Sleep): Promise<string> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return (await client.send(message)).MessageId ?? ''
    } catch (error) {
      const pause = pauses[attempt]
      if (pause === undefined || !isTooFast(error)) throw error
      await sleep(pause)
    }
  }
}

/** Renders and sends through SES. */
export const sesMailer = (client: SESClient, settings: SesSettings, sleep: Sleep = delay): Mailer => ({
  send: async (notice, recipient) => {
    const mail = renderMail(notice, recipient, settings)
    const message = new SendRawEmailCommand({
      Source: settings.sender,
      Destinations: [recipient.address],
      RawMessage: { Data: await composeMessage(mail) },
      ...tracked(notice, recipient, settings),
    })
    try {
      return await sendSlowly(client, message, sleep)
    } catch (error) {
      if (isFinal(error)) throw new Undeliverable('the mail service refuses this mail', { cause: error })
      throw error
    }
  },
})
