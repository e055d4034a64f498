import {
  type AttributeValue,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { dynamodb, streams } from './aws.ts'
import { type Cloud, check, differs, judge, missing, type Probe } from './probe.ts'
import { attribute, ref, streamedTable } from './resources.ts'
import { createStack } from './stack.ts'

const index = {
  AttributeDefinitions: ['id', 'list', 'rank'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byRank',
      KeySchema: [
        { AttributeName: 'list', KeyType: 'HASH' },
        { AttributeName: 'rank', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] },
    },
  ],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
}

const item = (id: string, rank: string): Record<string, AttributeValue> => ({
  id: { S: id },
  list: { S: 'l' },
  rank: { S: rank },
  title: { S: `title of ${id}` },
  body: { S: 'not projected' },
})

/** Time to live, indexes, conditional writes, transactions, capacity and stream images of a table. */
export const probeTable: Probe = async (cloud) => {
  const { outputs } = await createStack(
    cloud,
    'probe-table',
    { Table: streamedTable(index) },
    { table: ref('Table'), stream: attribute('Table', 'StreamArn') },
  )
  const table = { TableName: outputs.table ?? '' }
  const client = dynamodb(cloud)
  const put = (value: Record<string, AttributeValue>) => new PutItemCommand({ ...table, Item: value })
  await client.send(put(item('b', '2')))
  const capacity = await client.send(
    new PutItemCommand({ ...table, Item: item('a', '1'), ReturnConsumedCapacity: 'INDEXES' }),
  )
  await client.send(put(item('a', '3')))
  const guarded = { ...table, Item: item('a', '9'), ConditionExpression: 'attribute_not_exists(id)' }

  return [
    await check('table-ttl', async () => {
      const { TimeToLiveDescription: ttl } = await client.send(new DescribeTimeToLiveCommand(table))
      return judge(ttl?.AttributeName === 'expiresAt', `${ttl?.TimeToLiveStatus} on ${ttl?.AttributeName}`)
    }),
    await check('table-index', async () => {
      const query = { IndexName: 'byRank', KeyConditionExpression: '#l = :l' }
      const names = {
        ExpressionAttributeNames: { '#l': 'list' },
        ExpressionAttributeValues: { ':l': { S: 'l' } },
      }
      const { Items = [] } = await client.send(new QueryCommand({ ...table, ...query, ...names }))
      const seen = Items.map((found) => `${found.id?.S}(${Object.keys(found).sort().join(' ')})`).join(' ')
      return judge(seen === 'b(id list rank title) a(id list rank title)', seen)
    }),
    await check('table-index-range', () => range(client, table)),
    await check('table-condition-image', async () => {
      const refused = await client
        .send(new PutItemCommand({ ...guarded, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }))
        .catch((error: { name: string; Item?: Record<string, AttributeValue> }) => error)
      const image = 'Item' in refused ? refused.Item : undefined
      return judge(image?.rank?.S === '3', `old rank ${image?.rank?.S}`)
    }),
    await check('table-transaction-reasons', async () => {
      const items = [
        { Put: { ...table, Item: item('c', '1') } },
        { Put: { ...guarded, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } },
      ]
      const refused = await client
        .send(new TransactWriteItemsCommand({ TransactItems: items }))
        .catch((error: TransactionCanceledException) => error)
      const reasons = 'CancellationReasons' in refused ? (refused.CancellationReasons ?? []) : []
      const codes = reasons.map((reason) => reason.Code).join(' ')
      const image = reasons[1]?.Item?.rank?.S
      return judge(codes === 'None ConditionalCheckFailed' && image === '3', `${codes}, old rank ${image}`)
    }),
    await check('table-capacity', async () => {
      const used = capacity.ConsumedCapacity
      const inIndex = used?.GlobalSecondaryIndexes?.byRank?.CapacityUnits
      return judge(
        used?.CapacityUnits === 2 && inIndex === 1,
        `${used?.CapacityUnits} units, ${inIndex} of them in the index`,
      )
    }),
    await check('stream-images', () => images(cloud, outputs.stream ?? '')),
  ]
}

/** Ids in the index up to a rank, before and after an item has lost the attribute by which it stands there. */
async function range(client: DynamoDBClient, table: { TableName: string }) {
  const query = new QueryCommand({
    ...table,
    IndexName: 'byRank',
    KeyConditionExpression: '#l = :l AND #r <= :to',
    ExpressionAttributeNames: { '#l': 'list', '#r': 'rank' },
    ExpressionAttributeValues: { ':l': { S: 'timed' }, ':to': { S: '2~' } },
  })
  const ids = async () => (await client.send(query)).Items?.map(({ id }) => id?.S).join(' ')
  for (const [id, rank] of [
    ['late', '3#z'],
    ['due', '2#y'],
    ['past', '1#x'],
  ] as const)
    await client.send(new PutItemCommand({ ...table, Item: { ...item(id, rank), list: { S: 'timed' } } }))
  const before = await ids()
  const done = { ...table, Key: { id: { S: 'past' } }, UpdateExpression: 'REMOVE #l' }
  await client.send(new UpdateItemCommand({ ...done, ExpressionAttributeNames: { '#l': 'list' } }))
  const seen = `${before}, then ${await ids()}`
  return judge(seen === 'past due, then due', seen)
}

async function images(cloud: Cloud, arn: string) {
  const client = streams(cloud)
  const { StreamDescription: stream } = await client.send(new DescribeStreamCommand({ StreamArn: arn }))
  const shard = stream?.Shards?.[0]?.ShardId
  if (shard === undefined) return missing('no shard')
  const start = { StreamArn: arn, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' as const }
  const { ShardIterator } = await client.send(new GetShardIteratorCommand(start))
  const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }))
  const change = Records.find((record) => record.eventName === 'MODIFY')?.dynamodb
  const seen = `${change?.OldImage?.rank?.S} → ${change?.NewImage?.rank?.S}`
  if (!change?.SequenceNumber) return differs('no sequence number')
  return judge(seen === '1 → 3', `rank ${seen}`)
}
