import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
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

/** Empty pages in a row after which nothing more is expected of a shard. */
const mostEmptyPages = 20

type Info = Parked['DDBStreamBatchInfo']

const openAt = async (info: Info, streams: DynamoDBStreamsClient): Promise<string | undefined> => {
  const { streamArn, shardId, startSequenceNumber } = info
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: startSequenceNumber,
    }),
  )
  return ShardIterator
}

/**
 * Pages of a shard from the first of these numbers on. A stream answers empty ones in the middle of a shard as well, so
 * that one of them is no end yet.
 */
async function* pagesOf(info: Info, streams: DynamoDBStreamsClient): AsyncGenerator<DynamoDBRecord[]> {
  let iterator = await openAt(info, streams)
  let empty = 0
  while (iterator !== undefined && empty < mostEmptyPages) {
    const page: GetRecordsCommandOutput = await streams.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: 100 }),
    )
    const records = page.Records ?? []
    yield records.map((record) => toEventRecord(record, info.streamArn))
    empty = records.length === 0 ? empty + 1 : 0
    iterator = page.NextShardIterator
  }
}

const numberOf = (record: DynamoDBRecord): bigint => BigInt(sequenceNumberOf(record))

/** The records from the first to the last of these numbers; none at all where the last did not turn up. */
const recordsOf = async (
  { DDBStreamBatchInfo: info }: Parked,
  streams: DynamoDBStreamsClient,
): Promise<DynamoDBRecord[]> => {
  const records: DynamoDBRecord[] = []
  const last = BigInt(info.endSequenceNumber)
  for await (const page of pagesOf(info, streams)) {
    records.push(...page.filter((record) => numberOf(record) <= last))
    if (page.some((record) => numberOf(record) >= last)) break
  }
  return records.some((record) => numberOf(record) === last) ? records : []
}

/** Whether the function is done with the records that a message points at. */
const feedOne = async (body: string, { streams, feed, log }: Surroundings): Promise<boolean> => {
  const parked = JSON.parse(body) as Parked
  const name = functionNameOf(parked)
  const consumer = consumerOf(name)
  if (consumer === undefined) throw new Error(`no reader of the stream is called ${name}`)
  const Records = (await recordsOf(parked, streams)).filter(isFor(consumer))
  if (Records.length === 0) {
    log(`  ${consumer.name}: not all of the records are in the stream any more; the message stays`)
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
