import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { SQSEvent } from 'aws-lambda'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startQueuePoller } from '../../../local/lambda/queuePoller.ts'
import { clientOptions } from '../../../local/parts/part.ts'
import { deadLettersOf, declaredQueues } from '../../../local/parts/queueNames.ts'
import { startSqs } from '../../../local/parts/sqs.ts'
import type { QueueConsumer } from '../../../shared/api/declaration.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const consumer: QueueConsumer = {
  kind: 'queue',
  name: 'work',
  summary: 'test',
  timeoutSeconds: 5,
  queue: 'notifications',
  batchSize: 10,
  maxReceives: 2,
  visibilityTimeoutSeconds: 1,
  maxConcurrency: 2,
  uses: {},
}

async function startQueue(dataDir = temporaryDirectory(), settings = consumer) {
  const sqs = await startSqs({ dataDir, queues: declaredQueues([settings]) })
  const client = new SQSClient(clientOptions(sqs.endpoint))
  const stop = async () => {
    client.destroy()
    await sqs.close()
  }
  onTestFinished(stop)
  const send = (...bodies: string[]) =>
    Promise.all(
      bodies.map((MessageBody) =>
        client.send(new SendMessageCommand({ QueueUrl: sqs.queueUrl(settings.queue), MessageBody })),
      ),
    )
  const receive = async (queue: string) => {
    const command = new ReceiveMessageCommand({ QueueUrl: sqs.queueUrl(queue), MaxNumberOfMessages: 10 })
    return ((await client.send(command)).Messages ?? []).map(({ Body }) => Body).sort()
  }
  const poll = (answer: (event: SQSEvent) => unknown) =>
    startQueuePoller({
      consumer: settings,
      invoke: async (_name, event) => answer(event as SQSEvent),
      log: () => undefined,
      sqsEndpoint: sqs.endpoint,
      queueUrl: sqs.queueUrl(settings.queue),
      pollInterval: 5,
    })
  return { send, receive, poll, stop }
}

test('messages a function dealt with are gone; those it reported come again', async () => {
  const queue = await startQueue()
  const seen: string[] = []
  const poller = queue.poll(({ Records }) => {
    const failed = Records.filter(({ body }) => body === 'bad' && !seen.includes('bad'))
    seen.push(...Records.map(({ body }) => body))
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
  })
  await queue.send('good', 'bad')
  await vi.waitFor(() => expect(seen.filter((body) => body === 'bad')).toHaveLength(2), 5000)
  await poller.stop()
  expect(seen.filter((body) => body === 'good')).toHaveLength(1)
})

test('the event has the shape of Lambda’s, with the count of receives', async () => {
  const queue = await startQueue()
  const events: SQSEvent[] = []
  const poller = queue.poll((event) => void events.push(event))
  await queue.send('{"a":1}')
  await vi.waitFor(() => expect(events).toHaveLength(1), 5000)
  await poller.stop()
  expect(events[0]?.Records[0]).toMatchObject({
    body: '{"a":1}',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:notifications',
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
  })
})

test('a message that fails on every receive goes to the dead-letter queue', async () => {
  const queue = await startQueue()
  let calls = 0
  const poller = queue.poll(() => {
    calls += 1
    throw new Error('cannot')
  })
  await queue.send('poison')
  await vi.waitFor(
    async () => expect(await queue.receive(deadLettersOf(consumer.queue))).toEqual(['poison']),
    { timeout: 8000, interval: 100 },
  )
  await poller.stop()
  expect(calls).toBe(consumer.maxReceives)
})

test('nothing accepted is lost over a restart: waiting, in flight and dead letters all come back', async () => {
  const dataDir = temporaryDirectory()
  const patient = { ...consumer, visibilityTimeoutSeconds: 600 }
  const before = await startQueue(dataDir, patient)
  await before.send('in flight')
  expect(await before.receive(consumer.queue)).toEqual(['in flight'])
  await before.send('waiting')
  await before.stop()
  const after = await startQueue(dataDir, patient)
  expect(await after.receive(consumer.queue)).toEqual(['in flight', 'waiting'])
  await after.stop()
  const later = await startQueue(dataDir, patient)
  const done: string[] = []
  const poller = later.poll(({ Records }) => void done.push(...Records.map(({ body }) => body)))
  await vi.waitFor(() => expect(done.sort()).toEqual(['in flight', 'waiting']), 5000)
  await poller.stop()
  await later.stop()
  const last = await startQueue(dataDir, patient)
  expect(await last.receive(consumer.queue)).toEqual([])
})

test('a message that had used up its receives is a dead letter after the restart', async () => {
  const dataDir = temporaryDirectory()
  const once = { ...consumer, maxReceives: 1, visibilityTimeoutSeconds: 600 }
  const before = await startQueue(dataDir, once)
  await before.send('poison')
  await before.receive(consumer.queue)
  await before.stop()
  const after = await startQueue(dataDir, once)
  expect(await after.receive(consumer.queue)).toEqual([])
  expect(await after.receive(deadLettersOf(consumer.queue))).toEqual(['poison'])
})
