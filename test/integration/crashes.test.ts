import { randomUUID } from 'node:crypto'
import type { DynamoDBRecord } from 'aws-lambda'
import { afterEach, expect, test } from 'vitest'
import { createProject, getProjectStatistics } from '../../shared/api/routes/projects.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import type { NoticeMessage } from '../../shared/api/schemas/notice.ts'
import { consumeTableStream, sendNotification, sweepReminders } from '../../shared/api/triggers.ts'
import { eventKey } from '../../shared/data/keys.ts'
import { storesOf } from '../../shared/data/stores/all.ts'
import { derivedStore } from '../../shared/data/stores/derived.ts'
import { digestStore } from '../../shared/data/stores/digests.ts'
import { groupStore } from '../../shared/data/stores/groups.ts'
import { ledgerStore } from '../../shared/data/stores/ledger.ts'
import { preferencesStore } from '../../shared/data/stores/preferences.ts'
import { reminderStore } from '../../shared/data/stores/reminders.ts'
import { upkeepStore } from '../../shared/data/stores/upkeep.ts'
import { waitingStore } from '../../shared/data/stores/waiting.ts'
import { noticeIdOf } from '../../shared/domain/notices/identity.ts'
import { sendNotice } from '../../shared/domain/notices/send.ts'
import { consume } from '../../shared/domain/pipeline/consume.ts'
import { sweep } from '../../shared/domain/pipeline/sweep.ts'
import { changeOf } from '../../shared/events/records.ts'
import { type App, startApp } from '../support/app.ts'
import { Crash, crashingTable, type Fuse, guarded, newFuse } from '../support/crashing.ts'

let app: App | undefined
afterEach(() => app?.close())

const minute = 60_000

/** One write and all that follows, with every consumer killable; deliveries are repeated until they succeed. */
const startWorld = async () => {
  app = await startApp()
  const { table, clock, granted } = app
  let fuse: Fuse = newFuse()
  const current = () => fuse
  const mails: { id: string; to: string }[] = []
  const messages: NoticeMessage[] = []
  const over = crashingTable(table, current)
  const queue = {
    send: guarded(
      'queue.send',
      current,
      async (some: readonly NoticeMessage[]) => void messages.push(...some),
    ),
  }
  const mailer = {
    send: guarded('mail.send', current, async (notice: { id: string }, { address }: { address: string }) => {
      mails.push({ id: notice.id, to: address })
      return randomUUID()
    }),
  }
  const now = () => new Date(clock.now).toISOString()
  const jobs = { send: async () => undefined }
  const { objects } = app.files
  const groups = groupStore(over)
  const stores = storesOf(over)
  const digests = digestStore(over)
  const upkeeps = upkeepStore(over)
  const consumer = {
    derived: derivedStore(over),
    stores,
    groups,
    digests,
    preferences: preferencesStore(over),
    upkeeps,
    queue,
    jobs,
    webhooks: jobs,
    objects,
  }
  const inbox = ledgerStore(table)
  const facts = { ...storesOf(table), groups: groupStore(table), preferences: preferencesStore(table), inbox }
  const sender = {
    facts,
    ledger: ledgerStore(over),
    waiting: waitingStore(over),
    mailer,
    now,
    newClaim: randomUUID,
  }
  const sweeper = { ...storesOf(over), reminders: reminderStore(over), groups, queue }
  return {
    app,
    mails,
    messages,
    arm: (at?: number) => {
      fuse = newFuse(at)
    },
    fuse: current,
    consume: (records: readonly DynamoDBRecord[]) =>
      granted.as(consumeTableStream, () => consume(records.map(changeOf), consumer)),
    send: (message: NoticeMessage) => granted.as(sendNotification, () => sendNotice(message, sender)),
    sweep: () => granted.as(sweepReminders, () => sweep(now(), sweeper)),
  }
}
type World = Awaited<ReturnType<typeof startWorld>>

/** Runs to the end although it may be killed once; the clock moves past every claim, as visibility timeouts do. */
const untilDone = async (world: World, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Crash)) throw error
    world.app.clock.now += 3 * minute
    await work()
  }
}

/** Every message is delivered until it is done, and once more. */
const deliverAll = async (world: World): Promise<void> => {
  const deliver = (message: NoticeMessage) =>
    untilDone(world, async () => {
      if (!(await world.send(message))) throw new Error('a notice stayed claimed')
    })
  for (const message of world.messages) {
    await deliver(message)
    world.app.clock.now += 3 * minute
    await deliver(message)
  }
}

/**
 * A task is created for somebody with a reminder, edited, and its reminder falls due; the consumers are killed at
 * step `at` of all they do, everything is delivered twice. Returns what came of it.
 */
const story = async (at?: number) => {
  const world = await startWorld()
  const { app } = world
  const [owner, assignee] = [await app.person('Owner'), await app.person('Assignee')]
  const { workspaceId } = await app
    .call(owner, createWorkspace, { body: { name: 'W' } })
    .then(({ body }) => ({ workspaceId: body.id as string }))
  const project = await app.call(owner, createProject, {
    params: { workspaceId },
    body: { name: 'P', key: 'OPS' },
  })
  const projectId = project.body.id as string
  await app.join(assignee, workspaceId, 'member')
  await app.drain()
  app.notices.length = 0

  const created = await app.call(owner, tasks.createTask, {
    params: { workspaceId, projectId },
    body: {
      title: 'Crash me',
      assigneeIds: [assignee.userId],
      due: { dateTime: new Date(app.clock.now + 60 * minute).toISOString().slice(0, 16), zone: 'UTC' },
      reminders: [{ relativeTo: 'due', minutesBefore: 30 }],
    },
  })
  expect(created.status).toBe(201)
  const taskId = created.body.id as string
  const params = { workspaceId, taskId }
  await app.call(owner, tasks.editTask, { params, body: { priority: 'high', tags: ['x'] } })
  const records = await app.stream.read()

  world.arm(at)
  await untilDone(world, () => world.consume(records))
  await untilDone(world, () => world.consume(records))
  app.clock.now += 31 * minute
  await untilDone(world, world.sweep)
  await untilDone(world, world.sweep)
  await deliverAll(world)
  const steps = world.fuse()
  world.arm()
  const rest = await app.stream.read()
  await world.consume(rest)
  await world.consume(rest)

  const history = await app.stores.records.history(workspaceId, taskId, 100)
  const log = await app.table.query({ pk: eventKey(workspaceId, 1).PK, limit: 100 })
  const statistics = await app.call(owner, getProjectStatistics, { params: { workspaceId, projectId } })
  const assigned = await app.call(assignee, tasks.listAssignedTasks, {
    params: { workspaceId, userId: '@me' },
  })
  const mailIds = world.mails.map(({ id }) => id)
  const kinds = new Map(world.messages.map((message) => [noticeIdOf(message), message.kind]))
  const result = {
    history: history.items.map(({ taskVersion, type }) => `${taskVersion} ${type}`),
    // What went before is about workspace and members.
    log: log.items.slice(-2).map(({ sequence, type }) => `${sequence} ${type}`),
    numbers: log.items.map(({ sequence }) => sequence),
    statistics: statistics.body,
    assigned: assigned.body.items.map(({ priority, tags }: { priority: string; tags: string[] }) => [
      priority,
      ...tags,
    ]),
    mails: mailIds.map((id) => kinds.get(id)).sort(),
  }
  await app.close()
  return { result, steps }
}

const expected = {
  history: ['2 task.changed', '1 task.created'],
  log: ['6 task.created', '7 task.changed'],
  numbers: [1, 2, 3, 4, 5, 6, 7],
  statistics: {
    total: 1,
    byStatus: { open: 1, in_progress: 0, blocked: 0, done: 0, cancelled: 0 },
    byPriority: { none: 0, low: 0, medium: 0, high: 1, urgent: 0 },
  },
  assigned: [['high', 'x']],
  mails: ['assigned', 'reminder'],
}

test('killed at every step and delivered twice, nothing is lost or doubled but in the one documented window', async () => {
  const { result, steps } = await story()
  expect(result).toEqual(expected)
  expect(steps.steps).toBeGreaterThanOrEqual(12)

  const doubled: string[] = []
  for (let at = 1; at <= steps.steps; at++) {
    const { result: crashed } = await story(at)
    const name = `${at} ${steps.names[at - 1]}`
    if (crashed.mails.length > 2) doubled.push(name)
    expect({ ...crashed, mails: [...new Set(crashed.mails)] }, name).toEqual(expected)
  }
  const crashPoints = steps.steps
  // The window: the mail service has taken the mail, the ledger does not know yet. Both mails have one, two steps wide.
  const inWindow = steps.names.flatMap((name, index) =>
    name === 'after mail.send' || (name === 'before put' && steps.names[index - 1] === 'after mail.send')
      ? [`${index + 1} ${name}`]
      : [],
  )
  expect(doubled).toEqual(inWindow)
  console.info(
    `${crashPoints} crash points, each delivery twice: 0 lost, doubled only at ${inWindow.join(', ')}`,
  )
}, 300_000)
