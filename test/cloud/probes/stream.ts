import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { dynamodb } from './aws.ts'
import { type Cloud, check, judge, missing, type Probe, works } from './probe.ts'
import { attribute, lambda, mapping, queue, ref, streamedTable, told } from './resources.ts'
import { createStack } from './stack.ts'

const idOf = 'const idOf = (record) => record.dynamodb.Keys.id.S'

// Reports the first delivery of `twice` as failed, once.
const reporting = `${idOf}
let reported = false
exports.handler = async (event) => {
  for (const record of event.Records) await tell(idOf(record))
  const failed = event.Records.find((record) => idOf(record) === 'twice')
  if (reported || !failed) return { batchItemFailures: [] }
  reported = true
  return { batchItemFailures: [{ itemIdentifier: failed.dynamodb.SequenceNumber }] }
}`

// Throws as long as the poison is in the batch; tells what it took.
const throwing = `${idOf}
exports.handler = async (event) => {
  if (event.Records.some((record) => idOf(record) === 'poison')) throw new Error('poison')
  for (const record of event.Records) await tell(idOf(record))
}`

const source = (table: string, consumer: string) => ({
  EventSourceArn: attribute(table, 'StreamArn'),
  FunctionName: ref(consumer),
  StartingPosition: 'TRIM_HORIZON',
  BatchSize: 10,
})

const resources = {
  ReportTable: streamedTable(),
  ReportTold: queue(),
  Reporting: lambda(reporting, { TOLD: ref('ReportTold') }),
  ReportMapping: mapping({
    ...source('ReportTable', 'Reporting'),
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  }),
  PoisonTable: streamedTable(),
  PoisonTold: queue(),
  PoisonDead: queue(),
  Throwing: lambda(throwing, { TOLD: ref('PoisonTold') }),
  PoisonMapping: mapping({
    ...source('PoisonTable', 'Throwing'),
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnFailure: { Destination: attribute('PoisonDead', 'Arn') } },
  }),
}

const outputNames = ['ReportTable', 'ReportTold', 'PoisonTable', 'PoisonTold', 'PoisonDead'] as const

/** Event source mappings from a table's stream: delivery, partial failure, bisection, parking. */
export const probeStream: Probe = async (cloud) => {
  const outputs = Object.fromEntries(outputNames.map((name) => [name, ref(name)]))
  const stack = await createStack(cloud, 'probe-stream', resources, outputs)
  const out = (name: (typeof outputNames)[number]) => stack.outputs[name] ?? ''
  await putTogether(cloud, out('ReportTable'), ['first', 'twice', 'last'])
  await putTogether(cloud, out('PoisonTable'), ['before', 'poison', 'after'])

  const seen = await told<string>(
    cloud,
    out('ReportTold'),
    (ids) => count(ids, 'twice') > 1 && ids.includes('last'),
  )
  const taken = await told<string>(cloud, out('PoisonTold'), (ids) => ids.includes('after'), 6_000)
  return [
    await check('stream-consumer', async () => judge(seen.includes('first'), seen.join(' '))),
    await check('stream-partial-batch', async () => judge(count(seen, 'twice') > 1, seen.join(' '))),
    await check('stream-bisect', async () =>
      taken.includes('after') ? works(taken.join(' ')) : missing('the batch is retried whole, without end'),
    ),
    await check('stream-on-failure', async () => {
      const records = await told<{ DDBStreamBatchInfo?: unknown }>(
        cloud,
        out('PoisonDead'),
        (all) => all.length > 0,
        1_000,
      )
      return records[0]?.DDBStreamBatchInfo ? works('batch described') : missing('nothing parked')
    }),
  ]
}

const count = (ids: readonly string[], id: string) => ids.filter((other) => other === id).length

async function putTogether(cloud: Cloud, table: string, ids: readonly string[]): Promise<void> {
  const items = ids.map((id) => ({ Put: { TableName: table, Item: { id: { S: id } } } }))
  await dynamodb(cloud).send(new TransactWriteItemsCommand({ TransactItems: items }))
}
