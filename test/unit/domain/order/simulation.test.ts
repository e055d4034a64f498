import { describe, expect, test } from 'vitest'
import { compareRanked, maxRankLength } from '../../../../shared/domain/order/rank.ts'
import { adversaries } from './adversaries.ts'
import { drawsFrom, RankedList } from './rankedList.ts'

/** What a written rank may have beyond the longest that stand: one digit for the next place, one for choice. */
const longestWritten = maxRankLength + 2
const perMove = ({ moves, shortened }: RankedList): number => shortened / moves

/** Says what was measured, for the record of the run. */
const report = (list: RankedList): void =>
  console.log(
    [
      `${list.rows.length} tasks, ${list.moves} moves: longest rank ${list.longest}`,
      `${perMove(list).toFixed(3)} tasks ranked anew per move, ${list.windows} windows`,
      `in ${list.transactions} transactions, the largest of ${list.largestWindow}`,
    ].join(', '),
  )

const play = (list: RankedList, move: () => void, moves: number): void => {
  for (let n = 1; n <= moves; n++) {
    move()
    if (n % 5000 === 0) list.expectOrder()
  }
  list.expectOrder()
  report(list)
}

// 11 adversaries, three sizes, 33,000 moves each: 1,089,000 on lists of their own.
const moves = 33_000

describe.each(Object.entries(adversaries))('moving %s', (_name, adversary) => {
  test.each([50, 200, 1000])(
    'a list of %i tasks stays as the moves say, with short ranks for few writes',
    (size) => {
      const list = new RankedList(size, drawsFrom(size))
      play(list, adversary(list), moves)
      expect(list.moves).toBe(moves)
      expect(list.longest).toBeLessThanOrEqual(longestWritten)
      expect(perMove(list)).toBeLessThan(3)
    },
  )
})

test('one list stands a million moves of all adversaries by turns', () => {
  const list = new RankedList(300, drawsFrom(2))
  const all = Object.values(adversaries)
  const rounds = Math.ceil(1_000_000 / all.length / 2500)
  for (let round = 0; round < rounds; round++) {
    for (const adversary of all) {
      const move = adversary(list)
      for (let n = 0; n < 2500; n++) move()
      list.expectOrder()
    }
  }
  report(list)
  expect(list.moves).toBeGreaterThanOrEqual(1_000_000)
  expect(list.longest).toBeLessThanOrEqual(longestWritten)
  expect(perMove(list)).toBeLessThan(1)
})

describe('a list that grows in one place to 20,000 tasks', () => {
  test.each([
    ['behind the same task', () => 50],
    ['before the same task', (n: number) => 50 + n],
    ['between the two made last', (n: number) => 50 + Math.floor(n / 2)],
  ])('%s keeps its order and short ranks, with windows as large as it takes', (_name, placeOf) => {
    const list = new RankedList(100, drawsFrom(1))
    let n = 0
    play(list, () => list.insert(placeOf(n++)), 20_000)
    expect(list.longest).toBeLessThanOrEqual(longestWritten)
    expect(perMove(list)).toBeLessThan(6)
  })
})

test.each([10, 50, 200])(
  'a consumer that trails by %i moves costs a character for every four of them, and no order',
  (lag) => {
    const list = new RankedList(1000, drawsFrom(1), { lag })
    play(list, adversaries['always right behind the same task'](list), 20_000)
    expect(list.longest).toBeLessThanOrEqual(longestWritten + Math.ceil(lag / 4))
    expect(perMove(list)).toBeLessThan(3)
  },
)

test('tasks made in the same millisecond have room between them as well', () => {
  const list = new RankedList(200, drawsFrom(3), { apartMs: 0 })
  list.rows.sort(compareRanked)
  play(list, adversaries['to wherever the rank is longest'](list), 20_000)
  expect(list.longest).toBeLessThanOrEqual(longestWritten)
  expect(perMove(list)).toBeLessThan(3)
})
