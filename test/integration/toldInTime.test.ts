import type { SQSEvent } from 'aws-lambda'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NoticeMessage } from '../../shared/api/schemas/notice.ts'
import { sendNotification } from '../../shared/api/triggers.ts'
import { ledgerStore } from '../../shared/data/stores/ledger.ts'
import { reminderStore } from '../../shared/data/stores/reminders.ts'
import { waitingStore } from '../../shared/data/stores/waiting.ts'
import { sweep } from '../../shared/domain/pipeline/sweep.ts'
import { onNotices } from '../../shared/events/onNotices.ts'
import { type App, startApp } from '../support/app.ts'
import { foundWorkspace } from '../support/jobs.ts'
import { meterOn } from '../support/meter.ts'
import { mostPerNotice } from '../support/sweeping/workers.ts'

/** What DynamoDB and SQS take for one round trip within a region, in milliseconds, generously. */
const roundTrip = 20
/** Lambda gives a whole processor with so much memory. */
const processorMb = 1_769
const reminded = 100

let app: App
beforeAll(async () => {
  app = await startApp()
}, 60_000)
afterAll(() => app.close())

/** Reminders of one minute, as the sweep hands them on. */
const due = async (): Promise<NoticeMessage[]> => {
  const owner = await app.person('Olga')
  const { addTasks } = await foundWorkspace(app, owner)
  const reminders = [{ dateTime: '2031-03-03T09:00', zone: 'UTC' }]
  await addTasks(reminded, { assigneeIds: [owner.userId], reminders })
  app.clock.now = Date.parse('2031-03-03T09:00:10.000Z')
  const messages: NoticeMessage[] = []
  const queue = { send: async (some: readonly NoticeMessage[]) => void messages.push(...some) }
  const now = new Date(app.clock.now).toISOString()
  await sweep(now, { ...app.stores, reminders: reminderStore(app.table), groups: app.groups, queue })
  return messages
}

const eventOf = (messages: readonly NoticeMessage[]) =>
  ({
    Records: messages.map((message, n) => ({ messageId: String(n), body: JSON.stringify(message) })),
  }) as SQSEvent

test('a notice takes a worker no longer than what the sum of 100,000 reminders assumes', async () => {
  const messages = await due()
  expect(messages).toHaveLength(reminded)
  const handed: NoticeMessage[] = []
  const handler = onNotices({
    facts: app.facts,
    ledger: ledgerStore(app.table),
    waiting: waitingStore(app.table),
    mails: { send: async (some) => void handed.push(...some) },
    now: () => new Date(app.clock.now).toISOString(),
  })
  const meter = meterOn(app.engine.client)
  const { batchSize, memoryMb = 512 } = sendNotification
  const times: number[] = []
  let depth = 0
  for (let from = 0; from < messages.length; from += batchSize) {
    const begun = process.cpuUsage()
    const { result, cost } = await meter.measure(() =>
      app.granted.as(sendNotification, () => handler(eventOf(messages.slice(from, from + batchSize)))),
    )
    const { user, system } = process.cpuUsage(begun)
    expect(result.batchItemFailures).toEqual([])
    depth = Math.max(depth, cost.depth)
    times.push((user + system) / 1000 / batchSize)
  }
  expect(handed).toHaveLength(reminded)
  // The first batches warm the code up, once for a container of thousands.
  const processor = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  // One more round trip puts its mail into the queue.
  const waits = ((depth + 1) * roundTrip) / batchSize
  const each = waits + processor * Math.max(1, processorMb / memoryMb)
  console.info(
    `telling a notice: ${depth} round trips of a batch of ${batchSize} and one to the queue, ` +
      `${processor.toFixed(2)} ms of processor each; ${each.toFixed(1)} ms with ${memoryMb} MB`,
  )
  expect(each).toBeLessThanOrEqual(mostPerNotice)
}, 120_000)
