import type { AttemptMessage } from '../../api/schemas/webhooks.ts'
import { secondsAfter } from '../time/secondsAfter.ts'
import { mostQueueSeconds, safetySeconds, waitAfter } from './backOff.ts'
import { attempted, attemptOf, type Delivery } from './delivery.ts'
import type { Answer, Egress } from './egress.ts'
import { noteHealth, succeeded } from './health.ts'
import { bodyOf } from './payload.ts'
import type { Secrets, WebhookQueue } from './ports.ts'
import { signedHeaders } from './signature.ts'
import {
  deliveryFor,
  type Subject,
  type SubjectWorld,
  subjectOf,
  type Verdict,
  verdictOn,
} from './subject.ts'
import { previousAt, type Webhook } from './webhook.ts'

export interface DeliverWorld extends SubjectWorld {
  readonly queue: WebhookQueue
  readonly egress: Egress
  readonly secrets: Secrets
  /** RFC 3339. */
  readonly now: () => string
  /** 0 to 1. */
  readonly random: () => number
  /** Names one attempt. */
  readonly newClaim: () => string
}

/** How long an attempt holds a delivery: longer than the function may run. */
const claimSeconds = 60

/** Secrets that sign now, the present one first. */
const secretsOf = (webhook: Webhook, now: string, { secrets }: Pick<DeliverWorld, 'secrets'>): string[] => {
  const previous = previousAt(webhook, now)
  const sealed = [webhook.secret, ...(previous === null ? [] : [previous.secret])]
  return sealed.flatMap((secret) => secrets.open(webhook, secret) ?? [])
}

/** With another key of the deployment no secret opens any more. */
const unsigned: Answer = { status: null, reason: 'the secret is lost: rotate it', milliseconds: 0 }

const send = async (
  delivery: Delivery,
  { webhook, event }: Subject,
  { task }: Extract<Verdict, { send: true }>,
  world: DeliverWorld,
): Promise<Answer> => {
  const body = bodyOf(delivery, event, task)
  const at = world.now()
  const secrets = secretsOf(webhook, at, world)
  if (secrets.length === 0) return unsigned
  return world.egress.post({
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Duely-Webhooks/1',
      ...signedHeaders({ id: delivery.id, at, body }, secrets),
    },
    body,
  })
}

/** What an answer makes of a delivery, and after how many seconds the next attempt is due. */
const outcomeOf = (
  delivery: Delivery,
  answer: Answer,
  now: string,
  random: number,
): { readonly next: Delivery; readonly wait: number | undefined } => {
  const after = attempted(delivery, { at: now, ...answer })
  if (succeeded(answer)) return { next: { ...after, state: 'succeeded', reason: null }, wait: undefined }
  const wait = waitAfter(after.attempted, random)
  if (wait === undefined) {
    const reason = 'given up after the last attempt'
    return { next: { ...after, state: 'failed', reason }, wait }
  }
  const nextAttemptAt = secondsAfter(now, wait)
  // The queue holds back the shorter waits; of those the index knows only should a message get lost.
  const wakeAt = wait > mostQueueSeconds ? nextAttemptAt : secondsAfter(nextAttemptAt, safetySeconds)
  return { next: { ...after, state: 'waiting', nextAttemptAt, wakeAt }, wait }
}

const attempt = async (
  claimed: Delivery,
  subject: Subject,
  verdict: Extract<Verdict, { send: true }>,
  world: DeliverWorld,
): Promise<void> => {
  const answer = await send(claimed, subject, verdict, world)
  // From here to the write of the outcome lies the one window in which a crash can send a message twice.
  const now = world.now()
  await noteHealth(subject.webhook, answer, now, world.webhooks)
  const { next, wait } = outcomeOf(claimed, answer, now, world.random())
  const { won } = await world.deliveries.write(next, claimed)
  if (won && wait !== undefined && wait <= mostQueueSeconds) await world.queue.send([attemptOf(next)], wait)
}

/** Another message is for this attempt, or it has been made. */
const isPast = (seen: Delivery | undefined, { attempt }: AttemptMessage): boolean =>
  seen !== undefined && (seen.state !== 'waiting' || seen.attempted !== attempt)

/**
 * Makes one attempt to tell a webhook: look again whether it may be told, claim the delivery, send, note the outcome.
 * Returns `false` while another attempt is under way: to be tried again later.
 */
export const deliver = async (message: AttemptMessage, world: DeliverWorld): Promise<boolean> => {
  const subject = await subjectOf(message, world)
  if (subject === undefined || isPast(subject.seen, message)) return true
  const now = world.now()
  const { seen } = subject
  if (seen?.claimedUntil && seen.claimedUntil > now) return false
  const verdict = await verdictOn(subject, world)
  if (verdict === 'pass over') return true
  const delivery = deliveryFor(message, subject, now)
  const version = seen === undefined ? 1 : seen.version + 1
  const rest = { claim: null, claimedUntil: null, nextAttemptAt: null, wakeAt: null, version }
  if (!verdict.send) {
    const { won } = await world.deliveries.write(
      { ...delivery, ...rest, state: 'suppressed', reason: verdict.why },
      seen,
    )
    return won
  }
  const claim = world.newClaim()
  const claimed = { ...delivery, ...rest, claim, claimedUntil: secondsAfter(now, claimSeconds) }
  const written = await world.deliveries.write(claimed, seen)
  // Our own claim in the way: the answer to the first attempt of the client got lost.
  if (!written.won && written.present?.claim !== claim) return false
  await attempt(claimed, subject, verdict, world)
  return true
}
