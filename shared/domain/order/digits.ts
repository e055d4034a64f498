/**
 * Ranks as numbers. A rank is an order key as the library `fractional-indexing` makes them, all with the head `h`:
 * `h`, eight base-62 digits (milliseconds), and a fraction of any length that does not end in `0`. Texts compare as
 * the numbers do, since `0` < `A` < `a` holds for digits and characters alike.
 *
 * The arithmetic is ours, for the library cannot do three things: draw one of many keys, spread many keys evenly
 * (its middle of two distant keys is one step behind the first) and step from an end without growing. It remains the
 * judge of what a key is (`test/unit/domain/order/`).
 */
const base = 62
const head = 'h'
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Digits before the fraction: milliseconds up to the year 8888. */
export const timeDigits = 8
/** The smallest rank of all, before which there is nothing. */
export const origin = head + '0'.repeat(timeDigits)

const form = /^h[0-9A-Za-z]{8}([0-9A-Za-z]*[1-9A-Za-z])?$/
export const hasForm = (text: string): boolean => form.test(text)

/** Digits of a rank behind its head. */
export const digitsOf = (rank: string): number => rank.length - 1

const digitAt = (rank: string, place: number): number => {
  if (place >= digitsOf(rank)) return 0
  const code = rank.charCodeAt(place + 1)
  if (code < 58) return code - 48
  return code < 91 ? code - 55 : code - 61
}

/**
 * The first `digits` digits of a rank, at least eight, plus a whole number of their last place, which may be
 * negative. `undefined` below the smallest and above the largest.
 */
export const plus = (rank: string, digits: number, amount: number): string | undefined => {
  let carry = amount
  let text = ''
  for (let place = digits - 1; place >= 0; place--) {
    const sum = digitAt(rank, place) + carry
    carry = Math.floor(sum / base)
    const digit = alphabet.charAt(sum - carry * base)
    // A fraction ends before its trailing zeros.
    if (text !== '' || digit !== '0' || place < timeDigits) text = digit + text
  }
  return carry === 0 ? head + text : undefined
}

/** Places strictly between two ranks that have so many digits. */
export interface Room {
  readonly digits: number
  readonly count: number
}

/**
 * The fewest digits with at least `needed` places between two ranks, and up to `extra` more as long as the places are
 * fewer than `wanted`. Without `before` the room ends with the largest rank. `undefined` unless `after` < `before`.
 */
export const roomBetween = (
  after: string,
  before: string | null,
  needed: number,
  { wanted = needed, extra = 0 } = {},
): Room | undefined => {
  if (before !== null && after >= before) return undefined
  // Only the difference is kept, which stays small where the ranks have a long beginning in common.
  let difference = before === null ? 1 : 0
  let fewest: number | undefined
  for (let digits = 1; ; digits++) {
    difference = difference * base + digitAt(before ?? '', digits - 1) - digitAt(after, digits - 1)
    if (digits < timeDigits) continue
    // What `before` is up to this digit comes before it, unless that is all of it.
    const count = before !== null && digits < digitsOf(before) ? difference : difference - 1
    if (count < needed) continue
    fewest ??= digits
    if (count >= wanted || digits === fewest + extra) return { digits, count }
  }
}

/** The place with a number in the room behind a rank, counted from 0. */
export const placeIn = (after: string, { digits }: Room, number: number): string => {
  const place = plus(after, digits, number + 1)
  if (place === undefined) throw new Error('a room ends before the largest rank')
  return place
}
