import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord } from 'aws-lambda'
import { listShards, openShard } from '../../local/lambda/shardReader.ts'
import { clientOptions } from '../../local/parts/part.ts'
import type { Engine } from './engine.ts'

/** Reads the engine's stream on from where the last call ended, as records of Lambda events. */
export const streamReader = async ({ client, tableName, endpoint }: Engine) => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }))
  const streamArn = String(Table?.LatestStreamArn)
  const streams = new DynamoDBStreamsClient(clientOptions(endpoint))
  let last: string | undefined
  return {
    /** All records written since. */
    read: async (): Promise<DynamoDBRecord[]> => {
      const [shardId = ''] = await listShards(streams, streamArn)
      const shard = await openShard(streams, { streamArn, shardId, lastSequenceNumber: last })
      const all: DynamoDBRecord[] = []
      for (;;) {
        const records = (await shard.next(1000)) ?? []
        if (records.length === 0) break
        all.push(...records)
      }
      last = all.at(-1)?.dynamodb?.SequenceNumber ?? last
      return all
    },
    close: () => streams.destroy(),
  }
}
