import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { listChanges } from '../../shared/api/routes/changes.ts'
import * as webhooks from '../../shared/api/routes/webhooks.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

/** RFC 2606 reserves the domain; nobody has made such a name below it. */
const nobody = () => `https://receiver-${randomUUID()}.example.com/hook`

test('a webhook to an address that is not public is refused', async () => {
  const { owner, workspaceId } = await newTeam()
  const create = (url: string) => ({ params: { workspaceId }, body: { url } })
  const urls = [
    'https://127.0.0.1/hook',
    'https://localhost:8787/hook',
    'https://[::1]/hook',
    'https://[::ffff:7f00:1]/hook',
    'https://2130706433/hook',
    'https://169.254.169.254/latest/meta-data',
    'https://receiver.internal/hook',
    'http://receiver.example.com/hook',
  ]
  for (const url of urls) {
    const { errors } = await owner.api.refused('invalid-request', webhooks.createWebhook, create(url))
    expect(errors, url).toMatchObject([{ pointer: '/url' }])
  }
  const { body } = await owner.api.ok(webhooks.listWebhooks, { params: { workspaceId } })
  expect(body.items).toEqual([])
})

requires(
  'queue-delay',
  'readers-two',
  'readers-filter',
)('a delivery that fails says why, is tried again, and can be replayed from a number', async () => {
  const team = await newTeam()
  const { owner, workspaceId } = team
  const body = { url: nobody(), events: ['task.*'] }
  const made = await owner.api.ok(webhooks.createWebhook, { params: { workspaceId }, body })
  expect(made.body.secret).toMatch(/^whsec_/)
  const params = { workspaceId, webhookId: made.body.id }
  const seen = await owner.api.ok(webhooks.getWebhook, { params })
  expect(JSON.stringify(seen.body)).not.toContain(made.body.secret)
  const deliveries = async () => (await owner.api.ok(webhooks.listWebhookDeliveries, { params })).body.items

  await team.addTask({ title: 'Paint the hull' })
  // The second attempt comes some seconds after the first.
  const delivery = await soon(async () => {
    const [first, ...others] = await deliveries()
    expect(others).toEqual([])
    expect(first?.attempted).toBeGreaterThanOrEqual(2)
    return first
  })
  expect(delivery).toMatchObject({ type: 'task.created', state: 'waiting', replayId: null })
  for (const { status, reason } of delivery?.attempts ?? []) {
    expect(status).toBeNull()
    expect(reason).toMatch(/\w+/)
  }
  expect(Date.parse(delivery?.nextAttemptAt ?? '')).toBeGreaterThan(Date.parse(delivery?.createdAt ?? ''))
  expect((await owner.api.ok(webhooks.getWebhook, { params })).body.failingSince).not.toBeNull()

  const fromSequence = delivery?.sequence ?? 0
  const { upTo } = (await owner.api.ok(listChanges, { params: { workspaceId } })).body
  expect(fromSequence).toBeLessThanOrEqual(upTo)
  const replay = await owner.api.ok(webhooks.replayWebhook, { params, body: { fromSequence } })
  await soon(async () => {
    const replayed = (await deliveries()).filter(({ replayId }) => replayId === replay.body.id)
    expect(replayed).toMatchObject([{ type: 'task.created', sequence: fromSequence }])
  })
  await owner.api.ok(webhooks.deleteWebhook, { params })
  await owner.api.refused('not-found', webhooks.getWebhook, { params })
})
