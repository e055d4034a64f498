import { randomUUID } from 'node:crypto'
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { DynamoDBRecord } from 'aws-lambda'
import { functionArn } from './invoke.ts'
import { sequenceNumberOf } from './streamRecord.ts'

export interface ParkedRecords {
  readonly functionName: string
  readonly streamArn: string
  readonly shardId: string
  readonly records: readonly DynamoDBRecord[]
  readonly attempts: number
}

/**
 * Sends to the dead-letter queue what Lambda sends there: not the records, but where in the stream they
 * stand. Source: "On-failure destination" for DynamoDB streams in the Lambda developer guide.
 */
export async function sendToDeadLetters(
  client: SQSClient,
  queueUrl: string,
  parked: ParkedRecords,
): Promise<void> {
  await client.send(
    new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(messageFor(parked)) }),
  )
}

function messageFor({ functionName, streamArn, shardId, records, attempts }: ParkedRecords): object {
  const first = records[0] as DynamoDBRecord
  const last = records.at(-1) as DynamoDBRecord
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: functionArn(functionName),
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: sequenceNumberOf(first),
      endSequenceNumber: sequenceNumberOf(last),
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn,
    },
  }
}

const arrival = (record: DynamoDBRecord): string =>
  new Date((record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000).toISOString()
