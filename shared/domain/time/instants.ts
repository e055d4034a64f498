import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime'
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime'
import type { ZonedMoment } from '../../api/schemas/time.ts'

/** The hour at which a day without a time of its own begins for reminders. */
const morning = 'T09:00'

type WallTime = ReturnType<typeof PlainDateTime.create>

const parse = (wallTime: string): WallTime => {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = wallTime.split(/[-T:]/).map(Number)
  return PlainDateTime.create(year, month, day, hour, minute, second)
}

/** RFC 5545 section 3.3.5: a skipped local time moves forward by the gap, a repeated one is the first. */
const toInstant = (wallTime: WallTime, zone: string): string =>
  new Date(
    PlainDateTime.toZonedDateTime(wallTime, zone, { disambiguation: 'compatible' }).epochMilliseconds,
  ).toISOString()

/** Instant (RFC 3339, UTC, milliseconds) of a wall time in a zone. */
export const instantOf = (wallTime: string, zone: string): string => toInstant(parse(wallTime), zone)

/** What clocks of a zone show at an instant (RFC 3339): `2026-11-21T09:00:00`, fractions of a second cut off. */
export const wallTimeAt = (instant: string, zone: string): string => {
  const at = Date.parse(instant)
  const ahead = ZonedDateTime.offsetNanoseconds(ZonedDateTime.create(BigInt(at) * 1_000_000n, zone))
  return new Date(at + ahead / 1_000_000).toISOString().slice(0, 19)
}

/** What a reminder before it counts from: the wall time, or nine in the morning of the day; so many days later. */
export const anchorOf = (moment: ZonedMoment, days = 0): string => {
  const wallTime = 'date' in moment ? moment.date + morning : moment.dateTime
  return toInstant(PlainDateTime.addDays(parse(wallTime), days), moment.zone)
}

/** When it becomes overdue: at the wall time, or at the local midnight after the day. */
export const overdueAt = (moment: ZonedMoment): string =>
  'date' in moment
    ? toInstant(PlainDateTime.addDays(parse(moment.date), 1), moment.zone)
    : instantOf(moment.dateTime, moment.zone)

/** `instant` minus whole minutes of elapsed time. */
export const minutesBefore = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) - minutes * 60_000).toISOString()
