import type { DeliveryReply, ReplayCreate, ReplayReply } from '../../api/schemas/webhooks.ts'
import { made } from '../edited.ts'
import { existing, Failure, invalidField } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Slice } from '../ports.ts'
import { secondsAfter } from '../time/secondsAfter.ts'
import type { Outcome, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { safetySeconds } from './backOff.ts'
import { type Delivery, newDelivery, presentDelivery, presentReplay, type Replay } from './delivery.ts'
import { mayHear } from './match.ts'
import type { Deliveries, LoggedEvents, Webhooks } from './ports.ts'
import type { Seen, Webhook } from './webhook.ts'
import { named, type OfWebhook, places } from './webhookCase.ts'

/** What the routes of deliveries work with. */
export interface DeliveryWorld {
  readonly webhooks: Webhooks
  readonly deliveries: Deliveries
  readonly log: LoggedEvents
}

type Places = readonly Seen[]
type ListAsk = OfWebhook<{ limit: number }>
interface Page {
  readonly all: Places
  readonly page: Slice<Delivery>
}

/** Those who do not hear what stands in the audit log do not learn of its deliveries either. */
const isShown = (member: Member, { audit }: Delivery): boolean => mayHear(member, audit)

export const listWebhookDeliveries: UseCase<
  ListAsk,
  DeliveryWorld,
  Page,
  { items: DeliveryReply[]; next?: string }
> = {
  load: async (ask, world) => {
    const { params, query, position } = ask
    const [all, page] = await Promise.all([
      places(ask, world),
      world.deliveries.deliveries(params.workspaceId, params.webhookId, query.limit, position),
    ])
    return { all, page }
  },
  run: async ({ ask, member }, { all, page: { items, more } }) => {
    named(all, ask)
    return {
      body: { items: items.filter((one) => isShown(member, one)).map(presentDelivery) },
      nextPosition: more ? items.at(-1)?.id : undefined,
    }
  },
}

type OneAsk = OfWebhook & {
  readonly params: { workspaceId: string; webhookId: string; deliveryId: string }
}
interface One {
  readonly all: Places
  readonly delivery: Delivery | undefined
}

const loadOne = async (ask: OneAsk, world: DeliveryWorld): Promise<One> => {
  const { workspaceId, webhookId, deliveryId } = ask.params
  const [all, delivery] = await Promise.all([
    places(ask, world),
    world.deliveries.delivery(workspaceId, webhookId, deliveryId),
  ])
  return { all, delivery }
}

const shown = ({ all, delivery }: One, ask: OneAsk, member: Member): Delivery => {
  named(all, ask)
  const found = existing(delivery)
  return existing(isShown(member, found) ? found : undefined)
}

export const getWebhookDelivery: UseCase<OneAsk, DeliveryWorld, One, DeliveryReply> = {
  load: loadOne,
  run: async ({ ask, member }, one) => ({ body: presentDelivery(shown(one, ask, member)) }),
}

const locationOf = ({ workspaceId, webhookId, id }: Delivery): string =>
  `/v1/workspaces/${workspaceId}/webhooks/${webhookId}/deliveries/${id}`

/** The stream hands it on; should that fail, the sweep does after a while. */
const askedFor = (delivery: Delivery, now: string): Delivery => ({
  ...delivery,
  state: 'waiting',
  reason: null,
  asks: delivery.asks + 1,
  nextAttemptAt: now,
  wakeAt: secondsAfter(now, safetySeconds),
})

const accepted = (delivery: Delivery): Outcome<DeliveryReply> => ({
  body: presentDelivery(delivery),
  location: locationOf(delivery),
})

const underWay = (): Failure =>
  new Failure('conflict', 'An attempt is under way. Look at the delivery again.')

export const retryWebhookDelivery: UseCase<OneAsk, DeliveryWorld, One, DeliveryReply> = {
  load: loadOne,
  run: async ({ ask, member }, one, { deliveries }) => {
    const seen = shown(one, ask, member)
    const next = { ...askedFor(seen, ask.now), version: seen.version + 1 }
    return accepted(made(await deliveries.ask(next, seen, ask), next, ask.mark, underWay))
  },
}

const testOf = ({ workspaceId, id: webhookId, slot }: Webhook, now: string): Delivery => {
  const id = makeId('delivery', Date.parse(now), randomSeed())
  const about = { workspaceId, webhookId, slot, type: 'webhook.test', sequence: null, replayId: null }
  return askedFor(newDelivery({ ...about, id, audit: false }, now), now)
}

export const testWebhook: UseCase<OfWebhook, DeliveryWorld, Places, DeliveryReply> = {
  load: places,
  run: async ({ ask }, all, { deliveries }) => {
    const test = testOf(named(all, ask).webhook, ask.now)
    return accepted(made(await deliveries.ask(test, undefined, ask), test, ask.mark, underWay))
  },
}

/** Events that one replay takes at most. */
const mostReplayed = 10_000

type ReplayAsk = OfWebhook<unknown, ReplayCreate>

const replayOf = ({ webhook }: Seen, { body, now, userId }: ReplayAsk, last: number): Replay => {
  const { fromSequence, toSequence } = body
  if (fromSequence > last)
    throw invalidField('/fromSequence', `must be at most ${last}, the last number there is`)
  const furthest = fromSequence + mostReplayed - 1
  if (toSequence !== undefined && toSequence > furthest) {
    throw invalidField('/toSequence', `must be at most ${furthest}: a replay takes ${mostReplayed} events`)
  }
  return {
    id: makeId('replay', Date.parse(now), randomSeed()),
    workspaceId: webhook.workspaceId,
    webhookId: webhook.id,
    slot: webhook.slot,
    fromSequence,
    toSequence: Math.min(toSequence ?? furthest, last),
    createdAt: now,
    createdBy: userId,
  }
}

interface ReplayLoaded {
  readonly all: Places
  readonly last: number
}

export const replayWebhook: UseCase<ReplayAsk, DeliveryWorld, ReplayLoaded, ReplayReply> = {
  load: async (ask, world) => {
    const [all, last] = await Promise.all([places(ask, world), world.log.lastNumber(ask.params.workspaceId)])
    return { all, last }
  },
  run: async ({ ask }, { all, last }, { deliveries }) => {
    const asked = replayOf(named(all, ask), ask, last)
    const replay = made(await deliveries.addReplay(asked, ask), asked, ask.mark, underWay)
    const { workspaceId, webhookId } = replay
    return {
      body: presentReplay(replay),
      location: `/v1/workspaces/${workspaceId}/webhooks/${webhookId}/deliveries`,
    }
  },
}
