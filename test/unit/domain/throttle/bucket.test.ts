import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketStore } from '../../../../shared/data/stores/throttle.ts'
import { type Bucket, standingOf, widened } from '../../../../shared/domain/throttle/bucket.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import { start } from '../support/builders.ts'

const bucketOf = (burst: number, everySeconds: number): Bucket => ({
  id: 'one',
  purpose: 'password',
  limit: { burst, everySeconds },
})

/** Milliseconds between one arrival and the next: crowds, trickles and pauses. */
const pause = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 900 }),
  fc.integer({ min: 1_000, max: 90_000 }),
)
const arrivals = fc.array(pause, { minLength: 1, maxLength: 80 }).map((pauses) => {
  let now = start
  return pauses.map((ms) => (now += ms))
})
const limits = fc.record({
  burst: fc.integer({ min: 1, max: 8 }),
  everySeconds: fc.integer({ min: 1, max: 40 }),
})

/** The arrivals that got an attempt. */
const passed = async (bucket: Bucket, times: readonly number[]): Promise<number[]> => {
  const buckets = bucketStore(memoryTable().table)
  const through: number[] = []
  for (const now of times) if ((await buckets.take(bucket, now)).taken) through.push(now)
  return through
}

describe('a bucket', () => {
  test('lets through, in any span of time, no more than its burst and what came in meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(limits, arrivals, async ({ burst, everySeconds }, times) => {
        const through = await passed(bucketOf(burst, everySeconds), times)
        through.forEach((from, first) => {
          through.slice(first).forEach((to, n) => {
            expect(n + 1).toBeLessThanOrEqual(burst + (to - from) / (everySeconds * 1000))
          })
        })
      }),
    )
  })

  test('lets through whoever waits for as long as it says, and nobody a moment before', async () => {
    await fc.assert(
      fc.asyncProperty(limits, arrivals, async ({ burst, everySeconds }, times) => {
        const bucket = bucketOf(burst, everySeconds)
        const { table } = memoryTable()
        const buckets = bucketStore(table)
        for (const now of times) {
          const found = await buckets.take(bucket, now)
          if (found.taken) continue
          const { nextInSeconds } = standingOf('account', bucket.limit, { ...found, now })
          const exactly = found.fullAt - (burst - 1) * everySeconds * 1000
          expect(exactly).toBeLessThanOrEqual(now + nextInSeconds * 1000)
          expect(exactly).toBeGreaterThan(now + (nextInSeconds - 1) * 1000)
          expect((await buckets.take(bucket, exactly - 1)).taken).toBe(false)
          expect((await buckets.take(bucket, exactly)).taken).toBe(true)
          return
        }
      }),
    )
  })

  test('writes nothing where it has none left', async () => {
    const { table, items } = memoryTable()
    const buckets = bucketStore(table)
    const bucket = bucketOf(2, 60)
    for (const taken of [true, true]) expect((await buckets.take(bucket, start)).taken).toBe(taken)
    const before = structuredClone([...items.values()])
    expect((await buckets.take(bucket, start)).taken).toBe(false)
    expect([...items.values()]).toEqual(before)
  })

  test('lets nobody through that is changed each time one looks', async () => {
    const present = { PK: '', SK: '', fullAt: start }
    const table = { ...memoryTable().table, update: async () => ({ won: false, present }) as const }
    await expect(bucketStore(table).take(bucketOf(2, 60), start)).rejects.toThrow('quicker')
  })

  test('is kept until it is full again, and not for long after', async () => {
    const { table, items } = memoryTable()
    const buckets = bucketStore(table)
    for (let n = 0; n < 3; n++) await buckets.take(bucketOf(5, 60), start + n * 1_500)
    const [item] = items.values()
    const fullAt = start + 3 * 60_000
    expect(Number(item?.ttl)).toBeGreaterThanOrEqual(fullAt / 1000)
    expect(Number(item?.ttl)).toBeLessThan(fullAt / 1000 + 60)
  })

  test('that is given back what was taken is as it was, and none is made by giving back', async () => {
    const { table, items } = memoryTable()
    const buckets = bucketStore(table)
    const bucket = bucketOf(2, 60)
    await buckets.giveBack(bucket)
    expect(items.size).toBe(0)
    for (let n = 0; n < 20; n++) {
      expect((await buckets.take(bucket, start)).taken).toBe(true)
      await buckets.giveBack(bucket)
    }
    expect(await passed(bucket, [start, start, start])).toHaveLength(2)
  })
})

test('a limit that is widened lets through so many times as many', () => {
  expect(widened({ burst: 50, everySeconds: 30 }, 4)).toEqual({ burst: 200, everySeconds: 7.5 })
  expect(widened({ burst: 1, everySeconds: 30 }, 0.1)).toEqual({ burst: 1, everySeconds: 300 })
})
