import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { deliver } from '../../../../local/lambda/streamBatch.ts'
import { isFor } from '../../../../local/lambda/streamFilter.ts'
import type { StreamConsumer } from '../../../../shared/api/declaration.ts'
import type { VirtualTime } from './time.ts'
import type { Weather } from './weather.ts'

const shardCount = 3
/** A poller looks so often; it waits longer before each retry. */
const pollMilliseconds = 100
const longestBackoff = 10_000

export type InvokeStream = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>

const partitionOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.Keys?.PK?.S ?? ''

/**
 * The stream of the table with the mappings that feed it to functions: shards that know nothing of one another, in
 * each of which records are delivered in order, at least once, one batch at a time; a batch that fails is split, tried
 * again and parked at last.
 */
export const tableStream = (time: VirtualTime, weather: Weather) => {
  const shards = Array.from({ length: shardCount }, (): DynamoDBRecord[] => [])
  const shardOfPartition = new Map<string, number>()
  const parked: DynamoDBRecord[] = []
  const readers: { readonly look: () => void; readonly isDone: () => boolean }[] = []

  /** The records of a partition stay in one shard, in their order. */
  const append = (records: readonly DynamoDBRecord[]): void => {
    for (const record of records) {
      const partition = partitionOf(record)
      const shard = shardOfPartition.get(partition) ?? weather.shard(shardCount)
      shardOfPartition.set(partition, shard)
      shards[shard]?.push(record)
    }
    for (const { look } of readers) void time.after(pollMilliseconds, look)
  }

  const readShard = (shard: readonly DynamoDBRecord[], consumer: StreamConsumer, invoke: InvokeStream) => {
    let position = 0
    let isBusy = false
    const work = {
      consumer,
      invoke: (_: string, event: unknown) => invoke(event as DynamoDBStreamEvent),
      log: () => undefined,
      pause: time.pause,
      stopping: () => false,
      done: () => undefined,
      park: async (records: readonly DynamoDBRecord[]) => void parked.push(...records),
      backoff: (retry: number) => Math.min(200 * 2 ** (retry - 1), longestBackoff),
    }
    const look = async (): Promise<void> => {
      if (isBusy) return
      isBusy = true
      while (position < shard.length) {
        const rest = weather.rest()
        if (rest > 0) await time.pause(rest)
        const left = shard.length - position
        const batch = shard.slice(position, position + weather.batch(Math.min(consumer.batchSize, left)))
        await deliver(batch.filter(isFor(consumer)), work)
        // Where the reader had come to may get lost: it goes on from where it was known to be.
        if (!weather.again()) position += batch.length
      }
      isBusy = false
    }
    readers.push({ look: () => void look(), isDone: () => position === shard.length && !isBusy })
  }

  return {
    append,
    parked,
    feeds: (consumer: StreamConsumer, invoke: InvokeStream): void => {
      for (const shard of shards) readShard(shard, consumer, invoke)
    },
    isDone: (): boolean => readers.every(({ isDone }) => isDone()),
  }
}
