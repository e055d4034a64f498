import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import { listShards, openShard } from '../../local/lambda/shardReader.ts'
import { type Engine, thriftyOptions } from './engine.ts'

/** Reads the engine's stream on from where the last call ended, as records of Lambda events. */
export const streamReader = async ({ client, tableName, endpoint }: Engine) => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }))
  const streamArn = String(Table?.LatestStreamArn)
  const streams = new DynamoDBStreamsClient(thriftyOptions(endpoint))
  const [shardId = ''] = await listShards(streams, streamArn)
  const shard = await openShard(streams, { streamArn, shardId, lastSequenceNumber: undefined })
  const page = async (): Promise<DynamoDBRecord[]> => (await shard.next(1000)) ?? []
  return {
    /** Up to a thousand records written since; none only when that is all. */
    page,
    /** All records written since. */
    read: async (): Promise<DynamoDBRecord[]> => {
      const all: DynamoDBRecord[] = []
      for (;;) {
        const records = await page()
        if (records.length === 0) return all
        all.push(...records)
      }
    },
    close: () => streams.destroy(),
  }
}
