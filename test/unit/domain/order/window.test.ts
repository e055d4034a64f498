import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxRankLength, type Ranked, rankBetween } from '../../../../shared/domain/order/rank.ts'
import { type Window, windowFor } from '../../../../shared/domain/order/window.ts'
import { gap } from './keys.ts'

const timeOf = (n: number): string => `h0U${String(n).padStart(6, '0')}`
/** A list of so many tasks with room between them, and in the middle one rank that is too long. */
const listWithLong = (count: number): Ranked[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `t${n}`,
    rank: timeOf(n * 10) + (n === count / 2 ? 'V'.repeat(maxRankLength) : ''),
  }))
/** Tasks in one gap, all with long ranks: as `count` insertions behind one task leave them. */
const crowdIn = (lower: string, upper: string, count: number): Ranked[] => {
  const ranks = [upper]
  for (let n = 0; n < count; n++) {
    const placement = rankBetween(lower, ranks[0] as string, 0.5)
    if (placement.kind !== 'between') throw new Error(placement.kind)
    ranks.unshift(placement.rank)
  }
  return [lower, ...ranks].map((rank, n) => ({ id: `c${n}`, rank }))
}

const found = (window: Window | undefined): Window => {
  if (window === undefined) throw new Error('no window in sight')
  return window
}

describe('the window around a long rank', () => {
  test('is the eight around it where there is room', () => {
    const items = listWithLong(100)
    const window = found(windowFor({ items, isStart: false, isEnd: false }))
    expect(window.items).toEqual(items.slice(46, 54))
    expect(Math.max(...window.ranks.map(({ length }) => length))).toBe(9)
  })

  test('lies around the longest rank in sight, wherever the others are', () => {
    const items = listWithLong(100)
    const longer = items.map((one, n) => (n === 20 ? { ...one, rank: one.rank + 'V'.repeat(30) } : one))
    const window = found(windowFor({ items: longer, isStart: false, isEnd: false }))
    expect(window.items).toEqual(longer.slice(16, 24))
  })

  test.each([
    [6, 8],
    [14, 16],
    [40, 64],
    [150, 196],
  ])('grows where %i tasks share a narrow gap: to the %i that hold them all', (count, size) => {
    const items = listWithLong(1000)
    const narrow = Array.from({ length: count }, (_, n) => ({
      id: `n${n}`,
      rank: `${timeOf(4991)}${'V'.repeat(n === count / 2 ? 20 : 15)}${String(n).padStart(3, '0')}V`,
    }))
    const crowded = [...items.slice(0, 500), ...narrow, ...items.slice(501)]
    const window = found(windowFor({ items: crowded, isStart: true, isEnd: true }))
    expect(window.items.map(({ id }) => id)).toEqual(expect.arrayContaining(narrow.map(({ id }) => id)))
    expect(window.items).toHaveLength(size)
    expect(Math.max(...window.ranks.map(({ length }) => length))).toBeLessThan(12)
  })

  test('is not known while a bound is out of sight: more neighbours, please', () => {
    const items = listWithLong(8)
    expect(windowFor({ items, isStart: false, isEnd: false })).toBeUndefined()
    expect(windowFor({ items, isStart: true, isEnd: false })).toBeUndefined()
    expect(windowFor({ items, isStart: false, isEnd: true })).toBeUndefined()
    expect(found(windowFor({ items, isStart: true, isEnd: true })).items).toEqual(items)
  })

  test('exists always when the whole list is in sight, ties and all', () => {
    fc.assert(
      fc.property(gap, fc.integer({ min: 1, max: 300 }), fc.boolean(), ([lower, upper], count, isTied) => {
        fc.pre(lower > 'h0001' && upper < 'hzzzzzzzz')
        const items = isTied
          ? Array.from({ length: count }, (_, n) => ({ id: `t${String(n).padStart(3, '0')}`, rank: lower }))
          : crowdIn(lower, upper, Math.min(count, 60))
        const { ranks, items: window } = found(windowFor({ items, isStart: true, isEnd: true }))
        expect(ranks).toHaveLength(window.length)
        expect(new Set(ranks).size).toBe(ranks.length)
        expect([...ranks].sort()).toEqual(ranks)
      }),
    )
  })

  test('ranks apart two that are tied, once a third was put between them', () => {
    const [a, b] = [timeOf(500), timeOf(500)]
    const placement = rankBetween(a, b, 0.5)
    if (placement.kind !== 'tie') throw new Error(placement.kind)
    const before = listWithLong(100).slice(0, 50)
    const after = listWithLong(100).slice(51)
    const items = [
      ...before,
      { id: 'a', rank: a },
      { id: 'b', rank: b },
      { id: 'moved', rank: placement.rank },
      ...after,
    ]
    const { items: window, ranks } = found(windowFor({ items, isStart: false, isEnd: false }))
    expect(window.map(({ id }) => id)).toEqual(expect.arrayContaining(['a', 'b', 'moved']))
    expect(new Set(ranks).size).toBe(window.length)
    expect(Math.max(...ranks.map(({ length }) => length))).toBeLessThan(maxRankLength)
  })
})
