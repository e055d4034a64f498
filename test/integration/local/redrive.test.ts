import { join } from 'node:path'
import { DescribeTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import type { DynamoDBRecord } from 'aws-lambda'
import { expect, onTestFinished, test, vi } from 'vitest'
import { listShards, openShard } from '../../../local/lambda/shardReader.ts'
import { sendToDeadLetters } from '../../../local/lambda/streamDeadLetter.ts'
import { startDynamoDb } from '../../../local/parts/dynamodb.ts'
import { clientOptions } from '../../../local/parts/part.ts'
import { deadLettersOf, declaredQueues, streamDeadLetters } from '../../../local/parts/queueNames.ts'
import { startSqs } from '../../../local/parts/sqs.ts'
import { findDeadLetters } from '../../../local/redrive/deadLetters.ts'
import type { Feed } from '../../../local/redrive/feedAgain.ts'
import { moveByHand } from '../../../local/redrive/moveBack.ts'
import { redrive } from '../../../local/redrive/redrive.ts'
import { triggers } from '../../../shared/api/triggers.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const tableName = 'duely'

const start = async () => {
  const dataDir = temporaryDirectory()
  const dynamo = await startDynamoDb({ file: join(dataDir, 'table.sqlite'), tableName })
  const part = await startSqs({ dataDir, queues: declaredQueues(triggers) })
  const sqs = new SQSClient(clientOptions(part.endpoint))
  const streams = new DynamoDBStreamsClient(clientOptions(dynamo.endpoint))
  const database = new DynamoDBClient(clientOptions(dynamo.endpoint))
  onTestFinished(async () => {
    for (const client of [sqs, streams, database]) client.destroy()
    await part.close()
    await dynamo.close()
  })
  const send = (queue: string, ...bodies: string[]) =>
    Promise.all(
      bodies.map((MessageBody) =>
        sqs.send(new SendMessageCommand({ QueueUrl: part.queueUrl(queue), MessageBody })),
      ),
    )
  /** What lies in a queue, which stays there. */
  const inside = async (queue: string): Promise<string[]> => {
    const QueueUrl = part.queueUrl(queue)
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
    )
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))
    }
    return Messages.map(({ Body }) => String(Body)).sort()
  }
  const lines: string[] = []
  const feed: Feed = async () => ({ batchItemFailures: [] })
  const options = {
    sqs,
    streams,
    feed,
    prefix: '',
    dryRun: false,
    log: (line: string) => void lines.push(line),
  }
  return { sqs, streams, database, part, send, inside, lines, options }
}

test('what failed goes back to the queue it came from, and only there', async () => {
  const { send, inside, lines, options } = await start()
  await send(deadLettersOf('webhooks'), 'one', 'two')
  await send(deadLettersOf('jobs'), 'three')
  expect(await redrive({ ...options, dryRun: true })).toBe(true)
  expect(lines.sort()).toEqual([
    'jobs: 1',
    'mailEvents: 0',
    'mails: 0',
    'notifications: 0',
    'stream: 0',
    'webhooks: 2',
  ])
  lines.length = 0
  await redrive({ ...options, queue: 'webhooks' })
  expect(lines).toEqual(['webhooks: 2, 2 put back'])
  await vi.waitFor(async () => expect(await inside('webhooks')).toEqual(['one', 'two']))
  expect(await inside('jobs')).toEqual([])
  expect(await inside(deadLettersOf('webhooks'))).toEqual([])
  expect(await inside(deadLettersOf('jobs'))).toEqual(['three'])
  expect(await redrive({ ...options, queue: 'nonsense' })).toBe(false)
})

test('where the service cannot move them, nothing is lost whenever the tool dies', async () => {
  const { sqs, send, part } = await start()
  const bodies = Array.from({ length: 23 }, (_, n) => `message ${n}`)
  await send(deadLettersOf('jobs'), ...bodies)
  const [letters] = (await findDeadLetters(sqs, '')).filter(({ name }) => name === 'jobs')
  if (letters?.kind !== 'messages') throw new Error('no dead letters of the jobs')
  // It dies between putting a message back and taking it away.
  let calls = 0
  const mortal = Object.assign(Object.create(sqs), {
    send: (command: never) => {
      calls++
      if (calls === 9) throw new Error('the tool dies')
      return sqs.send(command)
    },
  })
  await expect(moveByHand(mortal, letters)).rejects.toThrow('dies')
  const taken = async (queue: string): Promise<string[]> => {
    const QueueUrl = part.queueUrl(queue)
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 })
    const { Messages = [] } = await sqs.send(command)
    if (Messages.length === 0) return []
    return [...Messages.map(({ Body }) => String(Body)), ...(await taken(queue))]
  }
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: letters.queue.url,
      AttributeNames: ['ApproximateNumberOfMessagesNotVisible'],
    }),
  )
  const hidden = Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
  const found = [...(await taken('jobs')), ...(await taken(deadLettersOf('jobs')))]
  expect(hidden).toBeGreaterThan(0)
  // The one under way lies in both, or is hidden in one of them.
  expect(bodies.length - new Set(found).size).toBeLessThanOrEqual(hidden)
  expect(found.length + hidden).toBeGreaterThanOrEqual(bodies.length)
})

test('records that were parked are read from the stream and fed again; one that fails stops no other', async () => {
  const { sqs, streams, database, part, lines, options } = await start()
  for (const id of ['a', 'bad', 'c']) {
    const Item = { PK: { S: 'WSP#1' }, SK: { S: `EVT#${id}` } }
    await database.send(new PutItemCommand({ TableName: tableName, Item }))
  }
  const { Table } = await database.send(new DescribeTableCommand({ TableName: tableName }))
  const streamArn = String(Table?.LatestStreamArn)
  const parked: string[] = []
  for (const shardId of await listShards(streams, streamArn)) {
    const reader = await openShard(streams, { streamArn, shardId, lastSequenceNumber: undefined })
    for (const record of (await reader.next(10)) ?? []) {
      const letter = { functionName: 'followLog', streamArn, shardId, records: [record], attempts: 6 }
      await sendToDeadLetters(sqs, part.queueUrl(streamDeadLetters), letter)
      parked.push(String(record.dynamodb?.Keys?.SK?.S))
    }
  }
  expect(parked.sort()).toEqual(['EVT#a', 'EVT#bad', 'EVT#c'])
  await sqs.send(
    new SendMessageCommand({ QueueUrl: part.queueUrl(streamDeadLetters), MessageBody: '{"no":"pointer"}' }),
  )
  const fed: string[] = []
  const feed: Feed = async (name, { Records }) => {
    const keys = Records.map((record: DynamoDBRecord) => String(record.dynamodb?.Keys?.SK?.S))
    fed.push(...keys.map((key) => `${name} ${key}`))
    const failed = keys.includes('EVT#bad')
    return { batchItemFailures: failed ? [{ itemIdentifier: '1' }] : [] }
  }
  expect(await redrive({ ...options, feed, queue: 'stream' })).toBe(true)
  expect(fed.sort()).toEqual(['followLog EVT#a', 'followLog EVT#bad', 'followLog EVT#c'])
  expect(lines.at(-1)).toBe('stream: 4, 2 fed again')
  const found = await findDeadLetters(sqs, '')
  expect(found.map(({ name }) => name)).toContain('stream')
})
