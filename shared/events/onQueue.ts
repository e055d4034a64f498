import type { SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { noticeMessage } from '../api/schemas/notice.ts'
import { type SendWorld, sendNotice } from '../domain/notices/send.ts'
import { eachMessage } from './eachMessage.ts'

/**
 * Handler of the notifications queue. One mail after the other: the mail service allows so many a second, and a
 * throttled mail would wait a whole visibility timeout.
 */
export const onQueue = (world: SendWorld) => (event: SQSEvent) =>
  eachMessage(event, 'notice.failed', (content) => sendNotice(z.parse(noticeMessage, content), world))
