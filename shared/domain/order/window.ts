import type { Ranked } from './rank.ts'
import { mostPerTransaction, rebalance } from './rebalance.ts'

/** A stretch of a list, in order. */
export interface Stretch {
  readonly items: readonly Ranked[]
  /** Whether the first of `items` is the first of the list, and the last the last. */
  readonly isStart: boolean
  readonly isEnd: boolean
}

export interface Window {
  readonly items: readonly Ranked[]
  readonly ranks: readonly string[]
}

/** Windows tried, smallest first: 8, 16, 32, 64, 98, which fit into one transaction, and then twice as many each. */
const sizeOf = (step: number): number => (step < 4 ? 8 << step : mostPerTransaction * 2 ** (step - 4))

/**
 * How long the new ranks of a window may be: 20 for the smallest, which leaves each gap room for some twenty
 * insertions, and one less for each size above, which is 62 times the room for twice the tasks. So whoever fills a
 * window again and again has to fill the next larger one before that is ranked anew, and larger windows become rare
 * faster than they grow. From 4,000 tasks on it is 11, a millisecond and two digits: less than new tasks have.
 */
const longestIn = (step: number): number => Math.max(20 - step, 11)

/** Neighbours to read on either side at first; four times as many each time `windowFor` asks for more. */
export const firstReach = mostPerTransaction / 2 + 1

const placeOfLongest = (items: readonly Ranked[]): number =>
  items.reduce((place, { rank }, n) => (rank.length > (items[place]?.rank.length ?? 0) ? n : place), 0)

/**
 * The smallest window around the longest rank in sight whose ranks become short, and these. `undefined`: there is
 * none in sight, read more neighbours; never so when the whole list is in sight, which has all the room in front.
 *
 * The longest, not the one that called for it: while many insert at one place the consumer trails behind, and what it
 * must widen is where they are now. A task whose rank is still long afterwards calls for another window.
 */
export const windowFor = ({ items, isStart, isEnd }: Stretch): Window | undefined => {
  const at = placeOfLongest(items)
  for (let step = 0; ; step++) {
    const size = sizeOf(step)
    const from = Math.max(0, Math.min(at - size / 2, items.length - size))
    const window = items.slice(from, from + size)
    const [lower, upper] = [items[from - 1]?.rank ?? null, items[from + size]?.rank ?? null]
    // Without a neighbour to bound it, a window has to reach the end of the list.
    if ((lower === null && !isStart) || (upper === null && !isEnd)) return undefined
    const ranks = rebalance(window, lower, upper)
    if (ranks?.every((rank) => rank.length <= longestIn(step))) return { items: window, ranks }
    if (window.length === items.length) return undefined
  }
}
