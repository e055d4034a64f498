import { randomUUID } from 'node:crypto'
import * as routes from '../../../shared/api/routes/webhooks.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team } from './team.ts'

const bodyOf = ({ projectId }: Team) => ({
  url: `https://hooks.acme-logistics.com/duely/${randomUUID()}`,
  events: ['task.*', 'comment.created'],
  projectIds: [projectId],
  description: 'Tells the billing system what is done',
  active: true,
})

type Named = { readonly workspaceId: string; readonly webhookId: string }

/** A workspace has ten webhooks at most: those of calls that are long past go. */
const makeRoom = async ({ app, owner, workspaceId }: Team): Promise<void> => {
  const { body } = await app.call(owner, routes.listWebhooks, { params: { workspaceId } })
  const all: { id: string }[] = body.items
  for (const { id: webhookId } of all.length < 8 ? [] : all.slice(1, 5)) {
    await app.call(owner, routes.deleteWebhook, { params: { workspaceId, webhookId } })
  }
}

const newWebhook = async (team: Team): Promise<Named> => {
  const { app, owner, workspaceId } = team
  await makeRoom(team)
  const made = await succeed(app, owner, routes.createWebhook, {
    params: { workspaceId },
    body: bodyOf(team),
  })
  return { workspaceId, webhookId: String(made.body.id) }
}

/** More than a page. */
const crowd = 55

/** One with so many messages. */
export const testedWebhook = async (team: Team, count = 1) => {
  const params = await newWebhook(team)
  let deliveryId = ''
  for (let n = 0; n < count; n++) {
    const { body } = await succeed(team.app, team.owner, routes.testWebhook, { params, body: {} })
    deliveryId = body.id
  }
  return { params, deliveryId }
}

const asked = () => ({ 'Idempotency-Key': randomUUID() })

export const webhookCalls: OrdinaryCalls = {
  createWebhook: async (team) => {
    await makeRoom(team)
    const params = { workspaceId: team.workspaceId }
    return { who: team.owner, request: { params, body: bodyOf(team), headers: asked() } }
  },
  listWebhooks: async (team) => {
    const { workspaceId } = await newWebhook(team)
    return { who: team.owner, request: { params: { workspaceId } } }
  },
  getWebhook: async (team) => ({ who: team.owner, request: { params: await newWebhook(team) } }),
  editWebhook: async (team) => ({
    who: team.owner,
    request: { params: await newWebhook(team), body: bodyOf(team), headers: { 'If-Match': '"1"' } },
  }),
  deleteWebhook: async (team) => ({
    who: team.owner,
    request: { params: await newWebhook(team), headers: { 'If-Match': '"1"' } },
  }),
  rotateWebhookSecret: async (team) => ({
    who: team.owner,
    request: { params: await newWebhook(team), body: {}, headers: asked() },
  }),
  testWebhook: async (team) => ({
    who: team.owner,
    request: { params: await newWebhook(team), body: {}, headers: asked() },
  }),
  replayWebhook: async (team) => ({
    who: team.owner,
    request: { params: await newWebhook(team), body: { fromSequence: 1, toSequence: 2 }, headers: asked() },
  }),
  listWebhookDeliveries: async (team) => ({
    who: team.owner,
    request: { params: (await testedWebhook(team, crowd)).params },
  }),
  getWebhookDelivery: async (team) => {
    const { params, deliveryId } = await testedWebhook(team)
    return { who: team.owner, request: { params: { ...params, deliveryId } } }
  },
  retryWebhookDelivery: async (team) => {
    const { params, deliveryId } = await testedWebhook(team)
    return { who: team.owner, request: { params: { ...params, deliveryId }, body: {}, headers: asked() } }
  },
}
