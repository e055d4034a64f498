import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { type ConsumerWorld, consume } from '../domain/pipeline/consume.ts'
import { errorLine } from '../http/log.ts'
import { eventLog } from './log.ts'
import { changeOf } from './records.ts'

const sequenceOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? ''

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
    for (const record of Records) {
      try {
        await consume([changeOf(record)], world)
      } catch (error) {
        const itemIdentifier = sequenceOf(record)
        eventLog({ event: 'stream.record-failed', itemIdentifier, error: errorLine(error) })
        return { batchItemFailures: [{ itemIdentifier }] }
      }
    }
    return { batchItemFailures: [] }
  }
