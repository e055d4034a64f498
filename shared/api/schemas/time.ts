import * as z from 'zod/mini'

// Not zod's own patterns: their table costs every function 5 kB.
const datePattern = /^\d{4}-\d{2}-\d{2}$/
const wallTimePattern = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/

/** Whether the month has that day in that year. */
const isCalendarDay = (text: string): boolean => {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
}

/**
 * ICU's own abbreviations (`JST`, `PST`), which `Intl` takes for zones. IANA knows none of them, some stand for
 * several zones, and Temporal refuses them.
 */
const abbreviation = /^(AC|AE|AG|AR|AS|BE|BS|CA|CN|CS|CT|EA|EC|IE|IS|JS|MI|NE|NS|PL|PN|PR|PS|SS|VS)T$/i

const isZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name) || abbreviation.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** IANA time zone name (`Europe/Madrid`); offsets are not zones. */
export const zone = z
  .string()
  .check(
    z.maxLength(64),
    z.refine(isZone, { error: 'must be an IANA time zone such as Europe/Madrid' }),
    z.meta({ format: 'time-zone', examples: ['Europe/Madrid'] }),
  )

const onCalendar = [
  z.refine<string>(isCalendarDay, { error: 'must be a day that exists' }),
  z.refine<string>((text) => text >= '1970' && text < '2200', {
    error: 'must lie in the years 1970 to 2199',
  }),
] as const

/** Calendar date, RFC 3339 `full-date`. */
export const date = z
  .string()
  .check(
    z.regex(datePattern, { error: 'must be a date such as 2026-02-28', abort: true }),
    ...onCalendar,
    z.meta({ format: 'date' }),
  )

/** Time of day on the clock: `09:00`. */
export const timeOfDay = z
  .string()
  .check(
    z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as 09:00' }),
    z.meta({ examples: ['09:00'] }),
  )

/** Wall-clock time without zone or offset: `2026-11-21T09:00`, seconds optional. */
export const wallTime = z
  .string()
  .check(
    z.regex(wallTimePattern, { error: 'must be a local time such as 2026-11-21T09:00', abort: true }),
    ...onCalendar,
    z.meta({ examples: ['2026-11-21T09:00'] }),
  )

/** An instant in UTC, RFC 3339. */
export const instant = z.iso.datetime({ error: 'must be an instant in UTC such as 2026-11-21T09:00:00Z' })

/**
 * A day, or a wall time in a zone; never a bare instant. A day without a zone takes the workspace's.
 * A wall time that the clocks skip moves forward by the gap; one they repeat is the first.
 */
export const moment = z.union(
  [z.strictObject({ dateTime: wallTime, zone }), z.strictObject({ date, zone: z.optional(zone) })],
  { error: 'must be {date} or {dateTime, zone}' },
)
/** A moment as stored and answered: its zone is always known. */
export const zonedMoment = z.union([
  z.strictObject({ dateTime: wallTime, zone }),
  z.strictObject({ date, zone }),
])
export type Moment = z.infer<typeof moment>
export type ZonedMoment = z.infer<typeof zonedMoment>
