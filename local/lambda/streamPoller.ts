import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { DynamoDBRecord } from 'aws-lambda'
import type { StreamConsumer } from '../../shared/api/declaration.ts'
import { clientOptions } from '../parts/part.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import type { Invoke } from './invoke.ts'
import { listShards, openShard, type ShardReader } from './shardReader.ts'
import { deliver } from './streamBatch.ts'
import { sendToDeadLetters } from './streamDeadLetter.ts'
import { isFor } from './streamFilter.ts'
import { sequenceNumberOf } from './streamRecord.ts'
import { type Log, type Pause, startWorker, type Worker } from './worker.ts'

export interface StreamPollerOptions {
  readonly consumer: StreamConsumer
  readonly invoke: Invoke
  readonly log: Log
  readonly dynamoDbEndpoint: string
  readonly tableName: string
  readonly sqsEndpoint: string
  readonly deadLetterQueueUrl: string
  /** File that keeps how far this consumer has come. */
  readonly checkpointFile: string
  /** Milliseconds between looks at an empty stream; default 100. */
  readonly pollInterval?: number
  /** Milliseconds before the n-th retry; default doubles from 200 up to 10,000. */
  readonly backoff?: (retry: number) => number
}

/**
 * Feeds the table's stream to a function as a Lambda event source mapping does: one batch at a time per
 * shard, in order, retried, split and parked as `deliver` says, and continued after a restart from the
 * checkpoint (at first from the beginning of the stream, so that nothing is left out).
 */
export async function startStreamPoller(options: StreamPollerOptions): Promise<Worker> {
  const streamArn = await streamArnOf(options.dynamoDbEndpoint, options.tableName)
  const streams = new DynamoDBStreamsClient(clientOptions(options.dynamoDbEndpoint))
  const sqs = new SQSClient(clientOptions(options.sqsEndpoint))
  const checkpoint = openCheckpoint(options.checkpointFile)
  const shardIds = await listShards(streams, streamArn)
  const workers = shardIds.map((shardId) =>
    startShard({ ...options, streams, sqs, checkpoint, streamArn, shardId }),
  )
  return {
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()))
      streams.destroy()
      sqs.destroy()
    },
  }
}

interface ShardOptions extends StreamPollerOptions {
  readonly streams: DynamoDBStreamsClient
  readonly sqs: SQSClient
  readonly checkpoint: Checkpoint
  readonly streamArn: string
  readonly shardId: string
}

function startShard(options: ShardOptions): Worker {
  const { consumer, streams, checkpoint, streamArn, shardId, log } = options
  let reader: ShardReader | undefined
  return startWorker(consumer.name, log, async (pause, stopping) => {
    reader ??= await openShard(streams, {
      streamArn,
      shardId,
      lastSequenceNumber: checkpoint.lastIn(streamArn, shardId),
    })
    const current = reader
    // Only a batch dealt with entirely lets the reader go on; after any error it begins at the checkpoint again.
    reader = undefined
    const { records, readTo } = await gather(current, options, pause)
    const work = batchWork(options, pause, stopping)
    if (readTo === undefined) await pause(options.pollInterval ?? 100)
    else await deliver(records, work)
    // A stop leaves what was not delivered before the checkpoint, hence all behind it as well.
    if (readTo !== undefined && !stopping.aborted && isBehind(readTo, records)) work.done(readTo)
    reader = current
  })
}

const batchWork = (options: ShardOptions, pause: Pause, stopping: AbortSignal) => ({
  consumer: options.consumer,
  invoke: options.invoke,
  log: options.log,
  pause,
  stopping: () => stopping.aborted,
  done: (sequenceNumber: string) =>
    options.checkpoint.save(options.streamArn, options.shardId, sequenceNumber),
  park: (records: readonly DynamoDBRecord[], attempts: number) => park(options, records, attempts),
  backoff: options.backoff ?? ((retry: number) => Math.min(200 * 2 ** (retry - 1), 10_000)),
})

async function park(
  options: ShardOptions,
  records: readonly DynamoDBRecord[],
  attempts: number,
): Promise<void> {
  const { consumer, streamArn, shardId, sqs, deadLetterQueueUrl, log } = options
  const parked = { functionName: consumer.name, streamArn, shardId, records, attempts }
  await sendToDeadLetters(sqs, deadLetterQueueUrl, parked)
  log(`${consumer.name}: parked a record of the stream after ${attempts} attempts`)
}

interface Gathered {
  /** What the consumer's filter lets through. */
  readonly records: readonly DynamoDBRecord[]
  /** Number of the last record read; absent when there was none. */
  readonly readTo: string | undefined
}

/** A batch: what is there, and with a batch window what comes within it, up to the batch size. */
async function gather(reader: ShardReader, options: ShardOptions, pause: Pause): Promise<Gathered> {
  const { batchSize, batchWindowSeconds } = options.consumer
  const records = (await reader.next(batchSize)) ?? []
  const deadline = Date.now() + batchWindowSeconds * 1000
  while (records.length > 0 && records.length < batchSize && Date.now() < deadline) {
    await pause(Math.min(options.pollInterval ?? 100, deadline - Date.now()))
    records.push(...((await reader.next(batchSize - records.length)) ?? []))
  }
  const last = records.at(-1)
  return {
    records: records.filter(isFor(options.consumer)),
    readTo: last && sequenceNumberOf(last),
  }
}

/** Whether a record read lies behind the last one that was delivered. */
const isBehind = (readTo: string, delivered: readonly DynamoDBRecord[]): boolean => {
  const last = delivered.at(-1)
  return last === undefined || sequenceNumberOf(last) !== readTo
}

async function streamArnOf(endpoint: string, tableName: string): Promise<string> {
  const client = new DynamoDBClient(clientOptions(endpoint))
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }))
  client.destroy()
  if (Table?.LatestStreamArn === undefined) throw new Error(`Table ${tableName} has no stream`)
  return Table.LatestStreamArn
}
