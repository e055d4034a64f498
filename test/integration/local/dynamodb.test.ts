import { join } from 'node:path'
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
