import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import * as z from 'zod/mini'
import { noticeMessage } from '../api/schemas/notice.ts'
import { type SendWorld, sendNotice } from '../domain/pipeline/send.ts'
import { errorLine } from '../http/log.ts'
import { eventLog } from './log.ts'

const isDone = async ({ body, messageId }: SQSRecord, world: SendWorld): Promise<boolean> => {
  try {
    return await sendNotice(z.parse(noticeMessage, JSON.parse(body)), world)
  } catch (error) {
    eventLog({ event: 'notice.failed', messageId, error: errorLine(error) })
    return false
  }
}

/** Handler of the notifications queue: what is not done is delivered again, and in the end parked. */
export const onQueue =
  (world: SendWorld) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const done = await Promise.all(Records.map((record) => isDone(record, world)))
    const failed = Records.filter((_, index) => done[index] !== true)
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
  }
