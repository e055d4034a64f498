import type { WebhookMessage } from '../../shared/api/schemas/webhooks.ts'
import * as triggers from '../../shared/api/triggers.ts'
import { waitingDeliveryStore } from '../../shared/data/stores/deliveries.ts'
import type { DeliverWorld } from '../../shared/domain/webhooks/deliver.ts'
import type { Answer, Outgoing } from '../../shared/domain/webhooks/egress.ts'
import { followWebhooks } from '../../shared/domain/webhooks/follow.ts'
import { type DeliverySweep, sweepDeliveries } from '../../shared/domain/webhooks/sweep.ts'
import { onLog } from '../../shared/events/onLog.ts'
import { onWebhooks } from '../../shared/events/onWebhooks.ts'
import type { App } from './app.ts'

/** A message that the queue holds back until `at`. */
interface Held {
  readonly message: WebhookMessage
  readonly at: number
}

/**
 * Everything behind the webhooks of a test's application: the second reader of the stream, the queue with its delays, the
 * worker and the sweep, by the application's clock.
 */
export const webhookRunner = (app: App) => {
  const sent: Outgoing[] = []
  const held: Held[] = []
  const queue = {
    send: async (messages: readonly WebhookMessage[], seconds = 0) => {
      for (const message of messages) held.push({ message, at: app.clock.now + seconds * 1000 })
    },
  }
  const runner = {
    sent,
    held,
    /** What receivers answer. */
    answer: (_: Outgoing): Answer => ({ status: 204, reason: null, milliseconds: 7 }),
  }
  let claims = 0
  const world: DeliverWorld = {
    ...app.hooks,
    stores: app.stores,
    queue,
    egress: {
      post: async (outgoing) => {
        sent.push(outgoing)
        return runner.answer(outgoing)
      },
    },
    now: () => new Date(app.clock.now).toISOString(),
    random: () => 0,
    newClaim: () => `claim ${claims++}`,
  }
  const follower = onLog([followWebhooks({ webhooks: app.hooks.webhooks, queue })])
  const worker = onWebhooks(world)
  const sweeping: DeliverySweep = {
    waiting: waitingDeliveryStore(app.table),
    deliveries: app.hooks.deliveries,
    queue,
  }

  /** Lets both readers of the stream catch up, and hands over what somebody has asked for. */
  const follow = async (): Promise<void> => {
    for (;;) {
      const records = await app.stream.page()
      if (records.length === 0) break
      await app.consume(records)
      const ofLog = records.filter(({ dynamodb }) => dynamodb?.Keys?.SK?.S?.startsWith('EVT#'))
      await app.granted.as(triggers.followLog, () => follower({ Records: ofLog }))
    }
    await queue.send(app.webhookWork.splice(0))
  }
  /** Hands a message to the worker; whether it is done with it. */
  const take = async (message: WebhookMessage): Promise<boolean> => {
    const Records = [{ messageId: '1', body: JSON.stringify(message) }] as never
    const { batchItemFailures } = await app.granted.as(triggers.deliverWebhook, () => worker({ Records }))
    return batchItemFailures.length === 0
  }
  /** Works on all messages that are not held back; what cannot be done now stays. */
  const work = async (): Promise<void> => {
    for (;;) {
      const index = held.findIndex(({ at }) => at <= app.clock.now)
      const [next] = index < 0 ? [] : held.splice(index, 1)
      if (next === undefined) return
      if (!(await take(next.message))) held.push({ ...next, at: app.clock.now + 180_000 })
    }
  }
  return Object.assign(runner, {
    world,
    take,
    work,
    follow,
    settle: async () => {
      await follow()
      await work()
    },
    sweep: () =>
      app.granted.as(triggers.sweepDeliveries, () =>
        sweepDeliveries(new Date(app.clock.now).toISOString(), sweeping),
      ),
  })
}
export type WebhookRunner = ReturnType<typeof webhookRunner>
