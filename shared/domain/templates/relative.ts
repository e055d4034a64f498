import type { RelativeMoment } from '../../api/schemas/templates.ts'
import type { Moment, ZonedMoment } from '../../api/schemas/time.ts'
import { invalidField } from '../failure.ts'
import { dayMs, daysAfter } from '../time/daysAfter.ts'

const isKnownDay = (date: string): boolean => date >= '1970' && date < '2200'

/**
 * A date so many days later. Days of the calendar, not spans of 24 hours: no zone and no change of clocks plays a part.
 * @param date RFC 3339 `full-date`
 */
const dateAfter = (date: string, days: number): string => {
  const later = daysAfter(date, days).slice(0, 10)
  if (isKnownDay(later)) return later
  throw invalidField('/startDate', 'puts a date of the template outside the years 1970 to 2199')
}

/** A moment of a template on its day, at its time of day. */
export const momentAfter = (
  startDate: string,
  relative: RelativeMoment | null,
  zone: string,
): Moment | null => {
  if (relative === null) return null
  const date = dateAfter(startDate, relative.inDays)
  const own = relative.zone ?? zone
  return relative.time === undefined
    ? { date, zone: own }
    : { dateTime: `${date}T${relative.time}`, zone: own }
}

export const dateOf = (moment: ZonedMoment): string =>
  'date' in moment ? moment.date : moment.dateTime.slice(0, 10)

/** The same the other way round: a moment as days after a date. Seconds are dropped. */
export const relativeTo = (startDate: string, moment: ZonedMoment | null): RelativeMoment | null => {
  if (moment === null) return null
  const inDays = Math.round((Date.parse(dateOf(moment)) - Date.parse(startDate)) / dayMs)
  const { zone } = moment
  return 'date' in moment ? { inDays, zone } : { inDays, time: moment.dateTime.slice(11, 16), zone }
}
