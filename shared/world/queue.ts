import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { QueueName } from '../api/declaration.ts'
import { queueUrlVariable } from '../api/environment.ts'
import type { WebhookMessage } from '../api/schemas/webhooks.ts'
import type { JobQueue } from '../domain/jobs/ports.ts'
import type { NoticeQueue } from '../domain/notices/ledger.ts'
import type { WaitingQueue } from '../domain/notices/waiting.ts'
import type { WebhookQueue } from '../domain/webhooks/ports.ts'
import { required } from './environment.ts'

const batchLimit = 10

/** Splits a list into runs of at most `size`. */
const runs = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))

/** One client for the life of the container. */
const client = new SQSClient({ maxAttempts: 4 })

/**
 * A queue over SQS. A message that SQS does not take fails the call: the caller runs again.
 * @param groupOf whose a message is, where some may be slow: SQS hands out first what is of others ("fair queues")
 */
const queueNamed = <Message extends object>(name: QueueName, groupOf?: (message: Message) => string) => {
  const QueueUrl = required(queueUrlVariable(name))
  const sendRun = async (run: readonly Message[], DelaySeconds = 0): Promise<void> => {
    const Entries = run.map((message, n) => ({
      Id: String(n),
      MessageBody: JSON.stringify(message),
      ...(groupOf && { MessageGroupId: groupOf(message) }),
      ...(DelaySeconds > 0 && { DelaySeconds }),
    }))
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
    if (Failed.length > 0) throw new Error(`${name} refused ${Failed.length} of ${run.length} messages`)
  }
  return {
    send: async (messages: readonly Message[], delaySeconds?: number): Promise<void> => {
      await Promise.all(runs(messages, batchLimit).map((run) => sendRun(run, delaySeconds)))
    },
  }
}

export const notifications = (): NoticeQueue => queueNamed('notifications')
export const mails = (): NoticeQueue & WaitingQueue => queueNamed<object>('mails')
export const jobs = (): JobQueue => queueNamed('jobs')
/** Of a receiver that is slow the queue holds many messages: they are not to keep those of other webhooks waiting. */
export const webhookQueue = (): WebhookQueue =>
  queueNamed<WebhookMessage>('webhooks', ({ webhookId }) => webhookId)
