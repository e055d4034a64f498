import { digitsOf, hasForm, origin, placeIn, plus, roomBetween, timeDigits } from './digits.ts'

/**
 * Tasks of a list stand in the order of (rank, id), which is total even where two ranks are equal. A move writes one
 * rank; ranks that have grown long are shortened later (`window.ts`).
 */
export interface Ranked {
  readonly id: string
  readonly rank: string
}

export const compareRanked = (a: Ranked, b: Ranked): number => {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

/** A rank longer than this has the ranks around it shortened, once it is written. */
export const maxRankLength = 24

/** The longest rank that may be written at all: some 500 insertions into one gap, faster than it is shortened. */
export const longestRank = 128

/** Whether a text is a rank: `h`, eight digits, a fraction without trailing zero, at most 128 characters. */
export const isRank = (text: string): boolean => text.length <= longestRank && hasForm(text)

const fractionDigits = 3
/** Fractions of three digits of which the last is not 0. */
const fractions = 62 * 62 * 61

/**
 * The rank of a new task: behind all that were created before, without reading any of them. Of one millisecond those
 * with the greater seed stand behind, as their ids do. Several made at once keep their order by `createdAtMs + n`.
 * @param createdAtMs milliseconds since 1970, whole
 * @param seed at least three bytes, the seed of the task's id
 */
export const firstRank = (createdAtMs: number, seed: Uint8Array): string => {
  const time = plus(origin, timeDigits, createdAtMs)
  const [a = 0, b = 0, c = 0] = seed
  const drawn = Math.floor((((a << 16) | (b << 8) | c) * fractions) / 2 ** 24)
  const fraction = Math.floor(drawn / 61) * 62 + (drawn % 61) + 1
  const rank = time && plus(time, timeDigits + fractionDigits, fraction)
  if (rank === undefined) throw new RangeError(`no time of a rank: ${createdAtMs}`)
  return rank
}

export type Placement =
  | { readonly kind: 'between'; readonly rank: string }
  /**
   * The neighbours have one rank, written by two at once. This one stands right behind all that have it, and is long
   * enough that all of them are ranked apart; then there is room between.
   */
  | { readonly kind: 'tie'; readonly rank: string }
  /** `after` does not stand before `before`; or there is neither, and any rank will do. */
  | { readonly kind: 'out-of-range' }
  /** Ranks here are too long to go on before they have been shortened; try again in a moment. */
  | { readonly kind: 'crowded' }

/** Places to draw from, so that two who insert at one place at one time rarely choose the same. */
const choices = 256

/** One of the places next to an end: it goes on from there, and ranks do not grow. */
const beyond = (after: string | null, before: string | null, random: number): string | undefined => {
  const digits = timeDigits + fractionDigits
  const step = Math.floor(random * choices)
  if (after !== null) return plus(after, digits, 1 + step)
  if (before === null) return undefined
  return plus(before, digits, digitsOf(before) > digits ? -step : -1 - step)
}

/** One of the places in the middle half, with at most two characters more than the shortest place has. */
const within = (after: string, before: string, random: number): string | undefined => {
  const room = roomBetween(after, before, 1, { wanted: 2 * choices, extra: 2 })
  return room && placeIn(after, room, Math.floor((0.25 + random / 2) * room.count))
}

const placed = (kind: 'between' | 'tie', rank: string | undefined): Placement => {
  if (rank === undefined) return { kind: 'out-of-range' }
  return rank.length > longestRank ? { kind: 'crowded' } : { kind, rank }
}

const behindTie = (rank: string): string => `${rank.padEnd(maxRankLength, '0')}1`

/**
 * A rank between those of two neighbours, `null` for an end of the list.
 * @param random in [0, 1)
 */
export const rankBetween = (after: string | null, before: string | null, random: number): Placement => {
  if (after !== null && after === before) return placed('tie', behindTie(after))
  const isEnd = after === null || before === null
  return placed('between', isEnd ? beyond(after, before, random) : within(after, before, random))
}
