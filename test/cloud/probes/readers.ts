import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { dynamodb } from './aws.ts'
import { check, judge, type Probe } from './probe.ts'
import { attribute, lambda, mapping, queue, ref, streamedTable, told } from './resources.ts'
import { createStack } from './stack.ts'

const tellAll = `exports.handler = async (event) => {
  for (const record of event.Records) await tell(record.dynamodb.Keys.SK.S)
}`

const keys = {
  AttributeDefinitions: ['PK', 'SK'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'PK', KeyType: 'HASH' },
    { AttributeName: 'SK', KeyType: 'RANGE' },
  ],
}

const source = (consumer: string) => ({
  EventSourceArn: attribute('Table', 'StreamArn'),
  FunctionName: ref(consumer),
  StartingPosition: 'TRIM_HORIZON',
  BatchSize: 10,
})
const ofTwoPrefixes = JSON.stringify({
  dynamodb: { Keys: { SK: { S: [{ prefix: 'EVT#' }, { prefix: 'NTF#' }] } } },
})

const resources = {
  Table: streamedTable(keys),
  AllTold: queue(),
  All: lambda(tellAll, { TOLD: ref('AllTold') }),
  AllMapping: mapping(source('All')),
  SomeTold: queue(),
  Some: lambda(tellAll, { TOLD: ref('SomeTold') }),
  SomeMapping: mapping({ ...source('Some'), FilterCriteria: { Filters: [{ Pattern: ofTwoPrefixes }] } }),
}

const written = ['TSK#1', 'EVT#1', 'AEVT#2', 'NTF#1', 'TSK#2', 'EVT#2', 'EVT#3']
const wanted = ['EVT#1', 'NTF#1', 'EVT#2', 'EVT#3']

/** Two readers of one stream, of which the second sees the records of some sort keys only. */
export const probeReaders: Probe = async (cloud) => {
  const urls = { table: ref('Table'), all: ref('AllTold'), some: ref('SomeTold') }
  const { outputs } = await createStack(cloud, 'probe-readers', resources, urls)
  const TableName = outputs.table ?? ''
  for (const sk of written)
    await dynamodb(cloud).send(new PutItemCommand({ TableName, Item: { PK: { S: 'p' }, SK: { S: sk } } }))
  const isLast = (seen: readonly string[]) => seen.includes('EVT#3')
  const all = (await told<string>(cloud, outputs.all ?? '', isLast)).join(' ')
  const some = (await told<string>(cloud, outputs.some ?? '', isLast)).join(' ')
  return [
    await check('readers-two', async () =>
      judge(all === written.join(' ') && some !== '', `${all}; ${some}`),
    ),
    await check('readers-filter', async () => judge(some === wanted.join(' '), some)),
  ]
}
