/**
 * Stands for the SDK's parsers of timestamps, which spell out what `Date` can do. The shapes taken are the same
 * (RFC 3339; RFC 7231 with its two obsolete forms; seconds since the epoch); all others throw a TypeError.
 */
const rfc3339 = /^\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d(\.\d+)?(z|[-+]\d\d:\d\d)$/i
const rfc7231 =
  /^[A-Z][a-z]+,? (\d\d[ -][A-Z][a-z]{2}[ -](\d{4}|\d\d) [\d:.]+ GMT|[A-Z][a-z]{2} [ \d]\d [\d:.]+ \d{4})$/

type Absent = null | undefined

export const dateToUtcString = (date: Date): string => date.toUTCString()

export const parseRfc3339DateTimeWithOffset = (value: unknown) =>
  parse(value, rfc3339, (text) => text.toUpperCase())
export const parseRfc3339DateTime = parseRfc3339DateTimeWithOffset

export const parseRfc7231DateTime = (value: unknown) =>
  parse(value, rfc7231, (text) => (text.endsWith('GMT') ? text : `${text} GMT`))

export function parseEpochTimestamp(
  value: string | number | { tag: 1; value: number } | Absent,
): Date | undefined {
  if (value === null || value === undefined) return undefined
  const seconds = typeof value === 'object' ? value.value : Number(value)
  return valid(new Date(Math.round(seconds * 1000)))
}

function parse(value: unknown, shape: RegExp, normalise: (text: string) => string): Date | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value !== 'string' || !shape.test(value)) throw new TypeError(`Not a timestamp: ${value}`)
  return valid(new Date(normalise(value)))
}

function valid(date: Date): Date {
  if (Number.isNaN(date.getTime())) throw new TypeError('Not a timestamp')
  return date
}
