import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import { toEventRecord } from './streamRecord.ts'

/** All shards of a stream, parents before their children. */
export async function listShards(client: DynamoDBStreamsClient, streamArn: string): Promise<string[]> {
  const shards: Shard[] = []
  let after: string | undefined
  do {
    const page = await client.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ...(after && { ExclusiveStartShardId: after }) }),
    )
    shards.push(...(page.StreamDescription?.Shards ?? []))
    after = page.StreamDescription?.LastEvaluatedShardId
  } while (after !== undefined)
  return shards.map(({ ShardId }) => String(ShardId)).sort()
}

export interface ShardReader {
  /** The next records, at most `limit`; `undefined` when the shard is closed and read to its end. */
  next(limit: number): Promise<DynamoDBRecord[] | undefined>
}

/** Reads a shard from after `lastSequenceNumber`, or from its beginning. */
export async function openShard(
  client: DynamoDBStreamsClient,
  shard: {
    readonly streamArn: string
    readonly shardId: string
    readonly lastSequenceNumber: string | undefined
  },
): Promise<ShardReader> {
  const { streamArn, shardId, lastSequenceNumber } = shard
  const start =
    lastSequenceNumber === undefined
      ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
      : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: lastSequenceNumber } as const)
  const opened = await client.send(
    new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...start }),
  )
  let iterator = opened.ShardIterator
  return {
    next: async (limit) => {
      if (iterator === undefined) return undefined
      const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }))
      iterator = page.NextShardIterator
      return (page.Records ?? []).map((record) => toEventRecord(record, streamArn))
    },
  }
}
