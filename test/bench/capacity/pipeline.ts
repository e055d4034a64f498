import { completeTask, deleteTask, editTask } from '../../../shared/api/routes/tasks.ts'
import type { NoticeMessage } from '../../../shared/api/schemas/notice.ts'
import { consumeTableStream, sendNotification } from '../../../shared/api/triggers.ts'
import { description, due } from '../../support/ordinary/team.ts'
import { consumerAt, idleSweepsAt, sweepAt, workerAt } from './machinery.ts'
import { type StoredSize, storedSize } from './storedSize.ts'
import type { noticesPerMonth } from './usage.ts'
import { peopleAt, startWorkbench, type Work, type Workbench } from './workbench.ts'

export interface Pipeline {
  readonly events: Readonly<
    Record<'createTask' | 'createComment' | 'editTask' | 'completeTask' | 'deleteTask', Work>
  >
  readonly batches: readonly Work[]
  readonly ownWrites: Work
  /** The last mail of an account is not among them: it is sent once in a lifetime, by the worker that forgets it. */
  readonly notices: Readonly<Record<keyof typeof noticesPerMonth, Work>>
  readonly noticeBatch: Work
  readonly idleSweep: Work
  /** Of the other schedules of each minute. */
  readonly otherIdleSweeps: readonly Work[]
  readonly reminder: Work
  readonly reminderBatch: Work
  /** What a task takes up that was created, edited twice and completed, with all that follows from it. */
  readonly bytesPerTask: StoredSize
}

const dueTasks = 50

/** Moves the task in every list, and from one assignee to another. */
const moving = ({ colleagueIds }: Workbench) => ({
  status: 'blocked',
  due: { ...due, dateTime: '2031-05-06T12:00' },
  assigneeIds: colleagueIds.slice(1, 3),
})

const one = async (bench: Workbench) => {
  const { create, change, comment } = peopleAt(bench)
  const { consume, recordsOf } = consumerAt(bench)
  const taskRecords = () => recordsOf('task')
  const id = await create()
  const created = await consume('task created', await taskRecords())
  await change(editTask, id, moving(bench))
  const edited = await consume('task moved and assigned anew', await taskRecords())
  await change(completeTask, id, {})
  const completed = await consume('task completed', await taskRecords())
  await change(deleteTask, id)
  const deleted = await consume('task deleted', await taskRecords())
  const discussed = await create()
  await taskRecords()
  await comment(discussed, `Is it done, @[Carla](${bench.colleagueIds[0]})?`)
  const commented = await consume('comment with a mention', await recordsOf('comment'))
  const talk = [...bench.sent]
  const events = {
    createTask: created,
    createComment: commented,
    editTask: edited,
    completeTask: completed,
    deleteTask: deleted,
  }
  return { events, talk }
}

const many = async (bench: Workbench) => {
  const { create, change } = peopleAt(bench)
  const { consume, recordsOf } = consumerAt(bench)
  const taskRecords = () => recordsOf('task')
  const { batchSize } = consumeTableStream
  const tasks: string[] = []
  for (let n = 0; n < batchSize; n++) tasks.push(await create())
  const created = await consume(`tasks created, ${batchSize} at once`, await taskRecords())
  const ownWrites = await consume('records of the consumer’s own writes', await bench.app.stream.read())
  for (const id of tasks) await change(editTask, id, { description: `Done by Friday. ${description}` })
  const described = await consume(`descriptions edited, ${batchSize} at once`, await taskRecords())
  for (const id of tasks) await change(editTask, id, moving(bench))
  const moved = await consume(`tasks moved and assigned anew, ${batchSize} at once`, await taskRecords())
  for (const id of tasks) await change(completeTask, id, {})
  const completed = await consume(`tasks completed, ${batchSize} at once`, await taskRecords())
  return { batches: [created, described, moved, completed], ownWrites, tasks: tasks.length }
}

const manyStored = async (bench: Workbench) => {
  const before = await storedSize(bench.app.engine)
  const { tasks, ...works } = await many(bench)
  const after = await storedSize(bench.app.engine)
  const bytesPerTask = {
    table: (after.table - before.table) / tasks,
    indexes: (after.indexes - before.indexes) / tasks,
  }
  return { ...works, bytesPerTask }
}

const reminded = async (bench: Workbench) => {
  const { create } = peopleAt(bench)
  const sweep = sweepAt(bench)
  const createDue = (dateTime: string) => create({ due: { dateTime, zone: 'UTC' } })
  const idleSweep = await sweep('sweep of nothing', 0, '2028-01-01T00:00:00Z')
  await createDue('2029-01-01T12:00')
  const reminder = await sweep('sweep of one task', 1, '2029-01-01T11:30:00Z')
  const messages = [...bench.sent]
  for (let n = 0; n < dueTasks; n++) await createDue('2030-01-01T12:00')
  const reminderBatch = await sweep(`sweep of ${dueTasks} tasks`, dueTasks, '2030-01-01T11:30:00Z')
  const otherIdleSweeps = await idleSweepsAt(bench, '2028-01-01T00:00:00Z')
  return { sweeps: { idleSweep, otherIdleSweeps, reminder, reminderBatch }, messages }
}

/** The first notice of a kind among messages that were sent. */
const firstOf = (kind: NoticeMessage['kind'], messages: readonly NoticeMessage[]): NoticeMessage[] => {
  const first = messages.find((message) => message.kind === kind)
  if (first === undefined) throw new Error(`nobody was to be told: ${kind}`)
  return [first]
}

/** When that happened which the notices tell. */
const dateTime = '2031-03-04T17:00'
const at = `${dateTime}:00.000Z`

const notified = async (bench: Workbench, messages: readonly NoticeMessage[]) => {
  const people = peopleAt(bench)
  const notify = workerAt(bench)
  const { consume, recordsOf } = consumerAt(bench)
  const { workspaceId, owner } = bench
  const userId = String(bench.colleagueIds[0])
  const assigned = async (): Promise<NoticeMessage> => {
    const taskId = await people.create()
    return { kind: 'assigned', workspaceId, taskId, userId, by: owner.userId, version: 1, at }
  }
  const overdue = async (): Promise<NoticeMessage> => {
    await people.create({ due: { dateTime: '2020-01-01T12:00', zone: 'UTC' } })
    // It stands in no list of its assignees before.
    await consume('overdue task', await recordsOf('task'))
    const now = new Date(bench.app.clock.now).toISOString()
    return { kind: 'digest', workspaceId, userId, date: now.slice(0, 10), at: now }
  }
  const batch: NoticeMessage[] = []
  for (let n = 0; n < sendNotification.batchSize; n++) batch.push(await assigned())
  const invitationId = await people.invite()
  const notices = {
    assigned: await notify('assignment', [await assigned()]),
    mentioned: await notify('mention', firstOf('mentioned', messages)),
    commented: await notify('comment', firstOf('commented', messages)),
    due: await notify('task that is due', [
      {
        kind: 'due',
        workspaceId,
        taskId: await people.create({ due: { dateTime, zone: 'UTC' } }),
        userId,
        at,
      },
    ]),
    reminder: await notify('reminder', firstOf('reminder', messages)),
    digest: await notify('digest', [await overdue()]),
    bulk: await notify('assignments of a bulk', [
      { kind: 'bulk', workspaceId, bulkId: 'bulk', userId, by: owner.userId, count: 12, at },
    ]),
    welcome: await notify('welcome', [{ kind: 'welcome', userId, at }]),
    mfa: await notify('change of a second factor', [
      { kind: 'mfa', userId, change: 'enabled', version: 2, at, codesLeft: 10 },
    ]),
    invited: await notify('invitation', [{ kind: 'invited', workspaceId, invitationId, at }]),
  }
  return { notices, noticeBatch: await notify(`assignments, ${batch.length} at once`, batch) }
}

/** Puts the stream consumer, the notification worker and the sweep to work, by the piece and by the batch. */
export const measurePipeline = async (): Promise<Pipeline> => {
  const bench = await startWorkbench()
  try {
    const { events, talk } = await one(bench)
    const { sweeps, messages } = await reminded(bench)
    const notices = await notified(bench, [...talk, ...messages])
    // What these have written is no batch of the consumer's.
    await bench.app.stream.read()
    return { events, ...(await manyStored(bench)), ...notices, ...sweeps }
  } finally {
    await bench.app.close()
  }
}
