import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { editMember, suspendMember } from '../../../shared/api/routes/members.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask, editTask } from '../../../shared/api/routes/tasks.ts'
import * as routes from '../../../shared/api/routes/webhooks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { succeed } from '../../support/ordinary/team.ts'
import { type WebhookRunner, webhookRunner } from '../../support/webhooks.ts'

let app: App
let run: WebhookRunner
let owner: Someone
let admin: Someone
let workspaceId: string
let projectId: string

beforeAll(async () => {
  app = await startApp()
  run = webhookRunner(app)
  owner = await app.person('Olga')
  admin = await app.person('Adam')
})
afterAll(() => app.close())
beforeEach(async () => {
  workspaceId = (await succeed(app, owner, createWorkspace, { body: { name: 'Port' } })).body.id
  await app.join(admin, workspaceId, 'admin', 'Adam')
  projectId = await newProject('OPS')
  await run.settle()
  run.sent.length = 0
})
afterEach(() => {
  run.answer = () => ({ status: 204, reason: null, milliseconds: 7 })
  run.held.length = 0
})

const newProject = async (key: string): Promise<string> =>
  (await succeed(app, owner, createProject, { params: { workspaceId }, body: { name: key, key } })).body.id
const newTask = async (title = 'Paint the hull', into = projectId) =>
  (await succeed(app, owner, createTask, { params: { workspaceId, projectId: into }, body: { title } })).body
const edit = (taskId: string, body: object) =>
  succeed(app, owner, editTask, { params: { workspaceId, taskId }, body })

const url = 'https://hooks.acme.com/duely?key=secret-of-the-path'
const newWebhook = async (changes: object = {}, who = owner) => {
  const { body } = await succeed(app, who, routes.createWebhook, {
    params: { workspaceId },
    body: { url, events: ['task.*'], ...changes },
  })
  await run.settle()
  run.sent.length = 0
  return { ...body, params: { workspaceId, webhookId: body.id as string } }
}
const bodies = () => run.sent.map(({ body }) => JSON.parse(body))
const deliveries = async (params: Record<string, string>) =>
  (await succeed(app, owner, routes.listWebhookDeliveries, { params })).body.items
const minutes = (count: number) => {
  app.clock.now += count * 60_000
}

/** As receivers verify: the published library looks at the real time, so the message is dated by it. */
const verify = (secret: string, { headers, body }: { headers: object; body: string }) => {
  const real = Date.now
  Date.now = () => app.clock.now
  try {
    return new Verifier(secret).verify(body, headers as Record<string, string>)
  } finally {
    Date.now = real
  }
}

describe('a webhook', () => {
  test('is told what happens, with number, values before and after, and the task as it is now', async () => {
    const { secret } = await newWebhook()
    const task = await newTask()
    await edit(task.id, { title: 'Paint the keel' })
    await run.settle()
    const [created, changed] = bodies()
    expect(created).toMatchObject({ type: 'task.created', data: { workspaceId, event: { taskId: task.id } } })
    expect(changed.data.sequence).toBe(created.data.sequence + 1)
    expect(changed).toMatchObject({
      type: 'task.changed',
      timestamp: changed.data.event.at,
      data: {
        event: {
          by: owner.userId,
          changes: [{ field: 'title', from: 'Paint the hull', to: 'Paint the keel' }],
        },
        task: { id: task.id, key: task.key, title: 'Paint the keel' },
      },
    })
    expect(run.sent[0]?.url).toBe(url)
    expect(run.sent[0]?.headers['content-type']).toBe('application/json')
    for (const one of run.sent) expect(verify(secret, one)).toEqual(JSON.parse(one.body))
  })

  test('signs by both secrets for a day after a rotation, and by the new one alone after it', async () => {
    const { secret: old, params } = await newWebhook()
    const { secret } = (await succeed(app, owner, routes.rotateWebhookSecret, { params, body: {} })).body
    expect(secret).not.toBe(old)
    const deliverOne = async () => {
      run.sent.length = 0
      await newTask()
      await run.settle()
      return run.sent[0] as { headers: Record<string, string>; body: string }
    }
    const both = await deliverOne()
    expect(both.headers['webhook-signature']?.split(' ')).toHaveLength(2)
    expect([verify(old, both), verify(secret, both)]).toEqual(Array(2).fill(JSON.parse(both.body)))
    minutes(24 * 60 + 1)
    const one = await deliverOne()
    expect(one.headers['webhook-signature']?.split(' ')).toHaveLength(1)
    expect(verify(secret, one)).toEqual(JSON.parse(one.body))
    expect(() => verify(old, one)).toThrow()
  })

  test('whose secret was sealed with another key is sent nothing until it gets another', async () => {
    const { params } = await newWebhook()
    const { open } = app.hooks.secrets
    const lost = new Set(['any'])
    run.world.secrets.open = (whose, sealed) => (lost.has('any') ? undefined : open(whose, sealed))
    await newTask()
    await run.settle()
    run.world.secrets.open = open
    expect(run.sent).toEqual([])
    expect((await deliveries(params))[0].attempts[0].reason).toMatch(/rotate/)
    minutes(1)
    await run.work()
    expect(run.sent).toHaveLength(1)
  })

  test('has a signature that fits nothing else', async () => {
    const { secret } = await newWebhook()
    await newTask()
    await run.settle()
    const [one] = run.sent as { headers: Record<string, string>; body: string }[]
    if (one === undefined) throw new Error('nothing was sent')
    const forged = [
      { ...one, body: one.body.replace('hull', 'keel') },
      { ...one, headers: { ...one.headers, 'webhook-id': 'dlv_other' } },
      {
        ...one,
        headers: {
          ...one.headers,
          'webhook-timestamp': String(Number(one.headers['webhook-timestamp']) + 1),
        },
      },
    ]
    for (const other of forged) expect(() => verify(secret, other)).toThrow()
  })

  test('hears what its patterns and projects say, and nothing else', async () => {
    const other = await newProject('SHIP')
    await newWebhook({ events: ['task.changed'], projectIds: [other] })
    const [here, there] = [await newTask(), await newTask('Load', other)]
    await edit(here.id, { title: 'A' })
    await edit(there.id, { title: 'B' })
    await run.settle()
    expect(bodies().map(({ type, data }) => [type, data.task.id])).toEqual([['task.changed', there.id]])
  })

  test('hears what stands in the audit log only in the name of an owner', async () => {
    const refused = await app.call(admin, routes.createWebhook, {
      params: { workspaceId },
      body: { url, events: ['task.*', 'member.*'] },
    })
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, '/events/1'])
    const { params } = await newWebhook({ events: ['*'] }, admin)
    const own = await newWebhook({ events: ['member.roleChanged'] })
    const somebody = await app.person('Mia')
    await app.join(somebody, workspaceId, 'member', 'Mia')
    const change = { params: { workspaceId, userId: somebody.userId }, body: { role: 'manager' } }
    await succeed(app, owner, editMember, change)
    await run.settle()
    expect(bodies().map(({ type, data }) => [type, data.webhookId])).toEqual([['member.roleChanged', own.id]])
    expect(await deliveries(params)).toEqual([])
    const log = await app.call(admin, routes.listWebhookDeliveries, { params: own.params })
    expect(log.body.items).toEqual([])
  })

  test('becomes that of whoever changes where it delivers to, and is told what that person may know', async () => {
    const { params } = await newWebhook({ events: ['member.roleChanged', 'task.*'] })
    await succeed(app, admin, routes.editWebhook, { params, body: { url: 'https://adams.acme.com/' } })
    const somebody = await app.person('Mia')
    await app.join(somebody, workspaceId, 'member', 'Mia')
    const change = { params: { workspaceId, userId: somebody.userId }, body: { role: 'manager' } }
    await succeed(app, owner, editMember, change)
    await newTask()
    await run.settle()
    expect(bodies().map(({ type }) => type)).toEqual(['task.created'])
  })

  test('is told nothing once whoever is responsible may not have webhooks any more', async () => {
    const { params } = await newWebhook({}, admin)
    await newTask()
    await run.follow()
    await succeed(app, owner, suspendMember, { params: { workspaceId, userId: admin.userId }, body: {} })
    await run.work()
    expect(run.sent).toEqual([])
    const [first] = await deliveries(params)
    expect(first).toMatchObject({
      state: 'suppressed',
      attempted: 0,
      reason: expect.stringMatching(/may not/),
    })
  })

  test.each([
    ['switched off', { active: false }],
    ['deleted', undefined],
  ])('is told nothing once it is %s', async (_, body) => {
    const { params } = await newWebhook()
    await newTask()
    await run.follow()
    if (body === undefined) await succeed(app, owner, routes.deleteWebhook, { params })
    else await succeed(app, owner, routes.editWebhook, { params, body })
    await run.work()
    await newTask()
    await run.settle()
    expect(run.sent).toEqual([])
  })

  test('shows its secret to nobody afterwards, and the table holds it sealed', async () => {
    const { secret, params } = await newWebhook({ events: ['*'] })
    const texts = [
      await app.call(owner, routes.getWebhook, { params }),
      await app.call(owner, routes.listWebhooks, { params: { workspaceId } }),
      await app.call(owner, routes.editWebhook, { params, body: { description: 'x' } }),
      await app.table.query({ pk: `WSP#${workspaceId}`, prefix: '', limit: 100 }).catch(() => []),
      await app.table.query({ pk: `WSP#${workspaceId}#AUD`, prefix: 'AUD#', limit: 100 }),
      run.sent,
      app.lines,
    ].map((one) => JSON.stringify(one))
    expect(texts.filter((text) => text.includes(secret) || text.includes(secret.slice(6)))).toEqual([])
    await run.settle()
    const audit = await app.table.query({ pk: `WSP#${workspaceId}#AUD`, prefix: 'AUD#', limit: 100 })
    expect(JSON.stringify(audit)).not.toContain('secret-of-the-path')
    expect(audit.items.map(({ type }) => type)).toContain('webhook.created')
  })
})

describe('a delivery', () => {
  test('that is told twice is made once', async () => {
    await newWebhook()
    await newTask()
    await run.follow()
    const again = run.held.map(({ message }) => message)
    await run.work()
    for (const message of [...again, ...again]) expect(await run.take(message)).toBe(true)
    expect(run.sent).toHaveLength(1)
  })

  test('is not tried again by a message of an attempt that has been made', async () => {
    run.answer = () => ({ status: 500, reason: 'it answers 500', milliseconds: 3 })
    await newWebhook()
    await newTask()
    await run.follow()
    const [first] = run.held.map(({ message }) => message)
    if (first === undefined) throw new Error('nothing to deliver')
    await run.work()
    expect(await run.take(first)).toBe(true)
    expect(run.sent).toHaveLength(1)
    run.answer = () => ({ status: 200, reason: null, milliseconds: 3 })
    minutes(1)
    await run.work()
    expect(run.sent).toHaveLength(2)
  })

  test('is tried again after 5 s, 30 s, 2 and 10 min, 1, 3, 6, 12 and 24 h under one id, then given up', async () => {
    run.answer = () => ({ status: 500, reason: 'it answers 500', milliseconds: 3 })
    const { params } = await newWebhook()
    await newTask()
    await run.settle()
    const began = app.clock.now
    const seconds = [0]
    for (let n = 0; n < 60 * 60 && seconds.length < 10; n++) {
      const before = run.sent.length
      app.clock.now += seconds.length < 3 ? 1_000 : 60_000
      await run.sweep()
      await run.work()
      if (run.sent.length > before) seconds.push((app.clock.now - began) / 1000)
    }
    const waits = seconds.slice(1).map((at, n) => at - (seconds[n] ?? 0))
    expect(waits.map((wait) => Math.round(wait / 5) * 5)).toEqual([
      5, 30, 120, 600, 3600, 10_800, 21_600, 43_200, 86_400,
    ])
    expect(new Set(run.sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    minutes(60 * 72)
    await run.sweep()
    await run.work()
    expect(run.sent).toHaveLength(10)
    const [delivery] = await deliveries(params)
    expect(delivery).toMatchObject({ state: 'failed', attempted: 10, nextAttemptAt: null })
    expect(delivery.attempts[0]).toMatchObject({ status: 500, reason: 'it answers 500', milliseconds: 3 })
  }, 60_000)

  test('whose message got lost is found by the sweep', async () => {
    run.answer = () => ({ status: null, reason: 'the connection was refused', milliseconds: 3 })
    await newWebhook()
    await newTask()
    await run.settle()
    run.held.length = 0
    minutes(10)
    expect(await run.sweep()).toBe(1)
    expect(await run.sweep()).toBe(0)
    run.answer = () => ({ status: 200, reason: null, milliseconds: 3 })
    await run.work()
    expect(run.sent).toHaveLength(2)
  })

  test('under way is left alone, and taken over when its attempt has died', async () => {
    await newWebhook()
    await newTask()
    await run.follow()
    const [first] = run.held.splice(0)
    if (first === undefined) throw new Error('nothing to deliver')
    run.answer = () => {
      throw new Error('the function dies')
    }
    expect(await run.take(first.message)).toBe(false)
    run.answer = () => ({ status: 200, reason: null, milliseconds: 3 })
    expect(await run.take(first.message)).toBe(false)
    expect(run.sent).toHaveLength(1)
    minutes(2)
    expect(await run.take(first.message)).toBe(true)
    expect(run.sent).toHaveLength(2)
  })

  test('can be tried again on demand, and a test can be sent, each once for one request', async () => {
    run.answer = () => ({ status: 410, reason: 'it answers 410', milliseconds: 3 })
    const { params } = await newWebhook()
    run.answer = () => ({ status: 302, reason: 'it redirects (302)', milliseconds: 3 })
    const headers = { 'Idempotency-Key': 'once' }
    const { body: asked, headers: reply } = await succeed(app, owner, routes.testWebhook, {
      params,
      body: {},
      headers,
    })
    await succeed(app, owner, routes.testWebhook, { params, body: {}, headers })
    await run.settle()
    expect(bodies()).toEqual([
      {
        type: 'webhook.test',
        timestamp: asked.createdAt,
        data: { ...params, sequence: null, replayId: null, event: null, task: null },
      },
    ])
    const one = { ...params, deliveryId: asked.id }
    expect(reply.location).toBe(
      `/v1/workspaces/${workspaceId}/webhooks/${params.webhookId}/deliveries/${asked.id}`,
    )
    expect((await app.call(owner, routes.getWebhookDelivery, { params: one })).body).toMatchObject({
      state: 'waiting',
      attempts: [{ status: 302, reason: 'it redirects (302)' }],
    })
    run.answer = () => ({ status: 200, reason: null, milliseconds: 3 })
    await succeed(app, owner, routes.retryWebhookDelivery, { params: one, body: {} })
    await run.settle()
    expect((await deliveries(params))[0]).toMatchObject({ state: 'succeeded', attempted: 2 })
    minutes(10)
    await run.work()
    expect(run.sent).toHaveLength(2)
  })
})

describe('a replay', () => {
  test('tells events once more, in steps, under ids of its own that stay the same', async () => {
    const { params } = await newWebhook({ events: ['task.created'] })
    const count = 130
    for (let n = 0; n < count; n++) await newTask(`Task ${n}`)
    await run.settle()
    const first = run.sent.splice(0)
    expect(first).toHaveLength(count)
    const { body } = await succeed(app, owner, routes.replayWebhook, { params, body: { fromSequence: 1 } })
    await run.follow()
    const messages = run.held.map(({ message }) => message)
    await run.work()
    const numbers = bodies().map(({ data }) => data.sequence)
    expect(numbers.toSorted((a, b) => a - b)).toEqual(
      first.map(({ body }) => JSON.parse(body).data.sequence).toSorted((a, b) => a - b),
    )
    expect(new Set(bodies().map(({ data }) => data.replayId))).toEqual(new Set([body.id]))
    const ids = [...first, ...run.sent].map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(2 * count)
    // The same step once more makes no delivery anew.
    for (const message of messages) await run.take(message)
    await run.work()
    expect(run.sent).toHaveLength(count)
  }, 60_000)

  test('goes no further than there are events, and takes no more than 10,000', async () => {
    const { params } = await newWebhook()
    const replay = (body: object) => app.call(owner, routes.replayWebhook, { params, body })
    const { toSequence } = (await replay({ fromSequence: 1, toSequence: 5_000 })).body
    expect(toSequence).toBeLessThan(20)
    expect((await replay({ fromSequence: toSequence + 50 })).body.errors[0].pointer).toBe('/fromSequence')
    expect((await replay({ fromSequence: 1, toSequence: 10_001 })).body.errors[0].pointer).toBe('/toSequence')
    expect((await replay({ fromSequence: 2, toSequence: 1 })).status).toBe(400)
  })
})

describe('a webhook that fails', () => {
  const state = async (params: Record<string, string>) =>
    (await succeed(app, owner, routes.getWebhook, { params })).body
  const failOnce = async () => {
    await newTask()
    await run.settle()
    run.held.length = 0
  }

  test('is switched off at once where the receiver is gone, and who is responsible is told', async () => {
    run.answer = () => ({ status: 410, reason: 'it answers 410', milliseconds: 3 })
    const { params } = await newWebhook({}, admin)
    app.notices.length = 0
    await failOnce()
    expect((await state(params)).disabled).toMatchObject({ because: 'gone' })
    await run.follow()
    expect(app.notices).toMatchObject([
      { kind: 'webhookDisabled', userId: admin.userId, origin: 'https://hooks.acme.com' },
    ])
    run.sent.length = 0
    await newTask()
    await run.settle()
    expect(run.sent).toEqual([])
    await succeed(app, owner, routes.editWebhook, { params, body: { active: true } })
    expect(await state(params)).toMatchObject({
      disabled: null,
      failingSince: null,
      responsibleId: owner.userId,
    })
  })

  test('is switched off after five days in which every delivery failed, and not before', async () => {
    run.answer = () => ({ status: 503, reason: 'it answers 503', milliseconds: 3 })
    const { params } = await newWebhook()
    await failOnce()
    minutes(5 * 24 * 60 - 1)
    await failOnce()
    expect(await state(params)).toMatchObject({ disabled: null, failingSince: expect.any(String) })
    minutes(2)
    await failOnce()
    expect((await state(params)).disabled).toMatchObject({ because: 'failures' })
  })

  test('stays on where one delivery in between succeeded', async () => {
    run.answer = () => ({ status: 503, reason: 'it answers 503', milliseconds: 3 })
    const { params } = await newWebhook()
    await failOnce()
    minutes(4 * 24 * 60)
    run.answer = () => ({ status: 200, reason: null, milliseconds: 3 })
    await failOnce()
    expect((await state(params)).failingSince).toBeNull()
    run.answer = () => ({ status: 503, reason: 'it answers 503', milliseconds: 3 })
    minutes(2 * 24 * 60)
    await failOnce()
    expect((await state(params)).disabled).toBeNull()
  })

  test('tells the owners once whoever is responsible may not have webhooks any more', async () => {
    run.answer = () => ({ status: 410, reason: 'it answers 410', milliseconds: 3 })
    await newWebhook({}, admin)
    await newTask()
    await run.settle()
    const { userId } = admin
    await app.stores.workspaces.member(workspaceId, userId)
    await succeed(app, owner, editMember, { params: { workspaceId, userId }, body: { role: 'member' } })
    app.notices.length = 0
    await run.follow()
    expect(app.notices.map((one) => 'userId' in one && one.userId)).toContain(owner.userId)
  })
})

describe('places for webhooks', () => {
  test('are ten, and free again when one is deleted', async () => {
    const create = () => app.call(owner, routes.createWebhook, { params: { workspaceId }, body: { url } })
    const made = await Promise.all(Array.from({ length: 12 }, create))
    expect(made.map(({ status }) => status).toSorted()).toEqual([...Array(10).fill(201), 409, 409])
    const [first] = made.filter(({ status }) => status === 201)
    const params = { workspaceId, webhookId: first?.body.id }
    await succeed(app, owner, routes.deleteWebhook, { params })
    expect((await app.call(owner, routes.getWebhook, { params })).status).toBe(404)
    expect((await create()).status).toBe(201)
    expect((await create()).status).toBe(409)
    await run.settle()
    const audit = await app.table.query({ pk: `WSP#${workspaceId}#AUD`, prefix: 'AUD#', limit: 100 })
    const types = audit.items.map(({ type }) => type).filter((type) => String(type).startsWith('webhook.'))
    expect(types).toEqual([...Array(10).fill('webhook.created'), 'webhook.deleted', 'webhook.created'])
  })
})
