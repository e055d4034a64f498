import { createWebhook, editWebhook } from '../../../../shared/api/routes/webhooks.ts'
import type { Flow } from '../flow.ts'

const receiver = { name: 'the receiver', address: 'https://hooks.example.com/duely' }

/**
 * A webhook is told of a new task by a receiver that is down for more than an hour. Meanwhile it is switched off.
 */
export const webhook: Flow = {
  name: 'webhook',
  prepare: async ({ ask, olga, workspaceId, note }) => {
    const body = { url: receiver.address, events: ['task.created'] }
    note('webhook', (await ask(olga, createWebhook, { params: { workspaceId }, body })).id)
  },
  act: async ({ addTask }) => {
    await addTask()
  },
  schedules: ['sweepDeliveries'],
  hours: 240,
  due: () => [{ to: receiver, kind: 'task.created', only: 'outside' }],
  also: (items) =>
    items.flatMap(({ itemType, state }) =>
      itemType === 'delivery' && state === 'waiting' ? ['a delivery waits for good'] : [],
    ),
  meanwhile: {
    act: async ({ ask, olga, workspaceId, noted }) => {
      const params = { workspaceId, webhookId: noted('webhook') }
      await ask(olga, editWebhook, { params, body: { active: false } })
    },
    due: () => [{ to: receiver, kind: 'task.created', only: 'outside', isRevoked: true }],
  },
}
