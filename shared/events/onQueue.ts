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

/**
 * Handler of the notifications queue: what is not done is delivered again, and in the end parked. One mail after the
 * other: the mail service allows so many a second, and a throttled mail would wait a whole visibility timeout.
 */
export const onQueue =
  (world: SendWorld) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = []
    for (const record of Records) {
      if (!(await isDone(record, world))) batchItemFailures.push({ itemIdentifier: record.messageId })
    }
    return { batchItemFailures }
  }
