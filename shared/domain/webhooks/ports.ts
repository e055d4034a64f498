import type { WebhookMessage } from '../../api/schemas/webhooks.ts'
import type { NumberedEvent } from '../audit/event.ts'
import type { EventLog } from '../live/useChanges.ts'
import type { DuePage } from '../pipeline/duePages.ts'
import type { Created, Slice, Written } from '../ports.ts'
import type { RequestMark } from '../tasks/task.ts'
import type { Delivery, Replay } from './delivery.ts'
import type { Seen, Webhook } from './webhook.ts'

/** Who asked for a write, and whether the request has run before. */
interface Asked {
  readonly userId: string
  readonly mark: RequestMark | null
  readonly now: string
}

export interface Webhooks {
  /** All places of a workspace that were ever taken, in their order, those of deleted webhooks included. */
  places(workspaceId: string): Promise<readonly Seen[]>
  place(workspaceId: string, slot: number): Promise<Seen | undefined>
  /** Takes a free place, or that of one that was deleted. A loss without an earlier run: the place is taken. */
  add(webhook: Webhook, deleted: Webhook | undefined, asked: Asked): Promise<Created<Webhook>>
  /** Loses to any change since the version before. */
  edit(webhook: Webhook): Promise<Written<Webhook>>
  /** The same for a request that is to be answered alike when it comes again. */
  rotate(webhook: Webhook, asked: Asked): Promise<Created<Webhook>>
  /** Notes since when deliveries fail, if that is not noted yet; answers since when. */
  failing(webhook: Webhook, since: string): Promise<string>
  /** Forgets that deliveries failed. */
  working(webhook: Webhook): Promise<void>
}

export interface Deliveries {
  delivery(workspaceId: string, webhookId: string, deliveryId: string): Promise<Delivery | undefined>
  /** Newest first, before `before`. */
  deliveries(workspaceId: string, webhookId: string, limit: number, before?: string): Promise<Slice<Delivery>>
  /** Writes one where there is none, or over the version that was seen. */
  write(delivery: Delivery, seen: Delivery | undefined): Promise<Written<Delivery>>
  /** The same for a request that is to be answered alike when it comes again. */
  ask(delivery: Delivery, seen: Delivery | undefined, asked: Asked): Promise<Created<Delivery>>
  addReplay(replay: Replay, asked: Asked): Promise<Created<Replay>>
}

/** Deliveries that wait, by when they are to be tried. */
export interface WaitingDeliveries {
  readonly shards: readonly string[]
  /** What is due at or before an instant, earliest first; a page of it, behind `after`. */
  due(shard: string, now: string, after?: string): Promise<DuePage<Delivery>>
}

/** The numbered events of workspaces. */
export interface LoggedEvents extends EventLog {
  event(workspaceId: string, sequence: number): Promise<NumberedEvent | undefined>
}

export interface WebhookQueue {
  /** Sends all or throws. They arrive after so many seconds at the earliest, 900 at most. */
  send(messages: readonly WebhookMessage[], delaySeconds?: number): Promise<void>
}

/** Secrets of webhooks, sealed for the very webhook that has them. */
export interface Secrets {
  seal(webhook: Pick<Webhook, 'workspaceId' | 'id'>, secret: string): string
  /** `undefined` for what was sealed with another key. */
  open(webhook: Pick<Webhook, 'workspaceId' | 'id'>, sealed: string): string | undefined
}
