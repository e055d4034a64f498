import { daysAfter } from '../../domain/time/daysAfter.ts'
import type { Delivery, Replay } from '../../domain/webhooks/delivery.ts'
import type { Deliveries, WaitingDeliveries } from '../../domain/webhooks/ports.ts'
import { codec, ttlOf, written } from '../codec.ts'
import { create } from '../creation.ts'
import { deliveryKey, deliveryPrefix, replayKey, timeShards } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'
import { dueItems, timedAttributes } from './timed.ts'

/** How long the log of deliveries goes back. */
const keptDays = 30

export const deliveryCodec = codec<Delivery>(
  'delivery',
  ({ workspaceId, webhookId, id }) => deliveryKey(workspaceId, webhookId, id),
  ({ id, createdAt, wakeAt, state }) => ({
    ttl: ttlOf(daysAfter(createdAt, keptDays)),
    ...(wakeAt !== null && state === 'waiting' && timedAttributes('DLV', wakeAt, id)),
  }),
)

export const replayCodec = codec<Replay>(
  'replay',
  ({ workspaceId, webhookId, id }) => replayKey(workspaceId, webhookId, id),
  ({ createdAt }) => ({ ttl: ttlOf(daysAfter(createdAt, keptDays)) }),
)

const conditionFor = (seen: Delivery | undefined) =>
  seen === undefined ? ({ absent: true } as const) : { equals: { version: seen.version } }

export const deliveryStore = (table: Table): Deliveries => ({
  delivery: async (workspaceId, webhookId, deliveryId) => {
    const item = await table.get(deliveryKey(workspaceId, webhookId, deliveryId))
    return item && deliveryCodec.decode(item)
  },
  deliveries: (workspaceId, webhookId, limit, before) => {
    const { PK, SK } = deliveryKey(workspaceId, webhookId, before ?? '')
    const range = before === undefined ? { prefix: deliveryPrefix } : { from: deliveryPrefix, before: SK }
    return sliceOf(table, { pk: PK, ...range, descending: true, limit }, deliveryCodec.decode)
  },
  write: (delivery, seen) =>
    written(table.put(deliveryCodec.encode(delivery), conditionFor(seen)), deliveryCodec.decode),
  ask: (delivery, seen, asked) =>
    create(table, {
      writes: [{ put: deliveryCodec.encode(delivery), condition: conditionFor(seen) }],
      entity: delivery,
      ...asked,
    }),
  addReplay: (replay, asked) =>
    create(table, {
      writes: [{ put: replayCodec.encode(replay), condition: { absent: true } }],
      entity: replay,
      ...asked,
    }),
})

export const waitingDeliveryStore = (table: Table): WaitingDeliveries => ({
  shards: timeShards('DLV'),
  due: async (shard, now, after) => {
    const { items, next } = await dueItems(table, shard, now, after)
    return { items: items.map(deliveryCodec.decode), next }
  },
})
