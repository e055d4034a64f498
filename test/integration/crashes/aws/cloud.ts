import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs'
import type { Context } from 'aws-lambda'
import type { QueueConsumer, Schedule, StreamConsumer } from '../../../../shared/api/declaration.ts'
import { partsOf } from '../../../../shared/api/parts.ts'
import { triggers } from '../../../../shared/api/triggers.ts'
import { type Timed, timeShards } from '../../../../shared/data/keys.ts'
import type { Item, Table } from '../../../../shared/data/tablePort.ts'
import { grants } from '../../../support/granted.ts'
import { type Caller, lambda, type Plan } from './lambda.ts'
import type { Random } from './random.ts'
import { receivers } from './receivers.ts'
import { type StandardQueue, standardQueue } from './standardQueue.ts'
import type { Storage } from './storage.ts'
import { tableStream } from './tableStream.ts'
import type { VirtualTime } from './time.ts'
import type { Weather } from './weather.ts'

export type Handler = (event: unknown, context: Context) => Promise<unknown>
/** By name: a function as it stands in so many containers, which know nothing of one another. */
export type Handlers = { readonly [name: string]: readonly Handler[] }

/** What a schedule looks for in the time index. */
const sweptBy: { readonly [schedule: string]: Timed } = {
  sweepReminders: 'REM',
  sendWaitingMails: 'OUT',
  sendDigests: 'DIG',
  sweepDeliveries: 'DLV',
}

const minute = 60_000
/** Things that happen before a run counts as one that never comes to rest. */
const patience = 200_000
const readMilliseconds = 6
const writeMilliseconds = 12

/** Faults that no consumer can make good: to see that they do not go unseen. */
export type Spoil = 'acknowledges first' | 'forgets conditions' | 'loses a message'

export interface Sky {
  readonly time: VirtualTime
  readonly weather: Weather
  readonly plan: Plan
  readonly random: Random
  readonly meanwhile: () => Promise<void>
  readonly storage: Storage
  readonly handlers: Handlers
  /** Schedules that run. */
  readonly schedules: readonly string[]
  readonly spoil?: Spoil | undefined
  /** The mail service takes nothing before this instant. */
  readonly mailDownUntil?: number | undefined
  /** No schedule runs after this instant. */
  readonly until: number
}

/** The functions of the product with table, stream, queues, schedules and mail service around them. */
export const cloud = (sky: Sky) => {
  const { time, weather, storage, handlers, schedules, until, spoil, mailDownUntil } = sky
  const fns = lambda(sky)
  /** A function may do what it declares, and nothing else. */
  const granted = grants()
  const stream = tableStream(time, weather)
  const outside = receivers(time, weather, fns, mailDownUntil)
  const queues = new Map<string, StandardQueue>()
  const failures: unknown[] = []
  const busy = new Set<Handler>()
  let isWritten = true
  let isPolled = false
  let sent = 0

  const invoke = <Reply>(
    declared: QueueConsumer | Schedule | StreamConsumer,
    event: unknown,
  ): Promise<Reply> =>
    fns.invoke(declared, async (getRemainingTimeInMillis) => {
      const handler = handlers[declared.name]?.find((one) => !busy.has(one))
      if (handler === undefined) throw new Error(`no container is free for ${declared.name}`)
      busy.add(handler)
      try {
        const context = { getRemainingTimeInMillis, functionName: declared.name } as Context
        return await granted.as(declared, () => handler(event, context) as Promise<Reply>)
      } finally {
        busy.delete(handler)
      }
    })

  const poll = async (): Promise<void> => {
    isPolled = false
    stream.append(await storage.takeRecords())
  }
  const noteWrite = (caller: Caller, content: unknown): void => {
    fns.written(caller, content)
    isWritten = true
    if (isPolled) return
    isPolled = true
    void time.after(10, poll)
  }

  const writing =
    <Args extends unknown[], Result extends { won: boolean }>(
      name: string,
      kind: 'retried' | 'once',
      write: (...args: Args) => Promise<Result>,
    ) =>
    (...args: Args): Promise<Result> =>
      fns.call({ name, kind, milliseconds: writeMilliseconds }, async (caller) => {
        const result = await write(...args)
        if (result.won) noteWrite(caller, args)
        return result
      })
  const { table: present } = storage
  const table: Table = granted.ofTable({
    get: (key) =>
      fns.call({ name: 'get', kind: 'read', milliseconds: readMilliseconds }, () => present.get(key)),
    query: (range) =>
      fns.call({ name: 'query', kind: 'read', milliseconds: readMilliseconds }, () => present.query(range)),
    put: writing('put', 'retried', (item, condition) =>
      present.put(item, spoil === 'forgets conditions' && item.itemType === 'notice' ? undefined : condition),
    ),
    update: writing('update', 'retried', present.update),
    delete: writing('delete', 'retried', present.delete),
    transact: writing('transact', 'once', async (writes) =>
      weather.conflict() ? { won: false, lost: writes.map(() => undefined) } : present.transact(writes),
    ),
  })

  const sendBatch = async ({
    QueueUrl = '',
    Entries = [],
  }: SendMessageBatchCommandInput): Promise<Pick<SendMessageBatchCommandOutput, 'Failed' | 'Successful'>> => {
    const queue = queues.get(QueueUrl)
    if (queue === undefined) throw new Error(`no queue at ${QueueUrl}`)
    const name = `send to ${queue.consumer.queue}`
    return fns.call({ name, kind: 'retried', milliseconds: writeMilliseconds }, () => {
      const isLost = spoil === 'loses a message' && sent++ === 0
      for (const { MessageBody = '', DelaySeconds } of isLost ? [] : Entries)
        queue.accept([MessageBody], DelaySeconds)
      return { Successful: [], Failed: [] }
    })
  }

  const clockwork = triggers.filter(
    (one): one is Schedule => one.kind === 'schedule' && schedules.includes(one.name),
  )
  const nextRun = new Map<string, number>()
  const dues = new Map<string, number>()
  const dueOf = ({ name }: Schedule): number => dues.get(name) ?? Number.POSITIVE_INFINITY
  const run = (declared: Schedule): void => {
    for (const part of partsOf(declared))
      invoke(declared, part).catch((error: unknown) => failures.push(error))
  }
  const lookForDues = async (): Promise<void> => {
    isWritten = false
    for (const { name } of clockwork) {
      const sort = sweptBy[name]
      const due = sort && (await storage.earliest(timeShards(sort)))
      dues.set(name, due === undefined ? Number.POSITIVE_INFINITY : Date.parse(due))
    }
  }
  /** Lets the schedules run whose minute comes before everything else; after an outage they come late. */
  const wind = async (): Promise<void> => {
    if (isWritten && storage.isNear) await lookForDues()
    if (time.nextAt() === undefined) await lookForDues()
    for (const declared of clockwork) {
      const earliest = Math.max(dueOf(declared), nextRun.get(declared.name) ?? 0, time.now())
      const at = Math.ceil(earliest / minute) * minute
      if (at > until || at > (time.nextAt() ?? Number.POSITIVE_INFINITY)) continue
      const late = at + weather.rest()
      nextRun.set(declared.name, late + 1)
      // A table far off is asked again once all is quiet.
      if (!storage.isNear) dues.delete(declared.name)
      time.at(late, () => run(declared))
      const doubled = weather.doubled()
      if (doubled !== undefined) time.at(late + doubled, () => run(declared))
    }
  }

  for (const declared of triggers) {
    if (declared.kind === 'queue') {
      const consumer: QueueConsumer = declared
      const queue = standardQueue(consumer, time, weather, spoil === 'acknowledges first')
      queue.feeds((event) => invoke(consumer, event))
      queues.set(queueUrlOf(consumer.queue), queue)
    }
    if (declared.kind === 'stream') {
      const consumer: StreamConsumer = declared
      stream.feeds(consumer, (event) => invoke(consumer, event))
    }
  }

  /** Lets everything happen that follows, until nothing is left to do. */
  const untilQuiet = async (): Promise<void> => {
    for (let happened = 0; happened < patience; happened++) {
      await wind()
      if (time.nextAt() === undefined) return
      await time.step()
    }
    throw new Error('it never comes to rest')
  }

  return {
    table,
    stream,
    queues,
    outside,
    fns,
    time,
    sendBatch,
    failures,
    untilQuiet,
    poll,
    items: (): Promise<readonly Item[]> => storage.items(),
  }
}
export type Cloud = ReturnType<typeof cloud>

export const queueUrlOf = (queue: string): string => `https://sqs.test/${queue}`
