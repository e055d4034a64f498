import type { WebhookMessage } from '../../api/schemas/webhooks.ts'
import type { Change, Record } from '../pipeline/record.ts'
import { attemptOf, type Delivery, type Replay } from './delivery.ts'

const askedAttempt = ({ before, after }: Change<Delivery>): WebhookMessage[] =>
  after !== undefined && after.asks > (before?.asks ?? 0) ? [attemptOf(after)] : []

const firstStep = ({ before, after }: Change<Replay>): WebhookMessage[] => {
  if (before !== undefined || after === undefined) return []
  const {
    workspaceId,
    webhookId,
    slot,
    id: replayId,
    fromSequence: from,
    toSequence: to,
    createdAt: at,
  } = after
  return [{ kind: 'replay', workspaceId, webhookId, slot, replayId, from, to, at }]
}

/** Work for the webhooks queue that follows from what somebody asked for. */
export const webhookMessages = (record: Record): WebhookMessage[] => {
  if (record.kind === 'delivery') return askedAttempt(record)
  return record.kind === 'replay' ? firstStep(record) : []
}
