import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { inParallel } from '../domain/jobs/inParallel.ts'
import { errorLine } from '../http/log.ts'
import { eventLog } from './log.ts'

/** As many messages as come together at most, all under way at once: what they read travels together. */
export const wholeBatch = 10

interface Dealing {
  /** Names the line in the log about a message that fails. */
  readonly failed: string
  /** Messages under way at once. */
  readonly width: number
  /** Takes the content of one; answers `false` for "not now". */
  readonly deal: (content: unknown) => Promise<boolean>
}

/** Deals with the messages of a queue. What is not done is delivered again, and in the end parked. */
export const eachMessage = async (
  { Records }: SQSEvent,
  { failed, width, deal }: Dealing,
): Promise<SQSBatchResponse> => {
  const isDone = async ({ body, messageId }: SQSRecord): Promise<boolean> => {
    try {
      return await deal(JSON.parse(body))
    } catch (error) {
      eventLog({ event: failed, messageId, error: errorLine(error) })
      return false
    }
  }
  const done = await inParallel(Records, width, isDone)
  const undone = Records.filter((_, index) => !done[index])
  return { batchItemFailures: undone.map(({ messageId }) => ({ itemIdentifier: messageId })) }
}
