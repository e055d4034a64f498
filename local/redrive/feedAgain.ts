import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams'
import type { SQSClient } from '@aws-sdk/client-sqs'
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda'
import type { StreamConsumer } from '../../shared/api/declaration.ts'
import { triggers } from '../../shared/api/triggers.ts'
import { isFor } from '../lambda/streamFilter.ts'
import { sequenceNumberOf, toEventRecord } from '../lambda/streamRecord.ts'
import type { DeadLetters } from './deadLetters.ts'
import { receive, remove } from './moveBack.ts'

/** Calls a function by its whole name with records of the stream. */
export type Feed = (
  functionName: string,
  event: { Records: DynamoDBRecord[] },
) => Promise<DynamoDBBatchResponse>

interface Surroundings {
  readonly sqs: SQSClient
  readonly streams: DynamoDBStreamsClient
  readonly feed: Feed
  readonly log: (line: string) => void
}

/** What Lambda says of records that it gave up. */
interface Parked {
  readonly requestContext: { readonly functionArn: string }
  readonly DDBStreamBatchInfo: {
    readonly shardId: string
    readonly startSequenceNumber: string
    readonly endSequenceNumber: string
    readonly streamArn: string
  }
}

/** `arn:aws:lambda:<region>:<account>:function:<name>[:<version>]` */
const functionNameOf = ({ requestContext: { functionArn } }: Parked): string =>
  functionArn.split(':')[6] ?? ''

const consumerOf = (functionName: string): StreamConsumer | undefined =>
  triggers
    .filter((trigger) => trigger.kind === 'stream')
    .find(({ name }) => functionName === name || functionName.includes(`-${name}`))

/** The records from the first to the last of these numbers, as far as they are still in the stream. */
const recordsOf = async (
  { DDBStreamBatchInfo: info }: Parked,
  streams: DynamoDBStreamsClient,
): Promise<DynamoDBRecord[]> => {
  const { streamArn, shardId, startSequenceNumber, endSequenceNumber } = info
  const opened = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: startSequenceNumber,
    }),
  )
  const records: DynamoDBRecord[] = []
  const last = BigInt(endSequenceNumber)
  let iterator = opened.ShardIterator
  while (iterator !== undefined) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 100 }))
    const found = (page.Records ?? []).map((record) => toEventRecord(record, streamArn))
    records.push(...found.filter((record) => BigInt(sequenceNumberOf(record)) <= last))
    const end = found.at(-1)
    if (end === undefined || BigInt(sequenceNumberOf(end)) >= last) return records
    iterator = page.NextShardIterator
  }
  return records
}

/** Whether the function is done with the records that a message points at. */
const feedOne = async (body: string, { streams, feed, log }: Surroundings): Promise<boolean> => {
  const parked = JSON.parse(body) as Parked
  const name = functionNameOf(parked)
  const consumer = consumerOf(name)
  if (consumer === undefined) throw new Error(`no reader of the stream is called ${name}`)
  const Records = (await recordsOf(parked, streams)).filter(isFor(consumer))
  if (Records.length === 0) {
    log(`  ${consumer.name}: the records are no longer in the stream; the message stays`)
    return false
  }
  const { batchItemFailures = [] } = await feed(name, { Records })
  log(
    `  ${consumer.name}: ${Records.length} records, ${batchItemFailures.length === 0 ? 'done' : 'failed again'}`,
  )
  return batchItemFailures.length === 0
}

/**
 * Feeds records that were parked to their reader once more, each message by itself: what fails again, or has left the
 * stream (after a day), stays where it is, and the others go on. Answers how many messages are dealt with.
 */
export const feedAgain = async (
  { queue }: Extract<DeadLetters, { kind: 'records' }>,
  around: Surroundings,
): Promise<number> => {
  let [done, looked] = [0, 0]
  while (looked < queue.waiting) {
    const messages = await receive(around.sqs, queue.url)
    if (messages.length === 0) return done
    for (const message of messages) {
      looked++
      try {
        if (!(await feedOne(message.Body ?? '', around))) continue
      } catch (error) {
        around.log(`  ${error instanceof Error ? error.message : String(error)}; the message stays`)
        continue
      }
      await remove(around.sqs, queue.url, message)
      done++
    }
  }
  return done
}
