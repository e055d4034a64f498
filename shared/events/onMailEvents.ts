import type { SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { mailEventMessage } from '../api/schemas/mailEvents.ts'
import { followMailEvent, type MailEventWorld } from '../domain/mail/followMailEvent.ts'
import { eachMessage } from './eachMessage.ts'
import { eventLog } from './log.ts'

/** Handler of the queue into which the mail service puts what becomes of mails. */
export const onMailEvents = (world: MailEventWorld) => (event: SQSEvent) =>
  eachMessage(event, {
    failed: 'mailEvent.failed',
    width: 1,
    deal: async (content) => {
      eventLog({ ...(await followMailEvent(z.parse(mailEventMessage, content).detail, world)) })
      return true
    },
  })
