import * as fc from 'fast-check'
import { BASE_62_DIGITS, generateKeyBetween } from 'fractional-indexing'

/** Whether the library takes a text for an order key. */
export const isKey = (text: string): boolean => {
  try {
    generateKeyBetween(text, null)
    return true
  } catch {
    return false
  }
}

const digit = fc.constantFrom(...BASE_62_DIGITS)
/** Digits among which first and last ones abound: there carrying and borrowing go wrong, if they do. */
const extremeDigit = fc.oneof(digit, fc.constantFrom('0', 'z', '1', 'y'))
const withoutZeros = (fraction: string): string => fraction.replace(/0+$/, '')
const fractionOf = (length: number) =>
  fc.array(extremeDigit, { maxLength: length }).map((digits) => withoutZeros(digits.join('')))

const time = fc.oneof(
  fc.constantFrom('0UzAbCdE', '0UzAbCdF', '0UzAbCzz', '0UzAbD00'),
  fc.array(digit, { minLength: 8, maxLength: 8 }).map((digits) => digits.join('')),
)
/** Ranks of every length, many of them close to one another. */
export const rank = fc.tuple(time, fractionOf(20)).map(([digits, fraction]) => `h${digits}${fraction}`)

/** Two different ranks, the lower first; often with a long beginning in common. */
export const gap: fc.Arbitrary<[string, string]> = fc
  .oneof(
    fc.tuple(rank, rank),
    fc
      .tuple(rank, fractionOf(6), fractionOf(6))
      .map(([stem, a, b]) => [withFraction(stem, a), withFraction(stem, b)] as [string, string]),
  )
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (a < b ? [a, b] : [b, a]))

const withFraction = (stem: string, fraction: string): string => (fraction === '' ? stem : stem + fraction)

/** The first digits of a rank as one whole number; digits it does not have are zeros. */
const numberOf = (rank: string, digits: number): bigint =>
  [...rank.slice(1).padEnd(digits, '0').slice(0, digits)].reduce(
    (sum, one) => sum * 62n + BigInt(BASE_62_DIGITS.indexOf(one)),
    0n,
  )

/** How many ranks of at most so many digits stand strictly between two, counted in whole numbers. */
export const countBetween = (after: string, before: string, digits: number): bigint => {
  const [low, high] = [numberOf(after, digits), numberOf(before, digits)]
  const isCut = before.length - 1 > digits
  return (isCut ? high : high - 1n) - low
}
export { numberOf }
