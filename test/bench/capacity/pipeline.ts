import type { DynamoDBRecord, SQSEvent } from 'aws-lambda'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { completeTask, createTask, deleteTask, editTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace, invite } from '../../../shared/api/routes/workspaces.ts'
import type { NoticeMessage } from '../../../shared/api/schemas/notice.ts'
import { consumeTableStream, sendNotification } from '../../../shared/api/triggers.ts'
import { derivedStore } from '../../../shared/data/stores/derived.ts'
import { ledgerStore } from '../../../shared/data/stores/ledger.ts'
import { reminderStore } from '../../../shared/data/stores/reminders.ts'
import { onQueue } from '../../../shared/events/onQueue.ts'
import { onSchedule } from '../../../shared/events/onSchedule.ts'
import { onStream } from '../../../shared/events/onStream.ts'
import { changeOf } from '../../../shared/events/records.ts'
import { startApp } from '../../support/app.ts'
import { type Cost, meterOn } from '../../support/meter.ts'
import { description, due, succeed, taskBody } from '../../support/ordinary/team.ts'
import { type StoredSize, storedSize } from './storedSize.ts'

/** Work of one function: what one invocation cost that did `count` of something. */
export interface Work {
  readonly name: string
  readonly count: number
  readonly cost: Cost
  /** Messages handed to the queue. */
  readonly messages: number
}

export type NoticeKind = NoticeMessage['kind']

export interface Pipeline {
  readonly events: Readonly<Record<'createTask' | 'editTask' | 'completeTask' | 'deleteTask', Work>>
  readonly batches: readonly Work[]
  readonly ownWrites: Work
  readonly notices: Readonly<Record<NoticeKind, Work>>
  readonly noticeBatch: Work
  readonly idleSweep: Work
  readonly reminder: Work
  readonly reminderBatch: Work
  /** Bytes that a task leaves behind which was created, edited, completed. */
  readonly bytesPerTask: StoredSize
}

const dueReminders = 50

/** An application with one project, and the three functions that nobody calls, each behind the meter. */
const start = async () => {
  const app = await startApp()
  const owner = await app.person('Olga Owner')
  const made = await succeed(app, owner, createWorkspace, { body: { name: 'Acme', zone: 'UTC' } })
  const workspaceId: string = made.body.id
  const project = await succeed(app, owner, createProject, {
    params: { workspaceId },
    body: { name: 'A', key: 'OPS' },
  })
  const colleagues = [await app.person('Carla'), await app.person('Carlos'), await app.person('Carol')]
  for (const one of colleagues) await app.join(one, workspaceId, 'member')
  const ids = colleagues.map(({ userId }) => userId)
  const meter = meterOn(app.engine.client)
  const sent: NoticeMessage[] = []
  const queue = { send: async (messages: readonly NoticeMessage[]) => void sent.push(...messages) }

  const work = async (name: string, count: number, block: () => Promise<unknown>): Promise<Work> => {
    sent.length = 0
    const { cost } = await meter.measure(block)
    return { name, count, cost, messages: sent.length }
  }

  const stream = onStream({ derived: derivedStore(app.table), stores: app.stores, queue })
  const consume = (name: string, Records: DynamoDBRecord[]) =>
    work(name, Records.length, async () => {
      const { batchItemFailures } = await stream({ Records })
      if (batchItemFailures.length > 0) throw new Error(`the consumer failed on ${name}`)
    })
  /** Records of tasks written since, without those of the consumer's own writes. */
  const taskRecords = async () =>
    (await app.stream.read()).filter((record) => changeOf(record).kind === 'task')

  const worker = onQueue({
    facts: app.stores,
    ledger: ledgerStore(app.table),
    mailer: { send: async () => 'message-id' },
    now: () => new Date(app.clock.now).toISOString(),
    newClaim: () => crypto.randomUUID(),
  })
  const notify = (name: string, messages: readonly NoticeMessage[]) =>
    work(name, messages.length, async () => {
      const Records = messages.map((message, n) => ({ messageId: String(n), body: JSON.stringify(message) }))
      const { batchItemFailures } = await worker({ Records } as SQSEvent)
      if (batchItemFailures.length > 0) throw new Error(`the worker failed on ${name}`)
    })
  const sweep = (name: string, at: string) => {
    const handler = onSchedule({ reminders: reminderStore(app.table), queue }, () => Date.parse(at))
    return work(name, 0, handler)
  }

  const create = async (changes: Record<string, unknown> = {}): Promise<string> => {
    const params = { workspaceId, projectId: String(project.body.id) }
    const { body } = await succeed(app, owner, createTask, {
      params,
      body: taskBody(ids.slice(0, 2), changes),
    })
    return body.id
  }
  const inviteOne = async (): Promise<string> => {
    const body = { email: 'somebody@example.com', role: 'member' }
    return (await succeed(app, owner, invite, { params: { workspaceId }, body })).body.id
  }
  const write = (
    route: typeof editTask | typeof completeTask | typeof deleteTask,
    taskId: string,
    body?: unknown,
  ) => succeed(app, owner, route, { params: { workspaceId, taskId }, body })
  return { app, ids, workspaceId, sent, create, inviteOne, write, consume, taskRecords, notify, sweep }
}
type Bench = Awaited<ReturnType<typeof start>>

/** Moves the task in every list, and from one assignee to another. */
const moving = (ids: readonly string[]) => ({
  status: 'blocked',
  due: { ...due, dateTime: '2031-05-06T12:00' },
  assigneeIds: ids.slice(1, 3),
})

const single = async ({ create, write, consume, taskRecords, ids }: Bench) => {
  const id = await create()
  const created = await consume('task created', await taskRecords())
  await write(editTask, id, moving(ids))
  const edited = await consume('task moved and assigned anew', await taskRecords())
  await write(completeTask, id, {})
  const completed = await consume('task completed', await taskRecords())
  await write(deleteTask, id)
  const deleted = await consume('task deleted', await taskRecords())
  return { createTask: created, editTask: edited, completeTask: completed, deleteTask: deleted }
}

const batches = async ({ app, create, write, consume, taskRecords, ids }: Bench) => {
  const { batchSize } = consumeTableStream
  const before = await storedSize(app.engine)
  const tasks: string[] = []
  for (let n = 0; n < batchSize; n++) tasks.push(await create())
  const created = await consume(`tasks created, ${batchSize} at once`, await taskRecords())
  const ownRecords = await app.stream.read()
  const ownWrites = await consume('records of the consumer’s own writes', ownRecords)
  for (const id of tasks) await write(editTask, id, { description: `Done by Friday. ${description}` })
  const described = await consume(`descriptions edited, ${batchSize} at once`, await taskRecords())
  for (const id of tasks) await write(editTask, id, moving(ids))
  const moved = await consume(`tasks moved and assigned anew, ${batchSize} at once`, await taskRecords())
  for (const id of tasks) await write(completeTask, id, {})
  const completed = await consume(`tasks completed, ${batchSize} at once`, await taskRecords())
  const after = await storedSize(app.engine)
  const bytesPerTask = {
    table: (after.table - before.table) / batchSize,
    indexes: (after.indexes - before.indexes) / batchSize,
  }
  return { batches: [created, described, moved, completed], ownWrites, bytesPerTask }
}

const reminded = async ({ create, sweep, sent }: Bench) => {
  const remindingAt = (dateTime: string) => create({ due: { dateTime, zone: 'UTC' } })
  const idleSweep = await sweep('sweep of nothing', '2028-01-01T00:00:00Z')
  await remindingAt('2029-01-01T12:00')
  const reminder = { ...(await sweep('sweep of one task', '2029-01-01T11:30:00Z')), count: 1 }
  const messages = [...sent]
  for (let n = 0; n < dueReminders; n++) await remindingAt('2030-01-01T12:00')
  const many = await sweep(`sweep of ${dueReminders} tasks`, '2030-01-01T11:30:00Z')
  return { idleSweep, reminder, reminderBatch: { ...many, count: dueReminders }, messages }
}

const notified = async (
  { app, workspaceId, ids, notify, ...bench }: Bench,
  reminders: readonly NoticeMessage[],
) => {
  const [userId = '', , by = ''] = ids
  const assigned: NoticeMessage[] = []
  for (let n = 0; n <= sendNotification.batchSize; n++) {
    assigned.push({ kind: 'assigned', workspaceId, taskId: await bench.create(), userId, by, version: 1 })
  }
  const [first, ...rest] = assigned as [NoticeMessage, ...NoticeMessage[]]
  const invitationId = await bench.inviteOne()
  const notices = {
    assigned: await notify('assignment', [first]),
    reminder: await notify('reminder', reminders.slice(0, 1)),
    welcome: await notify('welcome', [{ kind: 'welcome', userId }]),
    invited: await notify('invitation', [{ kind: 'invited', workspaceId, invitationId }]),
  }
  return { notices, noticeBatch: await notify(`assignments, ${rest.length} at once`, rest) }
}

/** Puts the stream consumer, the notification worker and the sweep to work, by the piece and by the batch. */
export const measurePipeline = async (): Promise<Pipeline> => {
  const bench = await start()
  try {
    await bench.app.stream.read()
    const events = await single(bench)
    const { messages, ...sweeps } = await reminded(bench)
    const { notices, noticeBatch } = await notified(bench, messages)
    await bench.app.stream.read()
    return { events, ...(await batches(bench)), notices, noticeBatch, ...sweeps }
  } finally {
    await bench.app.close()
  }
}
