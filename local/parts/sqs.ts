import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { SendMessageCommand, type SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs'
import { createRequestHandler } from 'local-aws-sqs'
import { closeServer, listenOnLoopback } from './listen.ts'
import { clientOptions, localAccount, localRegion, type Part } from './part.ts'
import { type KeptMessage, openQueueJournal, type QueueJournal } from './queueJournal.ts'
import { deadLettersOf, type QueueSettings, queueArn, streamDeadLetters } from './queueNames.ts'
import { recordRequest } from './sqsRecorder.ts'

export interface SqsOptions {
  readonly dataDir: string
  readonly queues: readonly QueueSettings[]
}

export interface SqsPart extends Part {
  queueUrl(queue: string): string
}

/**
 * Starts the SQS-compatible server with the declared queues, their dead-letter queues and the one of the
 * stream. The server keeps messages in memory; a journal beside it makes them durable: nothing accepted is
 * lost, not even when this process is killed. After a restart every message not yet deleted is delivered
 * again at once (as after the end of its visibility timeout) under a new id, with its count of receives
 * begun anew; one that had used up its receives goes to the dead-letter queue.
 */
export async function startSqs({ dataDir, queues }: SqsOptions): Promise<SqsPart> {
  mkdirSync(dataDir, { recursive: true })
  const journal = openQueueJournal(join(dataDir, 'queues.sqlite'), queues)
  const { service, requestHandler } = createRequestHandler({
    port: 0,
    hostname: '127.0.0.1',
    region: localRegion,
    accountId: localAccount,
    queues: queueInputs(queues),
  })
  let replaying = true
  const server = createServer((request, response) => {
    if (replaying || recordRequest(request, response, journal)) void requestHandler(request, response)
  })
  const port = await listenOnLoopback(server)
  service.PORT = port
  const endpoint = `http://127.0.0.1:${port}`
  const queueUrl = (queue: string) => `${endpoint}/${localAccount}/${queue}`
  await replay(journal, queues, endpoint, queueUrl)
  replaying = false
  return { endpoint, queueUrl, close: once(() => closeServer(server).then(() => journal.close())) }
}

const once = (action: () => Promise<void>): (() => Promise<void>) => {
  let result: Promise<void> | undefined
  return () => {
    result ??= action()
    return result
  }
}

/** Dead-letter queues come first: the server refuses a redrive policy towards a queue that is not there. */
const queueInputs = (queues: readonly QueueSettings[]) => [
  { QueueName: streamDeadLetters, Attributes: { MessageRetentionPeriod: 1209600 } },
  ...queues.map(({ name }) => ({
    QueueName: deadLettersOf(name),
    Attributes: { MessageRetentionPeriod: 1209600 },
  })),
  ...queues.map(({ name, visibilityTimeoutSeconds, maxReceives }) => ({
    QueueName: name,
    Attributes: {
      VisibilityTimeout: visibilityTimeoutSeconds,
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: queueArn(deadLettersOf(name)),
        maxReceiveCount: maxReceives,
      }),
    },
  })),
]

/** Puts what the journal kept back into the queues, before anybody else is served. */
async function replay(
  journal: QueueJournal,
  queues: readonly QueueSettings[],
  endpoint: string,
  queueUrl: (queue: string) => string,
): Promise<void> {
  const client = new SQSClient(clientOptions(endpoint))
  for (const message of journal.pending()) {
    const { queue, receives } = placeOf(message, queues)
    const sent = await client.send(new SendMessageCommand(sendInput(message, queueUrl(queue))))
    journal.rename(message.id, String(sent.MessageId), receives)
  }
  client.destroy()
}

function placeOf(
  message: KeptMessage,
  queues: readonly QueueSettings[],
): { queue: string; receives: number } {
  const settings = queues.find(({ name }) => name === message.queue)
  if (settings === undefined || message.receives < settings.maxReceives)
    return { queue: message.queue, receives: 0 }
  return { queue: deadLettersOf(message.queue), receives: message.receives }
}

const sendInput = ({ input, visibleAt }: KeptMessage, queueUrl: string): SendMessageCommandInput => ({
  ...(input as unknown as SendMessageCommandInput),
  QueueUrl: queueUrl,
  DelaySeconds: Math.max(0, Math.ceil((visibleAt - Date.now()) / 1000)),
})
