import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { clientOptions } from '../../../local/parts/part.ts'
import { deadLettersOf, declaredQueues } from '../../../local/parts/queueNames.ts'
import { startSqs } from '../../../local/parts/sqs.ts'
import { findDeadLetters } from '../../../local/redrive/deadLetters.ts'
import { moveBack, moveByHand } from '../../../local/redrive/moveBack.ts'
import { queueUrlVariable } from '../../../shared/api/environment.ts'
import type { WebhookMessage } from '../../../shared/api/schemas/webhooks.ts'
import { triggers } from '../../../shared/api/triggers.ts'
import { temporaryDirectory } from '../local/temporaryDirectory.ts'

const start = async (dataDir: string) => {
  const part = await startSqs({ dataDir, queues: declaredQueues(triggers) })
  const sqs = new SQSClient(clientOptions(part.endpoint))
  onTestFinished(async () => {
    sqs.destroy()
    await part.close()
  })
  const received: (string | undefined)[][] = []
  /** What the queue has handed out so far, with whose it is. None of it is ever done with. */
  const handedOut = async (): Promise<(string | undefined)[][]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: part.queueUrl('webhooks'),
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 60,
        AttributeNames: ['All'],
      }),
    )
    received.push(...Messages.map(({ Body, Attributes }) => [Body, Attributes?.MessageGroupId]))
    return received.toSorted()
  }
  return { part, sqs, handedOut }
}

/** The queue as the functions have it. */
const queueAt = async ({ endpoint, queueUrl }: Awaited<ReturnType<typeof startSqs>>) => {
  const { region, credentials } = clientOptions(endpoint)
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    [queueUrlVariable('webhooks')]: queueUrl('webhooks'),
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  return (await import('../../../shared/world/queue.ts')).webhookQueue()
}

const of = { workspaceId: 'wsp_1', slot: 0, replayId: 'rpl_1' }
const attempt = (webhookId: string, sequence: number): WebhookMessage => ({
  ...of,
  kind: 'attempt',
  webhookId,
  deliveryId: `dlv_${sequence}`,
  sequence,
  attempt: 0,
})
const messages: WebhookMessage[] = [
  ...[1, 2, 3].map((sequence) => attempt('whk_slow', sequence)),
  attempt('whk_quick', 4),
  { ...of, kind: 'replay', webhookId: 'whk_slow', from: 1, to: 9, at: '2026-01-01T00:00:00.000Z' },
]

test('each message for a webhook says whose it is, no order follows, and a restart forgets nothing', async () => {
  const dataDir = temporaryDirectory()
  const first = await start(dataDir)
  await (await queueAt(first.part)).send(messages)
  const expected = messages.map((message) => [JSON.stringify(message), message.webhookId]).sort()
  await vi.waitFor(async () => expect(await first.handedOut()).toEqual(expected))
  await first.part.close()
  const second = await start(dataDir)
  await vi.waitFor(async () => expect(await second.handedOut()).toEqual(expected))
})

test.each([
  ['the service', moveBack],
  ['hand', moveByHand],
])('what is moved back from the dead letters by %s still says whose it is', async (_, move) => {
  const { part, sqs, handedOut } = await start(temporaryDirectory())
  const QueueUrl = part.queueUrl(deadLettersOf('webhooks'))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one', MessageGroupId: 'whk_slow' }))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'two' }))
  const letters = (await findDeadLetters(sqs, '')).find(({ name }) => name === 'webhooks')
  if (letters?.kind !== 'messages') throw new Error('no dead letters of webhooks')
  await move(sqs, letters)
  const expected = [
    ['one', 'whk_slow'],
    ['two', undefined],
  ]
  await vi.waitFor(async () => expect(await handedOut()).toEqual(expected))
})
