import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { type ConsumerWorld, consume } from '../domain/pipeline/consume.ts'
import { batchOrEach } from './eachRecord.ts'
import { changeOf } from './records.ts'

/** Handler of the table's stream: numbers and derives what follows from each record. */
export const onStream =
  (world: ConsumerWorld) =>
  ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
    batchOrEach(Records, (records) => consume(records.map(changeOf), world))
