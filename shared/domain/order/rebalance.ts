import { origin, placeIn, plus, roomBetween, timeDigits } from './digits.ts'
import type { Ranked } from './rank.ts'

/**
 * Bounds in place of the ends of the list. The last task keeps its millisecond, so that those made later still stand
 * behind it; towards the front there is room for ever, and every task may have a millisecond of its own.
 */
const bounds = (window: readonly Ranked[], lower: string | null, upper: string | null) => {
  const [first, last] = [window[0]?.rank ?? origin, window.at(-1)?.rank ?? origin]
  const before = upper ?? plus(last, timeDigits, 1) ?? null
  if (lower !== null) return { after: lower, before }
  const inFront = plus(first, timeDigits, -1) ?? origin
  const farEnough = plus(before ?? last, timeDigits, -1 - window.length) ?? origin
  const [after = origin] = [inFront, farEnough].sort()
  return { after, before }
}

/**
 * New ranks of neighbours in a list, in the same order: the shortest that fit between the ranks of those around them
 * (`null` at an end of the list), spread evenly. `undefined` when nothing can stand between the two, which are tied.
 */
export const rebalance = (
  window: readonly Ranked[],
  lower: string | null,
  upper: string | null,
): string[] | undefined => {
  const { after, before } = bounds(window, lower, upper)
  const room = roomBetween(after, before, window.length)
  if (room === undefined) return undefined
  const share = room.count / window.length
  return window.map((_, index) => placeIn(after, room, Math.floor((index + 0.5) * share)))
}

export interface RankChange extends Ranked {
  /** The rank it was read with: the write is guarded by it. */
  readonly from: string
}

/** Tasks that one transaction ranks anew: two of DynamoDB's hundred actions are left to the caller. */
export const mostPerTransaction = 98

/**
 * The changes of a window in transactions, to be written one after the other. The list is in order after each of
 * them, whatever becomes of the next: tasks that move up go first, the foremost before those behind it, then those
 * that move down, the hindmost before those in front of it.
 */
export const inTransactions = (window: readonly Ranked[], ranks: readonly string[]): RankChange[][] => {
  const changes = window.flatMap(({ id, rank: from }, index) => {
    const rank = ranks[index]
    return rank === undefined ? [] : [{ id, from, rank }]
  })
  const up = changes.filter(({ from, rank }) => rank < from)
  const down = changes.filter(({ from, rank }) => rank > from).reverse()
  const steps = [...up, ...down]
  return Array.from({ length: Math.ceil(steps.length / mostPerTransaction) }, (_, n) =>
    steps.slice(n * mostPerTransaction, (n + 1) * mostPerTransaction),
  )
}
