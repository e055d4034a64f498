import * as z from 'zod/mini'
import * as id from './ids.ts'
import { list } from './task.ts'
import { text } from './text.ts'
import { instant } from './time.ts'

/** `*`, all of a kind (`task.*`), or one type (`task.created`). */
const pattern = z.string().check(
  z.regex(/^(\*|[a-z][A-Za-z]{0,39}\.(\*|[a-z][A-Za-z]{0,39}))$/, {
    error: 'must be *, all of a kind such as task.*, or one type such as task.created',
  }),
  z.meta({ examples: ['task.*'] }),
)

const fields = {
  url: text(1, 2_000),
  events: list(pattern, 50).check(z.minLength(1)),
  projectIds: list(id.projectId, 50),
  description: text(0, 500),
  active: z.boolean(),
}

export const webhookCreate = z.strictObject({
  url: fields.url,
  events: z._default(fields.events, ['*']),
  projectIds: z._default(fields.projectIds, []),
  description: z._default(fields.description, ''),
  active: z._default(fields.active, true),
})
export type WebhookCreate = z.infer<typeof webhookCreate>

export const webhookPatch = z.partial(z.strictObject(fields))
export type WebhookPatch = z.infer<typeof webhookPatch>

export const disabledReasons = ['failures', 'gone'] as const

export const webhook = z.strictObject({
  id: id.webhookId,
  workspaceId: id.workspaceId,
  url: z.string(),
  events: z.array(z.string()),
  projectIds: z.array(id.projectId),
  description: z.string(),
  active: z.boolean(),
  /** Why and since when it is off, where nobody has switched it off. */
  disabled: z.nullable(z.strictObject({ at: instant, because: z.enum(disabledReasons) })),
  /** Since when every delivery has failed. */
  failingSince: z.nullable(instant),
  /** Until when the secret before the last rotation signs too. */
  previousSecretUntil: z.nullable(instant),
  /** In whose name it is told: events reach it as long as this person may have webhooks. */
  responsibleId: id.userId,
  createdAt: instant,
  createdBy: id.userId,
  updatedAt: instant,
  version: z.int(),
  allowedActions: z.array(z.string()),
})
export type WebhookReply = z.infer<typeof webhook>

/** The only answers that show a secret: to whoever makes or rotates it. */
export const webhookWithSecret = z.strictObject({ ...webhook.shape, secret: z.string() })
export type WebhookWithSecret = z.infer<typeof webhookWithSecret>

export const webhookList = z.strictObject({ items: z.array(webhook) })

export const deliveryStates = ['waiting', 'succeeded', 'failed', 'suppressed'] as const

const attempt = z.strictObject({
  at: instant,
  /** Of the answer; `null` where there was none. */
  status: z.nullable(z.int()),
  /** Why it did not succeed. */
  reason: z.nullable(z.string()),
  milliseconds: z.int(),
})

export const delivery = z.strictObject({
  id: id.deliveryId,
  webhookId: id.webhookId,
  type: z.string(),
  /** Number of the event; `null`: a test. */
  sequence: z.nullable(z.int()),
  /** The replay that it is of. */
  replayId: z.nullable(id.replayId),
  state: z.enum(deliveryStates),
  /** Why it was suppressed or given up. */
  reason: z.nullable(z.string()),
  /** How often it was tried; the last twenty times in detail. */
  attempted: z.int(),
  attempts: z.array(attempt),
  nextAttemptAt: z.nullable(instant),
  createdAt: instant,
})
export type DeliveryReply = z.infer<typeof delivery>

const sequence = z.int().check(z.gte(1))
export const replayCreate = z
  .strictObject({ fromSequence: sequence, toSequence: z.optional(sequence) })
  .check(
    z.refine(({ fromSequence, toSequence }) => toSequence === undefined || toSequence >= fromSequence, {
      error: 'must not be below fromSequence',
      path: ['toSequence'],
    }),
  )
export type ReplayCreate = z.infer<typeof replayCreate>

export const replay = z.strictObject({
  id: id.replayId,
  webhookId: id.webhookId,
  fromSequence: z.int(),
  toSequence: z.int(),
  createdAt: instant,
})
export type ReplayReply = z.infer<typeof replay>

const ofWebhook = {
  workspaceId: id.workspaceId,
  webhookId: id.webhookId,
  /** The place of the webhook in its workspace. */
  slot: z.int(),
}

/** A message of the webhooks queue. */
export const webhookMessage = z.discriminatedUnion('kind', [
  /** One attempt; `attempt` counts those before it. A delivery that is not on record is of the event `sequence`. */
  z.strictObject({
    kind: z.literal('attempt'),
    ...ofWebhook,
    deliveryId: id.deliveryId,
    sequence: z.nullable(z.int()),
    replayId: z.nullable(id.replayId),
    attempt: z.int(),
  }),
  /** The events of a replay from `from` on. */
  z.strictObject({
    kind: z.literal('replay'),
    ...ofWebhook,
    replayId: id.replayId,
    from: z.int(),
    to: z.int(),
    at: instant,
  }),
])
export type WebhookMessage = z.infer<typeof webhookMessage>
export type AttemptMessage = Extract<WebhookMessage, { kind: 'attempt' }>
export type ReplayMessage = Extract<WebhookMessage, { kind: 'replay' }>
