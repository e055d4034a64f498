import { isDeepStrictEqual } from 'node:util'
import type { WebhookPatch, WebhookReply, WebhookWithSecret } from '../../api/schemas/webhooks.ts'
import { edit, made, outdated, requireVersion } from '../edited.ts'
import { Failure } from '../failure.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { UseCase } from '../useCase.ts'
import { newSecret } from './signature.ts'
import { present, type Seen, type Webhook } from './webhook.ts'
import {
  answer,
  checked,
  type InWorkspace,
  named,
  type OfWebhook,
  places,
  projectsOf,
  shownSecret,
  type WebhookWorld,
} from './webhookCase.ts'

type Places = readonly Seen[]

export const listWebhooks: UseCase<InWorkspace, WebhookWorld, Places, { items: WebhookReply[] }> = {
  load: places,
  run: async ({ ask, member }, all) => ({
    body: {
      items: all
        .filter(({ webhook }) => webhook.deletedAt === null)
        .toSorted((a, b) => (a.webhook.id < b.webhook.id ? 1 : -1))
        .map((seen) => present(seen, member, ask.now)),
    },
  }),
}

export const getWebhook: UseCase<OfWebhook, WebhookWorld, Places, WebhookReply> = {
  load: places,
  run: async (call, all) => answer(named(all, call.ask), call),
}

type EditAsk = OfWebhook<unknown, WebhookPatch>
interface EditLoaded {
  readonly all: Places
  readonly found: ReadonlySet<string>
}

/**
 * The webhook after a change: whoever changes what it tells, or where to, or switches it on is who it is told in the name
 * of. Whoever describes it is not: it would tell all that they may know to a receiver they have not looked at.
 */
const changed = (
  webhook: Webhook,
  { body, now, userId }: Pick<EditAsk, 'body' | 'now' | 'userId'>,
  url: string | undefined,
): Webhook => {
  const { events = webhook.events, projectIds = webhook.projectIds } = body
  const { description = webhook.description, active = webhook.active } = body
  const isNewTarget = url !== undefined && url !== webhook.url
  const disabled = body.active === true || isNewTarget ? null : webhook.disabled
  const told = { ...webhook, url: url ?? webhook.url, events, projectIds, active, disabled }
  const isTheirs = body.active === true || !isDeepStrictEqual(told, webhook)
  const next = { ...told, description, ...(isTheirs && { responsibleId: userId }) }
  if (isDeepStrictEqual(next, webhook)) return webhook
  return { ...next, updatedAt: now, updatedBy: userId, version: webhook.version + 1 }
}

export const editWebhook: UseCase<EditAsk, WebhookWorld, EditLoaded, WebhookReply> = {
  load: async (ask, world) => {
    const [all, found] = await Promise.all([
      places(ask, world),
      projectsOf(ask.params.workspaceId, ask.body.projectIds ?? [], world),
    ])
    return { all, found }
  },
  run: async (call, { all, found }, world) => {
    const { ask } = call
    const { webhook, failingSince } = named(all, ask)
    const url = await checked(ask.body, found, call, world)
    const decide = (present: Webhook) => {
      if (present.deletedAt !== null) throw new Failure('not-found')
      return changed(present, ask, url)
    }
    const next = await edit(webhook, ask.expected, decide, world.webhooks.edit)
    const isNew = next.url !== webhook.url || (webhook.disabled !== null && next.disabled === null)
    if (isNew && failingSince !== null) await world.webhooks.working(next)
    return answer({ webhook: next, failingSince: isNew ? null : failingSince }, call)
  },
}

/** What is left of it so that owners learn who deleted it; secrets and address go at once. */
const remains = (webhook: Webhook, { now, userId }: Pick<OfWebhook, 'now' | 'userId'>): Webhook => ({
  ...webhook,
  url: '',
  secret: '',
  previous: null,
  description: '',
  active: false,
  updatedAt: now,
  updatedBy: userId,
  version: webhook.version + 1,
  deletedAt: now,
})

export const deleteWebhook: UseCase<OfWebhook, WebhookWorld, Places, undefined> = {
  load: places,
  run: async ({ ask }, all, { webhooks }) => {
    const { webhook } = named(all, ask)
    requireVersion(webhook, ask.expected)
    const result = await webhooks.edit(remains(webhook, ask))
    const present = result.won ? undefined : result.present
    // Somebody edited it just now, and the caller has not seen that.
    if (present?.id === webhook.id && present.deletedAt === null) throw outdated(present)
    return { body: undefined }
  },
}

/** Days that the secret before a rotation signs along. */
const overlapDays = 1

const rotated = (webhook: Webhook, secret: string, { now, userId }: OfWebhook): Webhook => ({
  ...webhook,
  secret,
  previous: { secret: webhook.secret, until: daysAfter(now, overlapDays) },
  updatedAt: now,
  updatedBy: userId,
  version: webhook.version + 1,
})

const busy = (): Failure => new Failure('conflict', 'Somebody else is changing the webhook. Try again.')

export const rotateWebhookSecret: UseCase<OfWebhook, WebhookWorld, Places, WebhookWithSecret> = {
  load: places,
  run: async ({ ask, member }, all, world) => {
    const { webhooks, secrets } = world
    const { webhook, failingSince } = named(all, ask)
    requireVersion(webhook, ask.expected)
    const next = rotated(webhook, secrets.seal(webhook, newSecret()), ask)
    const now = made(await webhooks.rotate(next, ask), next, ask.mark, busy)
    return {
      body: {
        ...present({ webhook: now, failingSince }, member, ask.now),
        secret: shownSecret(now, world),
      },
      version: now.version,
    }
  },
}
