import type { Language } from '../api/languages.ts'
import type { ZonedMoment } from '../api/schemas/time.ts'

const day = { dateStyle: 'full' } as const
const dayAndTime = { dateStyle: 'full', timeStyle: 'short' } as const

/**
 * An instant (ISO 8601) as the clock of `zone` shows it.
 * @throws {RangeError} when the instant or the zone does not exist
 */
export const formatInstant = (instant: string, language: Language, zone: string): string =>
  new Intl.DateTimeFormat(language, { ...dayAndTime, timeZone: zone }).format(new Date(instant))

/**
 * A due date as its own wall shows it, with its zone where that is not the reader's.
 * Nothing is converted: the wall time is formatted as if it were UTC, which has no gaps.
 */
export function formatDue(due: ZonedMoment, language: Language, readerZone: string): string {
  const [wall, style] = 'date' in due ? [due.date, day] : [`${due.dateTime}Z`, dayAndTime]
  const text = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' }).format(new Date(wall))
  return due.zone === readerZone ? text : `${text} (${due.zone})`
}

const dayOf = (date: string): Date => new Date(`${date}T00:00Z`)

/** A day (`2026-11-21`), wherever on earth. @throws {RangeError} when there is none such */
export const formatDate = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { ...day, timeZone: 'UTC' }).format(dayOf(date))

/** The days from one to another, what both share said once. @throws {RangeError} when there are none such */
export const formatDates = (from: string, to: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).formatRange(
    dayOf(from),
    dayOf(to),
  )

/** A length of time in its two largest units, in the plural forms of the language; never under a minute. */
export function formatDuration(milliseconds: number, language: Language): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000))
  const units = [
    { unit: 'day', count: Math.floor(minutes / 1440) },
    { unit: 'hour', count: Math.floor(minutes / 60) % 24 },
    { unit: 'minute', count: minutes % 60 },
  ]
  const largest = units.findIndex(({ count }) => count > 0)
  const shown = units.slice(largest, largest + 2).filter(({ count }) => count > 0)
  return new Intl.ListFormat(language, { type: 'unit', style: 'long' }).format(
    shown.map(({ unit, count }) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    ),
  )
}
