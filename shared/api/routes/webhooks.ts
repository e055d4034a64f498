import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { deliveryId, webhookId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'
import * as schemas from '../schemas/webhooks.ts'

const tag = 'webhooks'
const inWorkspace = z.strictObject({ workspaceId })
const params = z.strictObject({ workspaceId, webhookId })
const ofDelivery = z.strictObject({ workspaceId, webhookId, deliveryId })

export const createWebhook = route({
  name: 'createWebhook',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/webhooks',
  summary: 'Create a webhook',
  description:
    'Events of the workspace go to `url` as signed messages (Standard Webhooks). The answer shows the secret they are signed with, and no later one does. `events` are patterns: `*`, `task.*`, `task.created`; what stands in the audit log goes to webhooks of owners only. With `projectIds` only events of tasks in these projects go there. HTTPS to names that lead to the open internet; redirects are not followed. At most ten in a workspace.',
  tag,
  access: { kind: 'member', action: 'webhook.create' },
  params: inWorkspace,
  query: nothing,
  body: schemas.webhookCreate,
  reply: { status: 201, schema: schemas.webhookWithSecret },
  problems: ['conflict', 'idempotency-mismatch'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 3, readUnits: 7, writeUnits: 4 },
})

export const listWebhooks = route({
  name: 'listWebhooks',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/webhooks',
  summary: 'List the webhooks',
  description: 'All of them, the newest first; without their secrets.',
  tag,
  access: { kind: 'member', action: 'webhook.read' },
  params: inWorkspace,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: schemas.webhookList },
  problems: [],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 7, writeUnits: 0 },
})

export const getWebhook = route({
  name: 'getWebhook',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/webhooks/{webhookId}',
  summary: 'Get a webhook',
  tag,
  access: { kind: 'member', action: 'webhook.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: schemas.webhook },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 6, writeUnits: 0 },
})

export const editWebhook = route({
  name: 'editWebhook',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/webhooks/{webhookId}',
  summary: 'Edit a webhook',
  description:
    'Whoever changes it is responsible for it from then on: it is told what that person may know. `active: true` switches on again what was disabled because deliveries failed. What happens while it is off is not kept for it: replay it.',
  tag,
  access: { kind: 'member', action: 'webhook.edit' },
  params,
  query: nothing,
  body: schemas.webhookPatch,
  reply: { status: 200, schema: schemas.webhook },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'PutItem', 'DeleteItem'] },
  budget: { depth: 2, calls: 3, readUnits: 7, writeUnits: 1 },
})

export const deleteWebhook = route({
  name: 'deleteWebhook',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/webhooks/{webhookId}',
  summary: 'Delete a webhook',
  description: 'For good, with its secret. What waits to be delivered is dropped.',
  tag,
  access: { kind: 'member', action: 'webhook.delete' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'PutItem'] },
  budget: { depth: 2, calls: 3, readUnits: 6, writeUnits: 1 },
})

export const rotateWebhookSecret = route({
  name: 'rotateWebhookSecret',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/webhooks/{webhookId}/rotate-secret',
  summary: 'Give a webhook another secret',
  description:
    'For 24 hours messages bear two signatures, by this secret and by the one before; by none before that: to stop a secret that leaked at once, rotate twice. The answer shows the new secret, and no later one does.',
  tag,
  access: { kind: 'member', action: 'webhook.edit' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: schemas.webhookWithSecret },
  problems: ['conflict', 'precondition-failed', 'idempotency-mismatch'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 3, readUnits: 7, writeUnits: 4 },
})

export const testWebhook = route({
  name: 'testWebhook',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/webhooks/{webhookId}/test',
  summary: 'Send a test to a webhook',
  description:
    'A message of type `webhook.test`, delivered like any other. Location is where to see what became of it.',
  tag,
  access: { kind: 'member', action: 'webhook.edit' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 202, schema: schemas.delivery },
  problems: ['conflict', 'idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'Query', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 3, readUnits: 7, writeUnits: 5 },
})

export const replayWebhook = route({
  name: 'replayWebhook',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/webhooks/{webhookId}/replay',
  summary: 'Send events to a webhook once more',
  description:
    'Those with the numbers from `fromSequence` to `toSequence`, or to the last there is, as far as the webhook wants them: at most 10,000 numbers at once. The reply says how far it goes. Messages of a replay have ids of their own.',
  tag,
  access: { kind: 'member', action: 'webhook.edit' },
  params,
  query: nothing,
  body: schemas.replayCreate,
  reply: { status: 202, schema: schemas.replay },
  problems: ['conflict', 'idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'Query', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 3, readUnits: 8, writeUnits: 4 },
})

export const listWebhookDeliveries = route({
  name: 'listWebhookDeliveries',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/webhooks/{webhookId}/deliveries',
  summary: 'List what was delivered to a webhook',
  description:
    'The newest first, of the last 30 days. A page may be shorter than its limit: what only owners hear is left out for others.',
  tag,
  access: { kind: 'member', action: 'webhook.read' },
  params,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(schemas.delivery) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 3, readUnits: 13, writeUnits: 0 },
})

export const getWebhookDelivery = route({
  name: 'getWebhookDelivery',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/webhooks/{webhookId}/deliveries/{deliveryId}',
  summary: 'See what became of a delivery',
  tag,
  access: { kind: 'member', action: 'webhook.read' },
  params: ofDelivery,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: schemas.delivery },
  problems: [],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 7, writeUnits: 0 },
})

export const retryWebhookDelivery = route({
  name: 'retryWebhookDelivery',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/webhooks/{webhookId}/deliveries/{deliveryId}/retry',
  summary: 'Try a delivery again',
  description: 'Now, whatever became of it; under the same id, so that the receiver knows it.',
  tag,
  access: { kind: 'member', action: 'webhook.edit' },
  params: ofDelivery,
  query: nothing,
  body: nothing,
  reply: { status: 202, schema: schemas.delivery },
  problems: ['conflict', 'idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'Query', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 3, readUnits: 8, writeUnits: 4 },
})
