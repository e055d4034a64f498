import { randomUUID } from 'node:crypto'
import { storesOf } from '../shared/data/stores/all.ts'
import { deliveryStore } from '../shared/data/stores/deliveries.ts'
import { logStore } from '../shared/data/stores/log.ts'
import { webhookStore } from '../shared/data/stores/webhooks.ts'
import { onWebhooks } from '../shared/events/onWebhooks.ts'
import { webhookSecretsWith } from '../shared/http/webhookSecrets.ts'
import { egress } from '../shared/world/egress/egress.ts'
import { cursorKey } from '../shared/world/environment.ts'
import { webhookQueue } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

export const handler = onWebhooks({
  stores: storesOf(table),
  webhooks: webhookStore(table),
  deliveries: deliveryStore(table),
  log: logStore(table),
  queue: webhookQueue(),
  egress: egress(),
  secrets: webhookSecretsWith(cursorKey()),
  now: () => new Date().toISOString(),
  random: Math.random,
  newClaim: randomUUID,
})
