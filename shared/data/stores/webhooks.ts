import { daysAfter } from '../../domain/time/daysAfter.ts'
import type { Webhooks } from '../../domain/webhooks/ports.ts'
import { mostWebhooks, type Seen, type Webhook } from '../../domain/webhooks/webhook.ts'
import { codec, ttlOf, written } from '../codec.ts'
import { create } from '../creation.ts'
import * as keys from '../keys.ts'
import type { Item, Table } from '../tablePort.ts'

/** How long what is left of a deleted webhook is kept: longer than any record of the stream waits to be consumed. */
const remainsDays = 30

export const webhookCodec = codec<Webhook>(
  'webhook',
  ({ workspaceId, slot }) => keys.webhookKey(workspaceId, slot),
  ({ deletedAt }) => (deletedAt === null ? {} : { ttl: ttlOf(daysAfter(deletedAt, remainsDays)) }),
)

/** Since when every delivery has failed. Of whichever webhook had the place. */
const failuresOf = ({ workspaceId, slot, id }: Webhook, since: string): Item => ({
  ...keys.webhookFailuresKey(workspaceId, slot),
  itemType: 'webhookFailures',
  webhookId: id,
  since,
})

const seenAs = (webhook: Webhook, failures: Record<string, unknown> | undefined): Seen => ({
  webhook,
  failingSince: failures?.webhookId === webhook.id ? String(failures.since) : null,
})

const was = ({ id, version }: Webhook) => ({ equals: { id, version: version - 1 } })

export const webhookStore = (table: Table): Webhooks => ({
  places: async (workspaceId) => {
    // A place and its failures, which stand right behind it.
    const { items } = await table.query({ ...keys.webhookRange(workspaceId), limit: 2 * mostWebhooks })
    const failures = new Map(items.map((item) => [item.SK, item]))
    return items
      .filter(({ itemType }) => itemType === 'webhook')
      .map(webhookCodec.decode)
      .map((webhook) => seenAs(webhook, failures.get(keys.webhookFailuresKey(workspaceId, webhook.slot).SK)))
  },
  place: async (workspaceId, slot) => {
    const [item, failures] = await Promise.all([
      table.get(keys.webhookKey(workspaceId, slot)),
      table.get(keys.webhookFailuresKey(workspaceId, slot)),
    ])
    return item && seenAs(webhookCodec.decode(item), failures)
  },
  add: (webhook, deleted, asked) =>
    create(table, {
      writes: [
        {
          put: webhookCodec.encode(webhook),
          condition:
            deleted === undefined
              ? { absent: true }
              : { equals: { id: deleted.id, version: deleted.version } },
        },
      ],
      entity: webhook,
      ...asked,
    }),
  edit: (webhook) => written(table.put(webhookCodec.encode(webhook), was(webhook)), webhookCodec.decode),
  rotate: (webhook, asked) =>
    create(table, {
      writes: [{ put: webhookCodec.encode(webhook), condition: was(webhook) }],
      entity: webhook,
      ...asked,
    }),
  failing: async (webhook, since) => {
    const key = keys.webhookFailuresKey(webhook.workspaceId, webhook.slot)
    const present = await table.get(key)
    if (present?.webhookId === webhook.id) return String(present.since)
    // Of two that note it at once either will do.
    await table.put(failuresOf(webhook, since))
    return since
  },
  working: async ({ workspaceId, slot, id }) => {
    const key = keys.webhookFailuresKey(workspaceId, slot)
    // Most have not failed: a read is cheaper than a deletion that is refused.
    if ((await table.get(key))?.webhookId !== id) return
    await table.delete(key, { equals: { webhookId: id } })
  },
})
