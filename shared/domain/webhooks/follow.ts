import type { AttemptMessage } from '../../api/schemas/webhooks.ts'
import type { NumberedEvent } from '../audit/event.ts'
import type { Follower, WorkspaceLog } from '../pipeline/followed.ts'
import { deliveryIdOf } from './delivery.ts'
import { wants } from './match.ts'
import type { WebhookQueue, Webhooks } from './ports.ts'
import { isOn, type Webhook } from './webhook.ts'

/** The message by which a webhook is told of an event; `replayed` when it is told once more. */
export const tellingOf = (
  webhook: Pick<Webhook, 'workspaceId' | 'id' | 'slot'>,
  { sequence, at }: Pick<NumberedEvent, 'sequence' | 'at'>,
  replayed?: { readonly id: string; readonly at: string },
): AttemptMessage => ({
  kind: 'attempt',
  workspaceId: webhook.workspaceId,
  webhookId: webhook.id,
  slot: webhook.slot,
  deliveryId: deliveryIdOf(webhook.id, sequence, replayed?.id ?? null, replayed?.at ?? at),
  sequence,
  replayId: replayed?.id ?? null,
  attempt: 0,
})

interface FollowWorld {
  readonly webhooks: Pick<Webhooks, 'places'>
  readonly queue: WebhookQueue
}

/** One read for a batch of events, however many: a webhook hears from the very next event on. */
const messagesFor = async (
  { workspaceId, events }: WorkspaceLog,
  { webhooks }: FollowWorld,
): Promise<AttemptMessage[]> => {
  const all = (await webhooks.places(workspaceId)).map(({ webhook }) => webhook).filter(isOn)
  return events.flatMap((event) =>
    all.filter((webhook) => wants(webhook, event)).map((webhook) => tellingOf(webhook, event)),
  )
}

/** Hands to the queue what webhooks want to hear. Told again, it hands on the same, which is delivered once. */
export const followWebhooks =
  (world: FollowWorld): Follower =>
  async ({ logs }) => {
    const messages = (await Promise.all(logs.map((log) => messagesFor(log, world)))).flat()
    if (messages.length > 0) await world.queue.send(messages)
  }
