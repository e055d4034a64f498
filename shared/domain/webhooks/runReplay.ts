import type { ReplayMessage } from '../../api/schemas/webhooks.ts'
import type { NumberedEvent } from '../audit/event.ts'
import { gapless } from '../live/useChanges.ts'
import { tellingOf } from './follow.ts'
import { wants } from './match.ts'
import type { LoggedEvents, WebhookQueue, Webhooks } from './ports.ts'

export interface ReplayWorld {
  readonly webhooks: Pick<Webhooks, 'place'>
  readonly log: LoggedEvents
  readonly queue: WebhookQueue
}

/** Numbers that one step looks at. */
const step = 100

/** Up to where a page of the log reaches: it may end early by its bytes, and old events may be missing. */
const reachOf = (events: readonly NumberedEvent[], upTo: number): number => {
  const [first] = events
  return first === undefined ? upTo : (gapless(first.sequence - 1, events).at(-1)?.sequence ?? upTo)
}

/** One step of a replay: what it tells goes to the queue, then a message for the next step. Done again, it tells the same. */
export const runReplay = async (
  message: ReplayMessage,
  { webhooks, log, queue }: ReplayWorld,
): Promise<void> => {
  const { workspaceId, webhookId, slot, replayId, from, to, at } = message
  const size = Math.min(step, to - from + 1)
  const [seen, events] = await Promise.all([
    webhooks.place(workspaceId, slot),
    log.stretch(workspaceId, from - 1, size),
  ])
  const webhook = seen?.webhook
  if (webhook === undefined || webhook.id !== webhookId || webhook.deletedAt !== null) return
  const upTo = reachOf(events, from + size - 1)
  const told = events.filter((event) => event.sequence <= upTo && wants(webhook, event))
  const messages = told.map((event) => tellingOf(webhook, event, { id: replayId, at }))
  if (messages.length > 0) await queue.send(messages)
  if (upTo < to) await queue.send([{ ...message, from: upTo + 1 }])
}
