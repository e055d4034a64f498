import { deliveryStore, waitingDeliveryStore } from '../shared/data/stores/deliveries.ts'
import { onDeliverySchedule } from '../shared/events/onDeliverySchedule.ts'
import { webhookQueue } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

export const handler = onDeliverySchedule(
  { waiting: waitingDeliveryStore(table), deliveries: deliveryStore(table), queue: webhookQueue() },
  Date.now,
)
