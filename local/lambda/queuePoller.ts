import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import type { SQSRecord } from 'aws-lambda'
import type { QueueConsumer } from '../../shared/api/declaration.ts'
import { clientOptions, localRegion } from '../parts/part.ts'
import { queueArn } from '../parts/queueNames.ts'
import { failuresIn } from './batchReply.ts'
import type { Invoke } from './invoke.ts'
import { type Log, startWorker, type Worker } from './worker.ts'

export interface QueuePollerOptions {
  readonly consumer: QueueConsumer
  readonly invoke: Invoke
  readonly log: Log
  readonly sqsEndpoint: string
  readonly queueUrl: string
  /** Milliseconds between looks at an empty queue; default 100. */
  readonly pollInterval?: number
}

/**
 * Feeds a queue to a function as a Lambda event source mapping does: what the function dealt with is
 * deleted, what it reported as failed (or all of it, when it threw) becomes visible again after the
 * visibility timeout and goes to the dead-letter queue by the queue's own redrive policy.
 */
export function startQueuePoller(options: QueuePollerOptions): Worker {
  const client = new SQSClient(clientOptions(options.sqsEndpoint))
  const worker = startWorker(options.consumer.name, options.log, async (pause) => {
    const messages = await receive(client, options)
    if (messages.length === 0) return pause(options.pollInterval ?? 100)
    await remove(client, options.queueUrl, await handOver(messages, options))
  })
  return {
    stop: async () => {
      await worker.stop()
      client.destroy()
    },
  }
}

/** Short polls: the local server answers a long poll only at the end of its wait. */
async function receive(client: SQSClient, { queueUrl, consumer }: QueuePollerOptions): Promise<Message[]> {
  const received = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(consumer.batchSize, 10),
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  )
  return received.Messages ?? []
}

/** The messages the function dealt with. */
async function handOver(messages: readonly Message[], options: QueuePollerOptions): Promise<Message[]> {
  const { consumer, invoke, log } = options
  try {
    const reply = await invoke(consumer.name, {
      Records: messages.map((message) => toRecord(message, consumer)),
    })
    const failures = failuresIn(
      reply,
      messages.map(({ MessageId }) => String(MessageId)),
    )
    return failures === 'all' ? [] : messages.filter(({ MessageId }) => !failures.has(String(MessageId)))
  } catch (error) {
    log(`${consumer.name} failed on ${messages.length} message(s): ${(error as Error).message}`)
    return []
  }
}

async function remove(client: SQSClient, queueUrl: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }))
  await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
}

const toRecord = (message: Message, { queue }: QueueConsumer): SQSRecord => ({
  messageId: String(message.MessageId),
  receiptHandle: String(message.ReceiptHandle),
  body: message.Body ?? '',
  attributes: message.Attributes as unknown as SQSRecord['attributes'],
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(toRecordAttribute),
  ),
  md5OfBody: String(message.MD5OfBody),
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn(queue),
  awsRegion: localRegion,
})

type MessageAttribute = NonNullable<Message['MessageAttributes']>[string]

const toRecordAttribute = ([name, value]: [string, MessageAttribute]) => [
  name,
  {
    dataType: value.DataType,
    ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
    ...(value.BinaryValue !== undefined && {
      binaryValue: Buffer.from(value.BinaryValue).toString('base64'),
    }),
  },
]
