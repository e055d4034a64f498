import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { webhookMessage } from '../api/schemas/webhooks.ts'
import { type DeliverWorld, deliver } from '../domain/webhooks/deliver.ts'
import { runReplay } from '../domain/webhooks/runReplay.ts'
import { eachMessage } from './eachMessage.ts'

/** Handler of the webhooks queue. The messages of a batch go at once: a receiver that is slow holds up no other. */
export const onWebhooks =
  (world: DeliverWorld) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const one = (record: SQSEvent['Records'][number]) =>
      eachMessage({ Records: [record] }, 'webhook.failed', async (content) => {
        const message = z.parse(webhookMessage, content)
        if (message.kind === 'attempt') return deliver(message, world)
        await runReplay(message, world)
        return true
      })
    const all = await Promise.all(Records.map(one))
    return { batchItemFailures: all.flatMap(({ batchItemFailures }) => batchItemFailures) }
  }
