import * as fc from 'fast-check'
import { generateKeyBetween } from 'fractional-indexing'
import { describe, expect, test } from 'vitest'
import { makeId } from '../../../../shared/domain/ids.ts'
import {
  compareRanked,
  firstRank,
  isRank,
  longestRank,
  maxRankLength,
  rankBetween,
} from '../../../../shared/domain/order/rank.ts'
import { gap, isKey, rank } from './keys.ts'

const time = fc.integer({ min: 0, max: 62 ** 8 - 1 })
const seed = fc.uint8Array({ minLength: 10, maxLength: 10 })
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const now = Date.UTC(2026, 0, 1)

/** The rank of a placement that has one. */
const placed = (after: string | null, before: string | null, draw: number): string => {
  const placement = rankBetween(after, before, draw)
  if (placement.kind !== 'between') throw new Error(placement.kind)
  return placement.rank
}

describe('the rank of a new task', () => {
  test('is a key of the library, of twelve characters', () => {
    fc.assert(
      fc.property(time, seed, (at, drawn) => {
        const rank = firstRank(at, drawn)
        expect([isKey(rank), isRank(rank), rank.length]).toEqual([true, true, 12])
      }),
    )
  })

  test('grows with the time of creation, whatever the seeds', () => {
    fc.assert(
      fc.property(time, time, seed, seed, (a, b, x, y) => {
        fc.pre(a !== b)
        expect(firstRank(a, x) < firstRank(b, y)).toBe(a < b)
      }),
    )
  })

  test('puts tasks of one millisecond in the order of their ids', () => {
    fc.assert(
      fc.property(seed, seed, (x, y) => {
        const [one, other] = [x, y].map((drawn) => ({
          id: makeId('task', now, drawn),
          rank: firstRank(now, drawn),
        })) as [{ id: string; rank: string }, { id: string; rank: string }]
        expect(Math.sign(compareRanked(one, other))).toBe(
          one.id === other.id ? 0 : one.id < other.id ? -1 : 1,
        )
      }),
    )
  })

  test('differs for most tasks of one millisecond', () => {
    const ranks = Array.from({ length: 2 ** 16 }, (_, n) => firstRank(now, Uint8Array.of(n >> 8, n & 255, 0)))
    expect(new Set(ranks).size).toBe(ranks.length)
  })

  test.each([-1, 62 ** 8, Number.NaN, Number.POSITIVE_INFINITY])('has no time %d', (at) => {
    expect(() => firstRank(at, new Uint8Array(10))).toThrow(RangeError)
  })
})

test('tasks of one rank stand in the order of their ids', () => {
  const [a, b] = [
    { id: 'a', rank: 'h00000001' },
    { id: 'b', rank: 'h00000001' },
  ] as const
  expect([compareRanked(a, b), compareRanked(b, a), compareRanked(a, { ...a })]).toEqual([-1, 1, 0])
  expect(compareRanked(b, { ...a, rank: 'h00000002' })).toBe(-1)
})

describe('a rank', () => {
  test('is what the library calls a key, with the head h and at most 128 characters', () => {
    const near = fc
      .tuple(rank, fc.string({ maxLength: 2 }), fc.constantFrom('', '0', '00', 'z'))
      .map((parts) => parts.join(''))
    const text = fc.oneof(rank, near, fc.stringMatching(/^[a-zA-Z][0-9A-Za-z]{0,14}$/), fc.string())
    fc.assert(
      fc.property(text, (text) => {
        // The library lets pass any character of a fraction.
        const hasDigitsAlone = /^[0-9A-Za-z]*$/.test(text)
        expect(isRank(text)).toBe(text.startsWith('h') && hasDigitsAlone && isKey(text))
      }),
      { numRuns: 2000 },
    )
    expect(isRank(`h00000000${'1'.repeat(longestRank - 9)}`)).toBe(true)
    expect(isRank(`h00000000${'1'.repeat(longestRank - 8)}`)).toBe(false)
  })

  test.each(['', 'h', 'a0', 'h0000000', 'h000000000', 'h00000000\n', ' h00000000', 'h0000000é', 'H00000000'])(
    'is not %j',
    (text) => expect(isRank(text)).toBe(false),
  )
})

describe('a rank between two others', () => {
  test('stands strictly between them and is a key of the library', () => {
    fc.assert(
      fc.property(gap, random, ([after, before], draw) => {
        const rank = placed(after, before, draw)
        expect(after < rank && rank < before).toBe(true)
        expect([isKey(rank), isRank(rank)]).toEqual([true, true])
      }),
      { numRuns: 5000 },
    )
  })

  test('is at most two characters longer than the one of the library', () => {
    fc.assert(
      fc.property(gap, random, ([after, before], draw) => {
        expect(placed(after, before, draw).length).toBeLessThanOrEqual(
          generateKeyBetween(after, before).length + 2,
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('is drawn from many: of two who insert at one place, fewer than one in a hundred choose the same', () => {
    const neighbours = fc.tuple(fc.integer({ min: 1, max: 86_400_000 }), seed, seed)
    fc.assert(
      fc.property(neighbours, ([apart, x, y]) => {
        const [after, before] = [firstRank(now, x), firstRank(now + apart, y)]
        const draws = Array.from({ length: 1000 }, (_, n) => placed(after, before, n / 1000))
        expect(new Set(draws).size).toBeGreaterThan(100)
      }),
    )
  })

  test('leaves room on both sides: a quarter of the gap and more', () => {
    const [after, before] = [firstRank(now, new Uint8Array(3)), firstRank(now + 62 ** 3, new Uint8Array(3))]
    for (const draw of [0, 0.5, 0.999]) {
      const rank = placed(after, before, draw)
      expect(rank > firstRank(now + 62 ** 3 / 4 - 2, new Uint8Array(3))).toBe(true)
      expect(rank < firstRank(now + (62 ** 3 * 3) / 4 + 2, new Uint8Array(3))).toBe(true)
    }
  })

  test('is refused when they stand the other way round, or there are none', () => {
    fc.assert(
      fc.property(gap, random, ([after, before], draw) => {
        expect(rankBetween(before, after, draw)).toEqual({ kind: 'out-of-range' })
      }),
    )
    expect(rankBetween(null, null, 0.5)).toEqual({ kind: 'out-of-range' })
  })

  test('of equal rank stands right behind them, long enough to call for order', () => {
    fc.assert(
      fc.property(rank, rank, random, (tied, other, draw) => {
        const placement = rankBetween(tied, tied, draw)
        if (placement.kind !== 'tie') throw new Error(placement.kind)
        expect(placement.rank > tied).toBe(true)
        expect([isKey(placement.rank), placement.rank.length > maxRankLength]).toEqual([true, true])
        // Nothing that stood behind them stands before it now, but what has the same beginning and many zeros.
        if (other > tied && !other.startsWith(`${tied}00`)) expect(placement.rank < other).toBe(true)
      }),
    )
  })

  test('is refused for a while where ranks have become too long', () => {
    const long = `h0UzAbCdE${'V'.repeat(longestRank - 9)}`
    expect(rankBetween(long, `${long.slice(0, -1)}W`, 0.5)).toEqual({ kind: 'crowded' })
    expect(rankBetween(long, long, 0.5)).toEqual({ kind: 'crowded' })
  })
})

describe('a rank beyond the first or the last', () => {
  test('stands there, is a key of the library and no longer than that of a new task', () => {
    fc.assert(
      fc.property(rank, random, (end, draw) => {
        fc.pre(end > 'h00000001' && end < 'hzzzzzzzy')
        const [front, back] = [placed(null, end, draw), placed(end, null, draw)]
        expect(front < end && end < back).toBe(true)
        for (const rank of [front, back]) expect([isKey(rank), rank.length <= 12]).toEqual([true, true])
      }),
      { numRuns: 2000 },
    )
  })

  test('a hundred thousand moves to the end reach less than a second ahead of new tasks', () => {
    let rank = firstRank(now, Uint8Array.of(255, 255, 255))
    for (let n = 0; n < 100_000; n++) rank = placed(rank, null, (n % 997) / 997)
    expect(rank < firstRank(now + 1000, new Uint8Array(3))).toBe(true)
  })

  test('is refused beyond the ends of all ranks', () => {
    expect(rankBetween(null, 'h00000000', 0.5)).toEqual({ kind: 'out-of-range' })
    expect(rankBetween('hzzzzzzzzzzz', null, 0.5)).toEqual({ kind: 'out-of-range' })
  })
})
