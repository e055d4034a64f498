import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { QueueName } from '../api/declaration.ts'
import { queueUrlVariable } from '../api/environment.ts'
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

/** A queue over SQS. A message that SQS does not take fails the call: the caller runs again. */
const queueNamed = (name: QueueName) => {
  const QueueUrl = required(queueUrlVariable(name))
  const sendRun = async (run: readonly object[], DelaySeconds = 0): Promise<void> => {
    const Entries = run.map((message, n) => ({
      Id: String(n),
      MessageBody: JSON.stringify(message),
      ...(DelaySeconds > 0 && { DelaySeconds }),
    }))
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
    if (Failed.length > 0) throw new Error(`${name} refused ${Failed.length} of ${run.length} messages`)
  }
  return {
    send: async (messages: readonly object[], delaySeconds?: number): Promise<void> => {
      await Promise.all(runs(messages, batchLimit).map((run) => sendRun(run, delaySeconds)))
    },
  }
}

export const notifications = (): NoticeQueue => queueNamed('notifications')
export const mails = (): NoticeQueue & WaitingQueue => queueNamed('mails')
export const jobs = (): JobQueue => queueNamed('jobs')
export const webhookQueue = (): WebhookQueue => queueNamed('webhooks')
