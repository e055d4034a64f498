import type { WebhookCreate, WebhookWithSecret } from '../../api/schemas/webhooks.ts'
import { made } from '../edited.ts'
import { Failure } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { UseCase } from '../useCase.ts'
import { newSecret } from './signature.ts'
import { mostWebhooks, present, type Seen, type Webhook } from './webhook.ts'
import {
  checked,
  type InWorkspace,
  places,
  projectsOf,
  shownSecret,
  type WebhookWorld,
} from './webhookCase.ts'

type CreateAsk = InWorkspace<unknown, WebhookCreate>
interface Loaded {
  readonly taken: readonly Seen[]
  readonly found: ReadonlySet<string>
}

const draft = ({ params, body, now, userId }: CreateAsk, url: string): Omit<Webhook, 'slot' | 'secret'> => ({
  id: makeId('webhook', Date.parse(now), randomSeed()),
  workspaceId: params.workspaceId,
  url,
  events: body.events,
  projectIds: body.projectIds,
  description: body.description,
  active: body.active,
  disabled: null,
  responsibleId: userId,
  previous: null,
  createdAt: now,
  createdBy: userId,
  updatedAt: now,
  updatedBy: userId,
  version: 1,
  deletedAt: null,
})

const full = (): Failure =>
  new Failure('conflict', `A workspace has at most ${mostWebhooks} webhooks. Delete one first.`)

interface Place {
  readonly slot: number
  /** What was there before. */
  readonly deleted: Webhook | undefined
}

const freePlaces = (taken: readonly Seen[]): Place[] =>
  Array.from({ length: mostWebhooks }, (_, slot) => ({
    slot,
    there: taken.find(({ webhook }) => webhook.slot === slot)?.webhook,
  }))
    .filter(({ there }) => there === undefined || there.deletedAt !== null)
    .map(({ slot, there }) => ({ slot, deleted: there }))

export const createWebhook: UseCase<CreateAsk, WebhookWorld, Loaded, WebhookWithSecret> = {
  load: async (ask, world) => {
    const [taken, found] = await Promise.all([
      places(ask, world),
      projectsOf(ask.params.workspaceId, ask.body.projectIds, world),
    ])
    return { taken, found }
  },
  run: async (call, { taken, found }, world) => {
    const { ask, member } = call
    const { webhooks, secrets } = world
    const url = (await checked(ask.body, found, call, world)) ?? ''
    const drafted = draft(ask, url)
    const secret = secrets.seal(drafted, newSecret())
    // Where all places are taken the last one is tried all the same: the request may have run before.
    const free = freePlaces(taken)
    const tried = free.length > 0 ? free : [{ slot: mostWebhooks - 1, deleted: undefined }]
    for (const { slot, deleted } of tried) {
      const webhook = { ...drafted, slot, secret }
      const result = await webhooks.add(webhook, deleted, ask)
      // Another request took the place just now.
      if (!result.won && result.ran === undefined) continue
      const created = made(result, webhook, ask.mark, full)
      return {
        body: {
          ...present({ webhook: created, failingSince: null }, member, ask.now),
          secret: shownSecret(created, world),
        },
        version: created.version,
        location: `/v1/workspaces/${created.workspaceId}/webhooks/${created.id}`,
      }
    }
    throw full()
  },
}
