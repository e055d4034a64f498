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

const sweepShard = async (shard: string, now: string, world: DeliverySweep): Promise<number> => {
  let swept = 0
  let after: string | undefined
  do {
    const { items, next } = await world.waiting.due(shard, now, after)
    const due = items.filter((delivery) => isDue(delivery, now))
    await handOn(due, world)
    swept += due.length
    after = next
  } while (after !== undefined)
  return swept
}

/**
 * Hands every delivery whose next attempt is due to the queue, however late; answers how many. A shard that fails does
 * not stop the others, but fails the sweep.
 */
export const sweepDeliveries = async (now: string, world: DeliverySweep): Promise<number> => {
  const shards = await Promise.allSettled(world.waiting.shards.map((shard) => sweepShard(shard, now, world)))
  const failed = shards.find((shard) => shard.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return shards.reduce((sum, shard) => sum + (shard.status === 'fulfilled' ? shard.value : 0), 0)
}
