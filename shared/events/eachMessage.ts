import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { errorLine } from '../http/log.ts'
import { eventLog } from './log.ts'

/**
 * Deals with the messages of a queue, one after the other. `deal` takes the content of one and answers `false` for
 * "not now". What is not done is delivered again, and in the end parked. `failed` names the line in the log about a
 * message that fails.
 */
export const eachMessage = async (
  { Records }: SQSEvent,
  failed: string,
  deal: (content: unknown) => Promise<boolean>,
): Promise<SQSBatchResponse> => {
  const isDone = async ({ body, messageId }: SQSRecord): Promise<boolean> => {
    try {
      return await deal(JSON.parse(body))
    } catch (error) {
      eventLog({ event: failed, messageId, error: errorLine(error) })
      return false
    }
  }
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = []
  for (const record of Records) {
    if (!(await isDone(record))) batchItemFailures.push({ itemIdentifier: record.messageId })
  }
  return { batchItemFailures }
}
