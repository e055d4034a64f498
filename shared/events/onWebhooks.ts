import type { SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { webhookMessage } from '../api/schemas/webhooks.ts'
import { type DeliverWorld, deliver } from '../domain/webhooks/deliver.ts'
import { runReplay } from '../domain/webhooks/runReplay.ts'
import { eachMessage } from './eachMessage.ts'

/** Handler of the webhooks queue. The messages of a batch go at once: a receiver that is slow holds up no other. */
export const onWebhooks = (world: DeliverWorld) => (event: SQSEvent) =>
  eachMessage(event, {
    failed: 'webhook.failed',
    width: event.Records.length,
    deal: async (content) => {
      const message = z.parse(webhookMessage, content)
      if (message.kind === 'attempt') return deliver(message, world)
      await runReplay(message, world)
      return true
    },
  })
