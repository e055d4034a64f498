import type { SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { noticeMessage, waitingMessage } from '../api/schemas/notice.ts'
import type { Mailer } from '../domain/notices/mailer.ts'
import { type SendWorld, sendNotice } from '../domain/notices/send.ts'
import { sendWaiting } from '../domain/notices/sendWaiting.ts'
import { eachMessage, wholeBatch } from './eachMessage.ts'

const queued = z.union([waitingMessage, noticeMessage])

/**
 * One mail after the other: the mail service allows so many a second, and a throttled mail would wait a whole
 * visibility timeout.
 */
const inTurn = (mailer: Mailer): Mailer => {
  let before: Promise<unknown> = Promise.resolve()
  return {
    send: (notice, recipient) => {
      const sent = before.then(() => mailer.send(notice, recipient))
      before = sent.catch(() => undefined)
      return sent
    },
  }
}

/** Handler of the mails queue. */
export const onMails = (world: SendWorld) => {
  const paced = { ...world, mailer: inTurn(world.mailer) }
  return (event: SQSEvent) =>
    eachMessage(event, {
      failed: 'mail.failed',
      // What needs no mail waits for none.
      width: wholeBatch,
      deal: async (content) => {
        const message = z.parse(queued, content)
        return message.kind === 'waiting' ? sendWaiting(message, paced) : sendNotice(message, paced)
      },
    })
}
