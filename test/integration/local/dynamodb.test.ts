import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { startDynamoDb } from '../../../local/parts/dynamodb.ts'
import { clientOptions } from '../../../local/parts/part.ts'
import { tableDefinition } from '../../../shared/data/table.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const tableName = 'duely'

async function start(file: string) {
  const part = await startDynamoDb({ file, tableName })
  const client = new DynamoDBClient(clientOptions(part.endpoint))
  const close = async () => {
    client.destroy()
    await part.close()
  }
  onTestFinished(close)
  return { client, close }
}

test('the table has the keys, indexes, stream and TTL of its definition', async () => {
  const { client } = await start(join(temporaryDirectory(), 'table.sqlite'))
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }))
  const keysOf = (schema: { AttributeName?: string | undefined }[] = []) =>
    schema.map((key) => key.AttributeName)
  expect(keysOf(Table?.KeySchema)).toEqual([tableDefinition.pk, tableDefinition.sk])
  expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: tableDefinition.stream })
  expect(Table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST')
  const indexes = (Table?.GlobalSecondaryIndexes ?? []).map((index) => [
    index.IndexName,
    {
      keys: keysOf(index.KeySchema),
      projection: index.Projection?.NonKeyAttributes?.toSorted() ?? index.Projection?.ProjectionType,
    },
  ])
  const expected = Object.entries(tableDefinition.indexes).map(([name, { pk, sk, projection }]) => [
    name,
    { keys: [pk, sk], projection: typeof projection === 'string' ? projection : projection.toSorted() },
  ])
  expect(Object.fromEntries(indexes)).toEqual(Object.fromEntries(expected))
  const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }))
  expect(ttl.TimeToLiveDescription).toMatchObject({
    TimeToLiveStatus: 'ENABLED',
    AttributeName: tableDefinition.ttl,
  })
})

test('items outlive a restart, and the table is not made twice', async () => {
  const file = join(temporaryDirectory(), 'table.sqlite')
  const Key = { PK: { S: 'p' }, SK: { S: 's' } }
  const before = await start(file)
  await before.client.send(new PutItemCommand({ TableName: tableName, Item: Key }))
  await before.close()
  const after = await start(file)
  const { Item } = await after.client.send(new GetItemCommand({ TableName: tableName, Key }))
  expect(Item).toEqual(Key)
})

test('no write looks for its place in the stream, and no read for the next records, by going through all of it', async () => {
  const file = join(temporaryDirectory(), 'table.sqlite')
  const { close } = await start(file)
  await close()
  // What the engine asks, word for word.
  const number = 'CAST(sequence_number AS INTEGER)'
  const asked = [
    `SELECT COALESCE(MAX(${number}), 0) + 1 FROM _stream_records WHERE table_name = 'duely'`,
    `SELECT * FROM _stream_records WHERE table_name = 'duely' AND shard_id = 'one' AND ${number} > 5
     ORDER BY ${number} ASC LIMIT 25`,
  ]
  const database = new DatabaseSync(file)
  const plans = asked.flatMap((sql) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
  database.close()
  expect(plans.map(({ detail }) => String(detail))).toEqual([
    expect.stringMatching(/^SEARCH .* duely_last_record/),
    expect.stringMatching(/^SEARCH .* duely_next_records/),
  ])
})
