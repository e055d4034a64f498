import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startStreamPoller } from '../../../local/lambda/streamPoller.ts'
import { startDynamoDb } from '../../../local/parts/dynamodb.ts'
import { clientOptions } from '../../../local/parts/part.ts'
import { streamDeadLetters } from '../../../local/parts/queueNames.ts'
import { startSqs } from '../../../local/parts/sqs.ts'
import type { StreamConsumer } from '../../../shared/api/declaration.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const tableName = 'duely'
const consumer: StreamConsumer = {
  kind: 'stream',
  name: 'consume',
  summary: 'test',
  timeoutSeconds: 5,
  batchSize: 4,
  batchWindowSeconds: 0,
  retryAttempts: 2,
  bisectBatchOnError: true,
  reportBatchItemFailures: true,
  uses: {},
}

const nameOf = (record: DynamoDBRecord): string => String(record.dynamodb?.Keys?.SK?.S)

/** Engines with a table, and a function whose answers the test decides by the names of the records. */
async function startPipeline(
  answer: (names: string[], records: DynamoDBRecord[]) => unknown,
  { backoff = 1, sortKeys = [''] } = {},
) {
  const dataDir = temporaryDirectory()
  const file = join(dataDir, 'table.sqlite')
  const parts = {
    dynamo: await startDynamoDb({ file, tableName }),
    sqs: await startSqs({ dataDir, queues: [] }),
  }
  const batches: string[][] = []
  const start = () =>
    startStreamPoller({
      consumer: { ...consumer, sortKeys },
      invoke: async (_name, event) => {
        const { Records } = event as DynamoDBStreamEvent
        batches.push(Records.map(nameOf))
        return answer(Records.map(nameOf), Records)
      },
      log: () => undefined,
      dynamoDbEndpoint: parts.dynamo.endpoint,
      tableName,
      sqsEndpoint: parts.sqs.endpoint,
      deadLetterQueueUrl: parts.sqs.queueUrl(streamDeadLetters),
      checkpointFile: join(dataDir, 'checkpoint.json'),
      pollInterval: 5,
      backoff: () => backoff,
    })
  const checkpoint = () =>
    Object.values(JSON.parse(readFileSync(join(dataDir, 'checkpoint.json'), 'utf8')) as object)[0]
  const put = async (...names: string[]) => {
    const client = new DynamoDBClient(clientOptions(parts.dynamo.endpoint))
    for (const name of names) {
      const Item = { PK: { S: 'p' }, SK: { S: name }, bytes: { B: Buffer.from('hi') } }
      await client.send(new PutItemCommand({ TableName: tableName, Item }))
    }
    client.destroy()
  }
  const restartEngine = async () => {
    await parts.dynamo.close()
    parts.dynamo = await startDynamoDb({ file, tableName })
  }
  const deadLetters = async () => {
    const client = new SQSClient(clientOptions(parts.sqs.endpoint))
    const QueueUrl = parts.sqs.queueUrl(streamDeadLetters)
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    client.destroy()
    return (Messages ?? []).map(
      ({ Body }) => JSON.parse(String(Body)) as Record<string, Record<string, unknown>>,
    )
  }
  onTestFinished(async () => {
    await parts.dynamo.close()
    await parts.sqs.close()
  })
  return { start, put, checkpoint, batches, restartEngine, deadLetters }
}

test('records arrive in order, in batches of the declared size, as a Lambda event carries them', async () => {
  let seen: DynamoDBRecord | undefined
  const pipeline = await startPipeline((_names, records) => {
    seen ??= records[0]
  })
  await pipeline.put('1', '2', '3', '4', '5', '6')
  const poller = await pipeline.start()
  await vi.waitFor(() => expect(pipeline.batches.flat()).toHaveLength(6), 5000)
  await poller.stop()
  expect(pipeline.batches).toEqual([
    ['1', '2', '3', '4'],
    ['5', '6'],
  ])
  expect(seen).toMatchObject({
    eventSource: 'aws:dynamodb',
    eventName: 'INSERT',
    dynamodb: { NewImage: { PK: { S: 'p' }, bytes: { B: 'aGk=' } }, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  })
})

test('a record that always fails is bisected out, retried as declared, parked, and holds up nobody', async () => {
  const done: string[] = []
  const pipeline = await startPipeline((names) => {
    if (names.includes('poison')) throw new Error('cannot')
    done.push(...names)
  })
  await pipeline.put('1', '2', 'poison', '4', '5')
  const poller = await pipeline.start()
  await vi.waitFor(() => expect(done).toContain('5'), 5000)
  await poller.stop()
  expect(done).toEqual(['1', '2', '4', '5'])
  const alone = pipeline.batches.filter((names) => names.length === 1 && names[0] === 'poison')
  expect(alone).toHaveLength(1 + consumer.retryAttempts)
  const [letter, ...others] = await pipeline.deadLetters()
  expect(others).toEqual([])
  expect(letter?.requestContext).toMatchObject({
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 3,
  })
  expect(letter?.DDBStreamBatchInfo).toMatchObject({
    startSequenceNumber: '3',
    endSequenceNumber: '3',
    batchSize: 1,
  })
})

test('records before a reported failure are not delivered again, and the failed one is retried first', async () => {
  let failures = 0
  const pipeline = await startPipeline((names, records) => {
    const failed = records[names.indexOf('3')]
    if (failed === undefined || failures === 2) return
    failures += 1
    return { batchItemFailures: [{ itemIdentifier: failed.dynamodb?.SequenceNumber }] }
  })
  await pipeline.put('1', '2', '3', '4')
  const poller = await pipeline.start()
  await vi.waitFor(() => expect(pipeline.batches.flat()).toContain('4'), 5000)
  await vi.waitFor(() => expect(pipeline.batches.at(-1)).toEqual(['4']), 5000)
  await poller.stop()
  expect(pipeline.batches).toEqual([['1', '2', '3', '4'], ['3'], ['3'], ['4']])
  expect(await pipeline.deadLetters()).toEqual([])
})

test('a report nobody understands means that the whole batch failed', async () => {
  let calls = 0
  const pipeline = await startPipeline(() => {
    calls += 1
    return calls === 1 ? { batchItemFailures: [{ itemIdentifier: 'unheard of' }] } : { batchItemFailures: [] }
  })
  await pipeline.put('1', '2')
  const poller = await pipeline.start()
  await vi.waitFor(() => expect(pipeline.batches).toHaveLength(3), 5000)
  await poller.stop()
  expect(pipeline.batches).toEqual([['1', '2'], ['1'], ['2']])
})

test('after a restart of poller and engine it continues behind the last batch dealt with', async () => {
  const pipeline = await startPipeline(() => undefined)
  await pipeline.put('1', '2')
  const first = await pipeline.start()
  await vi.waitFor(() => expect(pipeline.batches.flat()).toEqual(['1', '2']), 5000)
  await first.stop()
  await pipeline.put('3')
  await pipeline.restartEngine()
  await pipeline.put('4')
  const second = await pipeline.start()
  await vi.waitFor(() => expect(pipeline.batches.flat()).toEqual(['1', '2', '3', '4']), 5000)
  await second.stop()
})

test('a stop in the middle of the retries loses nothing: the record comes again after the restart', async () => {
  const hour = 3_600_000
  let broken = true
  const pipeline = await startPipeline(
    () => {
      if (broken) throw new Error('down')
    },
    { backoff: hour },
  )
  await pipeline.put('1')
  const first = await pipeline.start()
  await vi.waitFor(() => expect(pipeline.batches).toEqual([['1']]), 5000)
  await first.stop()
  broken = false
  const second = await pipeline.start()
  await vi.waitFor(() => expect(pipeline.batches).toEqual([['1'], ['1']]), 5000)
  await second.stop()
  expect(await pipeline.deadLetters()).toEqual([])
})

test('only records whose sort key the consumer asks for arrive, and the others do not come again', async () => {
  const pipeline = await startPipeline(() => undefined, { sortKeys: ['EVT#', 'NTF#'] })
  await pipeline.put('TSK', 'EVT#1', 'EVT', 'NTF#1', 'XEVT#2', 'TSK')
  const first = await pipeline.start()
  await vi.waitFor(() => expect(pipeline.batches.flat()).toEqual(['EVT#1', 'NTF#1']), 5000)
  await vi.waitFor(() => expect(pipeline.checkpoint()).toBe('6'), 5000)
  await first.stop()
  await pipeline.put('EVT#3')
  const second = await pipeline.start()
  await vi.waitFor(() => expect(pipeline.batches.flat()).toEqual(['EVT#1', 'NTF#1', 'EVT#3']), 5000)
  await second.stop()
})
