import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRanked, firstRank, type Ranked } from '../../../../shared/domain/order/rank.ts'
import { inTransactions, mostPerTransaction, rebalance } from '../../../../shared/domain/order/rebalance.ts'
import { countBetween, gap, isKey, numberOf, rank } from './keys.ts'

const named = (ranks: readonly string[]): Ranked[] =>
  ranks.map((rank, n) => ({ id: `t${String(n).padStart(4, '0')}`, rank }))
const sorted = (ranks: readonly string[]): string[] => [...ranks].sort()

/** A list in order, of at most so many, in which some ranks may be equal. */
const list = (maxLength: number) =>
  fc.array(rank, { minLength: 1, maxLength }).map((ranks) => named(sorted(ranks)))
/** How many stand in a gap; what their ranks were does not matter there. */
const crowd = fc.integer({ min: 1, max: 200 })
const windowIn = ([lower]: readonly [string, string], count: number) => named(Array(count).fill(`${lower}1`))

const ranksOf = (window: readonly Ranked[], lower: string | null, upper: string | null): string[] => {
  const ranks = rebalance(window, lower, upper)
  if (ranks === undefined) throw new Error('no room')
  return ranks
}
const grows = (ranks: readonly string[]): boolean =>
  ranks.every((rank, n) => n === 0 || (ranks[n - 1] as string) < rank)

describe('new ranks of neighbours', () => {
  test('are keys, one for each, in the same order, strictly between their bounds', () => {
    fc.assert(
      fc.property(gap, crowd, (bounds, count) => {
        const [lower, upper] = bounds
        const ranks = ranksOf(windowIn(bounds, count), lower, upper)
        expect(ranks).toHaveLength(count)
        expect(grows([lower, ...ranks, upper])).toBe(true)
        expect(ranks.every(isKey)).toBe(true)
      }),
    )
  })

  test('are the shortest there are: one digit less would not do for all', () => {
    fc.assert(
      fc.property(gap, crowd, (bounds, count) => {
        const [lower, upper] = bounds
        const digits =
          Math.max(...ranksOf(windowIn(bounds, count), lower, upper).map(({ length }) => length)) - 1
        if (digits > 8) expect(countBetween(lower, upper, digits - 1)).toBeLessThan(count)
      }),
      { numRuns: 500 },
    )
  })

  test('are spread evenly, to one place of their last digit, with half as much room at either bound', () => {
    fc.assert(
      fc.property(gap, crowd, ([lower, upper], count) => {
        const ranks = ranksOf(windowIn([lower, upper], count), lower, upper)
        const digits = Math.max(...ranks.map(({ length }) => length), upper.length, lower.length) - 1
        const numbers = [lower, ...ranks, upper].map((one) => numberOf(one, digits))
        const steps = numbers.slice(1).map((number, n) => Number(number - (numbers[n] as bigint)))
        const unit = 62 ** (digits - Math.max(...ranks.map(({ length }) => length - 1), 8))
        const between = steps.slice(1, -1)
        const share = Number((numbers.at(-1) as bigint) - (numbers[0] as bigint)) / count
        for (const step of between) expect(Math.abs(step - share)).toBeLessThanOrEqual(2 * unit)
        for (const step of [steps[0], steps.at(-1)]) {
          expect(Math.abs((step as number) - share / 2)).toBeLessThanOrEqual(2 * unit)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('keep the end of the list in its millisecond, so that new tasks stand behind it', () => {
    fc.assert(
      fc.property(list(120), fc.boolean(), (whole, isAll) => {
        const lower = isAll ? null : (whole[0]?.rank ?? null)
        const window = isAll ? whole : named(whole.map(({ rank }) => rank).filter((one) => one !== lower))
        fc.pre(window.length > 0 && whole.every(({ rank }) => rank > 'h0001' && rank < 'hzzzzzzzz'))
        const ranks = ranksOf(window, lower, null)
        expect(grows(lower === null ? ranks : [lower, ...ranks])).toBe(true)
        const lastBefore = window.at(-1)?.rank ?? ''
        expect((ranks.at(-1) as string).slice(0, 9) <= lastBefore.slice(0, 9)).toBe(true)
      }),
    )
  })

  test('take the room in front of the list: no fraction at all, however crowded it was', () => {
    fc.assert(
      fc.property(rank, crowd, fc.boolean(), (upper, count, isAll) => {
        fc.pre(upper > 'h0001' && upper < 'hzzzzzzzz')
        const ranks = ranksOf(named(Array(count).fill(upper)), null, isAll ? null : upper)
        expect(grows(isAll ? ranks : [...ranks, upper])).toBe(true)
        expect(Math.max(...ranks.map(({ length }) => length))).toBe(9)
      }),
    )
  })

  test('stay as far apart at the front as the tasks were made', () => {
    const made = named([0, 1, 2, 3].map((n) => firstRank(Date.UTC(2026, 0, 1 + n), new Uint8Array(3))))
    const ranks = ranksOf(made.slice(0, 3), null, made[3]?.rank ?? null)
    expect((ranks[0] as string) < firstRank(Date.UTC(2026, 0, 1, 18), new Uint8Array(3))).toBe(true)
  })

  test('exist even at the ends of all ranks', () => {
    expect(grows(ranksOf(named(['h00000000', 'h00000000']), null, null))).toBe(true)
    expect(grows(ranksOf(named(['hzzzzzzzzz', 'hzzzzzzzzz']), 'hzzzzzzzzy', null))).toBe(true)
  })

  test('do not exist between tied neighbours', () => {
    fc.assert(
      fc.property(rank, crowd, (tied, count) => {
        expect(rebalance(named(Array(count).fill(tied)), tied, tied)).toBeUndefined()
      }),
    )
  })
})

describe('the transactions of a window', () => {
  /** A list and any other ranks for it: lists of the same length, both in order. */
  const rewriting = fc.integer({ min: 1, max: 250 }).chain((length) =>
    fc.tuple(
      fc.array(rank, { minLength: length, maxLength: length }).map((ranks) => named(sorted(ranks))),
      fc.uniqueArray(rank, { minLength: length, maxLength: length }).map(sorted),
    ),
  )

  test('change each rank that changes, once, at most 98 at a time, with the rank it was read with', () => {
    fc.assert(
      fc.property(rewriting, ([window, ranks]) => {
        const transactions = inTransactions(window, ranks)
        for (const { length } of transactions) expect(length).toBeLessThanOrEqual(mostPerTransaction)
        const changes = transactions.flat().sort((a, b) => (a.id < b.id ? -1 : 1))
        const wanted = window.map(({ id, rank }, n) => ({ id, from: rank, rank: ranks[n] as string }))
        expect(changes).toEqual(wanted.filter(({ from, rank }) => from !== rank))
        expect(transactions.length).toBe(Math.ceil(changes.length / mostPerTransaction))
      }),
    )
  })

  test('leave the list in order after every single change, should the next one never come', () => {
    fc.assert(
      fc.property(rewriting, ([window, ranks]) => {
        const now = window.map((one) => ({ ...one }))
        for (const { id, rank } of inTransactions(window, ranks).flat()) {
          const at = now.findIndex((one) => one.id === id)
          now[at] = { id, rank }
          const around = now.slice(Math.max(0, at - 1), at + 2)
          expect([...around].sort(compareRanked)).toEqual(around)
        }
        expect(now.map((one) => one.rank)).toEqual(ranks)
      }),
    )
  })
})
