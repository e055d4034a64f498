import type { Random } from './random.ts'

const minute = 60_000
const hour = 60 * minute

/** How AWS behaves within its promises: when things arrive, in what order, and how often. */
export interface Weather {
  /** Milliseconds that a call takes to its service, and the answer back, when it ordinarily takes that many. */
  readonly latency: (ordinary: number) => number
  /** Records or messages that are delivered together, of so many that could be. */
  readonly batch: (most: number) => number
  readonly order: <T>(all: readonly T[]) => T[]
  /** Something that was done with is delivered once more. */
  readonly again: () => boolean
  /** A server does not know that somebody has a message, and gives it to somebody else as well. */
  readonly toTwo: () => boolean
  /** Milliseconds that a message, a shard or a schedule rests before it goes on. */
  readonly rest: () => number
  /** Milliseconds by which an index trails the table. */
  readonly lag: () => number
  /** The shard of a partition that is new to the stream. */
  readonly shard: (count: number) => number
  /** Milliseconds after a run of a schedule at which it runs once more, if so. */
  readonly doubled: () => number | undefined
  /** A receiver of requests answers the n-th (from 1) with an error. */
  readonly refuses: (request: number) => boolean
  /** Two transactions met. */
  readonly conflict: () => boolean
}

/** Everything in order, at once and once. */
export const fair = (): Weather => {
  let partitions = 0
  return {
    latency: (ordinary) => ordinary,
    batch: (most) => most,
    order: (all) => [...all],
    again: () => false,
    toTwo: () => false,
    rest: () => 0,
    lag: () => 0,
    shard: (count) => partitions++ % count,
    doubled: () => undefined,
    // Long enough for waits that no queue can hold.
    refuses: (request) => request <= 5,
    conflict: () => false,
  }
}

/** Whatever AWS does not rule out. */
export const foul = (random: Random): Weather => ({
  latency: (ordinary) =>
    ordinary * (0.2 + 3 * random.number()) + (random.chance(0.01) ? random.below(20_000) : 0),
  batch: (most) => 1 + random.below(most),
  order: random.shuffled,
  again: () => random.chance(0.15),
  toTwo: () => random.chance(0.15),
  rest: () => (random.chance(0.1) ? random.below(6 * hour) : 0),
  lag: () => (random.chance(0.5) ? random.below(3_000) : 0),
  shard: random.below,
  doubled: () => (random.chance(0.4) ? random.below(random.chance(0.5) ? 50 : 90_000) : undefined),
  refuses: () => random.chance(0.3),
  conflict: () => random.chance(0.03),
})
