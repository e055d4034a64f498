import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda'
import { errorLine } from '../http/log.ts'
import { eventLog } from './log.ts'

type Take = (records: readonly DynamoDBRecord[]) => Promise<void>

const sequenceOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? ''

/** The item that a record is about. */
const subjectOf = (record: DynamoDBRecord): string => {
  const { PK, SK } = record.dynamodb?.Keys ?? {}
  return JSON.stringify([PK?.S, SK?.S])
}

/**
 * One record after the other. Those behind one that fails are taken all the same, save what is about the same
 * item: however Lambda splits what it delivers again, and whatever it parks in the end, nothing of others is lost.
 */
const takeEach = async (records: readonly DynamoDBRecord[], take: Take): Promise<string[]> => {
  const failed: string[] = []
  const held = new Set<string>()
  for (const record of records) {
    if (held.has(subjectOf(record))) continue
    try {
      await take([record])
    } catch (error) {
      const itemIdentifier = sequenceOf(record)
      eventLog({ event: 'stream.record-failed', itemIdentifier, error: errorLine(error) })
      failed.push(itemIdentifier)
      held.add(subjectOf(record))
    }
  }
  return failed
}

/**
 * Takes a batch of the stream at once; when that fails, one record after the other, so that the answer names the
 * first that cannot be taken and Lambda delivers again from there.
 */
export const batchOrEach = async (
  records: readonly DynamoDBRecord[],
  take: Take,
): Promise<DynamoDBBatchResponse> => {
  try {
    await take(records)
    return { batchItemFailures: [] }
  } catch (error) {
    eventLog({ event: 'stream.batch-failed', records: records.length, error: errorLine(error) })
  }
  const [itemIdentifier] = await takeEach(records, take)
  return { batchItemFailures: itemIdentifier === undefined ? [] : [{ itemIdentifier }] }
}
