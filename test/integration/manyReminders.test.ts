import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mine, type Part, partsOf } from '../../shared/api/parts.ts'
import type { NoticeMessage } from '../../shared/api/schemas/notice.ts'
import { sendNotification, sweepReminders } from '../../shared/api/triggers.ts'
import { reminderStore } from '../../shared/data/stores/reminders.ts'
import { encodeTask } from '../../shared/data/stores/tasks.ts'
import { derivedSeed, makeId } from '../../shared/domain/ids.ts'
import { noticeIdOf } from '../../shared/domain/notices/identity.ts'
import { sweep } from '../../shared/domain/pipeline/sweep.ts'
import type { Task } from '../../shared/domain/tasks/task.ts'
import { Crash } from '../support/crashing.ts'
import { type Engine, startEngine } from '../support/engine.ts'
import { meterOn } from '../support/meter.ts'
import { sweeperOf, timeIndex } from '../support/sweeping/timeIndex.ts'
import { type Handed, latenesses, quantile } from '../support/sweeping/workers.ts'
import { aTask, idOf, iso, minutes, start } from '../unit/domain/support/builders.ts'
import { toldNobody } from '../unit/domain/support/toldNobody.ts'

const minute = 60_000
const due = start + minute
const reminder = { id: idOf('reminder', 'one'), userId: null, dateTime: minutes(1).slice(0, 16), zone: 'UTC' }
const template = aTask({ reminders: [reminder] })
const many = (count: number): Task[] =>
  Array.from({ length: count }, (_, n) => ({
    ...template,
    id: makeId('task', start, derivedSeed(`many ${n}`)),
  }))

/** Milliseconds in which a worker puts one notice into an inbox: a read, and writes of a claim and of its end. */
const each = 25

/** A generator of numbers below 1, the same in each run. */
const drawFrom = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32
  return seed / 2 ** 32
}

/**
 * What a sweep's calls take, in milliseconds: latencies of DynamoDB and SQS in one region, and a millisecond of a whole
 * processor for each task (measured below), which the shards of one sweeper share.
 */
const processorPerTask = 1.1
const pageOf = 50
const latencyOf = (shards: number) => ({
  page: 20 + (pageOf * processorPerTask * shards) / 2,
  send: 20,
  advance: 15 + (pageOf * processorPerTask * shards) / 2,
})

test('100,000 reminders of one minute are told once each by sweepers that run beside one another and die', async () => {
  const count = 100_000
  const index = timeIndex(many(count))
  const draw = drawFrom(7)
  const first = new Map<string, Handed>()
  const queries = { count: 0, keys: 0 }
  let messages = 0
  const take = (some: readonly NoticeMessage[], at: number): void => {
    messages += some.length
    for (const one of some) {
      // The ledger has one row for an id: who comes later finds it settled.
      const known = first.get(noticeIdOf(one))
      if (known === undefined || at < known.at) first.set(noticeIdOf(one), { at, due: Date.parse(one.at) })
    }
  }
  const died: number[] = []
  const parts = partsOf(sweepReminders)
  const sweepPart = async (part: Part, begun: number, mayDie: boolean): Promise<boolean> => {
    const fatal = mayDie ? 200 + Math.floor(draw() * 20_000) : Number.POSITIVE_INFINITY
    let steps = 0
    const dies = () => ++steps > fatal
    const shards = mine(part, [...index.shards.keys()])
    const latency = latencyOf(shards.length)
    const world = sweeperOf({ index, start: begun, latency, dies, take, queries })
    try {
      await sweep(iso(begun), { ...toldNobody, ...world, reminders: { ...world.reminders, shards } })
      return true
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      died.push(steps)
      return false
    }
  }
  // Each part dies somewhere, is begun again beside what it left unfinished, and meets another of the same part.
  await Promise.all(
    parts.map(async (part) => {
      if (await sweepPart(part, due, true)) return
      await Promise.all([sweepPart(part, due + 2_000, true), sweepPart(part, due + 4_000, false)])
    }),
  )
  expect(index.left()).toBe(0)
  expect(first.size).toBe(count)
  expect(died.length).toBeGreaterThanOrEqual(parts.length)
  const handed = [...first.values()]
  const swept = handed.map(({ at, due }) => at - due).sort((a, b) => a - b)
  const { maxConcurrency, batchSize: batch } = sendNotification
  const told = (concurrency: number) => quantile(latenesses(handed, { concurrency, batch, each }), 0.99)
  let [few, enough] = [0, 128]
  while (enough - few > 1) {
    const between = Math.floor((few + enough) / 2)
    if (told(between) <= minute) enough = between
    else few = between
  }
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  console.info(
    `${count} reminders of one minute: ${parts.length} sweepers, ${died.length} deaths, ` +
      `${messages - count} messages handed on again, ${queries.count} queries; ` +
      `handed on p50 ${seconds(quantile(swept, 0.5))} s, p99 ${seconds(quantile(swept, 0.99))} s; ` +
      `told p99 ${seconds(told(maxConcurrency))} s by ${maxConcurrency} workers at ${each} ms each, ` +
      `within a minute by ${enough}`,
  )
  expect(quantile(swept, 0.99)).toBeLessThanOrEqual(minute)
  expect(enough).toBeLessThan(128)
}, 120_000)

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.close())

const store = async (tasks: readonly Task[]): Promise<void> => {
  for (let from = 0; from < tasks.length; from += 250) {
    const parts = Array.from({ length: 10 }, (_, n) => tasks.slice(from + n * 25, from + n * 25 + 25))
    await Promise.all(
      parts.map((part) => {
        const puts = part.map((task) => ({
          PutRequest: { Item: marshall(encodeTask(task), { removeUndefinedValues: true }) },
        }))
        return engine.client.send(new BatchWriteItemCommand({ RequestItems: { [engine.tableName]: puts } }))
      }),
    )
  }
}

test('a thousand of them are told once each out of a real table, and cost what is counted', async () => {
  const count = 1_000
  await store(many(count))
  const told = new Map<string, number>()
  const queue = {
    send: async (some: readonly NoticeMessage[]) => {
      for (const one of some) told.set(noticeIdOf(one), (told.get(noticeIdOf(one)) ?? 0) + 1)
    },
  }
  const world = { ...toldNobody, reminders: reminderStore(engine.table), queue }
  const meter = meterOn(engine.client)
  const cpu = process.cpuUsage()
  const { cost } = await meter.measure(() => sweep(iso(due), world))
  const { user, system } = process.cpuUsage(cpu)
  expect(told.size).toBe(count)
  expect([...told.values()].every((times) => times === 1)).toBe(true)
  expect(await sweep(iso(due), world)).toBe(0)
  const queries = cost.trace.filter((line) => line.includes('Query'))
  const units = queries.reduce((sum, line) => sum + Number(line.split(' ').at(-2)), 0)
  // Half a unit for each 4 kB that a query reads of an index.
  const megabytes = (units * 8192) / 1e6
  console.info(
    `${count} reminders out of a real table: ${queries.length} queries of ${units} units, ` +
      `${(queries.length / megabytes).toFixed(0)} queries per megabyte of the index; in all ${cost.calls} calls, ` +
      `${cost.readUnits} read and ${cost.writeUnits} write units; ${((user + system) / count).toFixed(0)} µs of processor each`,
  )
}, 120_000)
