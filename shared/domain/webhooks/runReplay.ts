import type { ReplayMessage } from '../../api/schemas/webhooks.ts'
import { tellingOf } from './follow.ts'
import { wants } from './match.ts'
import type { EventLog, WebhookQueue, Webhooks } from './ports.ts'

export interface ReplayWorld {
  readonly webhooks: Pick<Webhooks, 'place'>
  readonly log: EventLog
  readonly queue: WebhookQueue
}

/** Numbers that one step looks at. */
const step = 100

/** One step of a replay: what it tells goes to the queue, then a message for the next step. Done again, it tells the same. */
export const runReplay = async (
  message: ReplayMessage,
  { webhooks, log, queue }: ReplayWorld,
): Promise<void> => {
  const { workspaceId, webhookId, slot, replayId, from, to, at } = message
  const upTo = Math.min(to, from + step - 1)
  const [seen, events] = await Promise.all([
    webhooks.place(workspaceId, slot),
    log.events(workspaceId, from, upTo),
  ])
  const webhook = seen?.webhook
  if (webhook === undefined || webhook.id !== webhookId || webhook.deletedAt !== null) return
  const told = events.filter((event) => wants(webhook, event))
  const messages = told.map((event) => tellingOf(webhook, event, { id: replayId, at }))
  if (messages.length > 0) await queue.send(messages)
  if (upTo < to) await queue.send([{ ...message, from: upTo + 1 }])
}
