import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { type ConsumerWorld, consume } from '../domain/pipeline/consume.ts'
import { errorLine } from '../http/log.ts'
import { eventLog } from './log.ts'
import { changeOf } from './records.ts'

const sequenceOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? ''

/** The item that a record is about. */
const subjectOf = (record: DynamoDBRecord): string => {
  const { PK, SK } = record.dynamodb?.Keys ?? {}
  return JSON.stringify([PK?.S, SK?.S])
}

/**
 * One record after the other. Those behind one that fails are consumed all the same, save what is about the same
 * item: however Lambda splits what it delivers again, and whatever it parks in the end, nothing of others is lost.
 */
const consumeEach = async (records: readonly DynamoDBRecord[], world: ConsumerWorld): Promise<string[]> => {
  const failed: string[] = []
  const held = new Set<string>()
  for (const record of records) {
    if (held.has(subjectOf(record))) continue
    try {
      await consume([changeOf(record)], world)
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
 * Handler of the table's stream. The whole batch goes through at once; when that fails, one record after the
 * other, so that the answer names the first that cannot be consumed and Lambda delivers again from there.
 */
export const onStream =
  (world: ConsumerWorld) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    try {
      await consume(Records.map(changeOf), world)
      return { batchItemFailures: [] }
    } catch (error) {
      eventLog({ event: 'stream.batch-failed', records: Records.length, error: errorLine(error) })
    }
    const [itemIdentifier] = await consumeEach(Records, world)
    return { batchItemFailures: itemIdentifier === undefined ? [] : [{ itemIdentifier }] }
  }
