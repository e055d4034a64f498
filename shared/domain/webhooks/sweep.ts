import { dealWithDue } from '../pipeline/duePages.ts'
import { attemptOf, type Delivery } from './delivery.ts'
import type { Deliveries, WaitingDeliveries, WebhookQueue } from './ports.ts'

export interface DeliverySweep {
  readonly waiting: WaitingDeliveries
  readonly deliveries: Pick<Deliveries, 'write'>
  readonly queue: WebhookQueue
}

const isDue = ({ state, wakeAt }: Delivery, now: string): boolean =>
  state === 'waiting' && wakeAt !== null && wakeAt <= now

/** First the messages, then the deliveries leave the index, so that a crash in between repeats and never loses. */
const handOn = async (due: readonly Delivery[], { deliveries, queue }: DeliverySweep): Promise<void> => {
  if (due.length === 0) return
  await queue.send(due.map(attemptOf))
  const moved = due.map((one) => deliveries.write({ ...one, wakeAt: null, version: one.version + 1 }, one))
  // What an attempt has got hold of meanwhile has moved on by itself.
  await Promise.all(moved)
}

/** Hands every delivery whose next attempt is due to the queue, however late; answers how many. */
export const sweepDeliveries = (now: string, world: DeliverySweep): Promise<number> =>
  dealWithDue(
    world.waiting.shards,
    (shard, after) => world.waiting.due(shard, now, after),
    async (items) => {
      const due = items.filter((delivery) => isDue(delivery, now))
      await handOn(due, world)
      return due.length
    },
  )
