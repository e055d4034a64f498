import type {
  AttemptMessage,
  DeliveryReply,
  deliveryStates,
  ReplayReply,
} from '../../api/schemas/webhooks.ts'
import { derivedSeed, makeId } from '../ids.ts'
import type { Answer } from './egress.ts'

export interface Attempt extends Answer {
  readonly at: string
}

/** One message to a webhook, with every attempt to deliver it. */
export interface Delivery {
  readonly id: string
  readonly workspaceId: string
  readonly webhookId: string
  readonly slot: number
  readonly type: string
  readonly sequence: number | null
  readonly replayId: string | null
  /** Whether the event is of the audit log, which only owners read. */
  readonly audit: boolean
  readonly state: (typeof deliveryStates)[number]
  readonly reason: string | null
  readonly attempted: number
  /** The last of them. */
  readonly attempts: readonly Attempt[]
  readonly nextAttemptAt: string | null
  /** When it is looked after, should nothing have come of it by then. */
  readonly wakeAt: string | null
  /** The attempt under way, and until when nobody else makes it. */
  readonly claim: string | null
  readonly claimedUntil: string | null
  /** How often somebody has asked for an attempt. */
  readonly asks: number
  readonly createdAt: string
  readonly version: number
}

/** A request to deliver what has been numbered already once more. */
export interface Replay {
  readonly id: string
  readonly workspaceId: string
  readonly webhookId: string
  readonly slot: number
  readonly fromSequence: number
  readonly toSequence: number
  readonly createdAt: string
  readonly createdBy: string
}

/**
 * The id of what a webhook is told about an event: the same however often it is handed on, so that receivers know a
 * repetition. A replay tells anew, under ids of its own.
 * @param at when the event happened, or the replay was asked for
 */
export const deliveryIdOf = (
  webhookId: string,
  sequence: number,
  replayId: string | null,
  at: string,
): string => makeId('delivery', Date.parse(at), derivedSeed(webhookId, String(sequence), replayId ?? ''))

export const newDelivery = (
  about: Pick<
    Delivery,
    'id' | 'workspaceId' | 'webhookId' | 'slot' | 'type' | 'sequence' | 'replayId' | 'audit'
  >,
  now: string,
): Delivery => ({
  ...about,
  state: 'waiting',
  reason: null,
  attempted: 0,
  attempts: [],
  nextAttemptAt: now,
  wakeAt: null,
  claim: null,
  claimedUntil: null,
  asks: 0,
  createdAt: now,
  version: 1,
})

/** The message for the next attempt. */
export const attemptOf = (delivery: Delivery): AttemptMessage => ({
  kind: 'attempt',
  workspaceId: delivery.workspaceId,
  webhookId: delivery.webhookId,
  slot: delivery.slot,
  deliveryId: delivery.id,
  sequence: delivery.sequence,
  replayId: delivery.replayId,
  attempt: delivery.attempted,
})

const keptAttempts = 20

/** A delivery after one more attempt. */
export const attempted = (delivery: Delivery, attempt: Attempt): Delivery => ({
  ...delivery,
  attempted: delivery.attempted + 1,
  attempts: [...delivery.attempts, attempt].slice(-keptAttempts),
  claim: null,
  claimedUntil: null,
  nextAttemptAt: null,
  wakeAt: null,
  version: delivery.version + 1,
})

export const presentDelivery = (delivery: Delivery): DeliveryReply => ({
  id: delivery.id,
  webhookId: delivery.webhookId,
  type: delivery.type,
  sequence: delivery.sequence,
  replayId: delivery.replayId,
  state: delivery.state,
  reason: delivery.reason,
  attempted: delivery.attempted,
  attempts: delivery.attempts.map(({ at, status, reason, milliseconds }) => ({
    at,
    status,
    reason,
    milliseconds,
  })),
  nextAttemptAt: delivery.nextAttemptAt,
  createdAt: delivery.createdAt,
})

export const presentReplay = (replay: Replay): ReplayReply => ({
  id: replay.id,
  webhookId: replay.webhookId,
  fromSequence: replay.fromSequence,
  toSequence: replay.toSequence,
  createdAt: replay.createdAt,
})
