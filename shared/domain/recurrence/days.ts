import { dayMs } from '../time/daysAfter.ts'

/* Calendar days as numbers: days since 1970-01-01 in the Gregorian calendar, in no zone. */

/** The day of a date or of a wall time. */
export const dayOf = (wall: string): number => Date.parse(wall.slice(0, 10)) / dayMs

/** `2026-11-21`. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** The first day of a month, which may lie outside 0 to 11. */
export const monthStart = (year: number, month: number): number => Date.UTC(year, month) / dayMs

/** 0 is Monday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

/** Years that dates may lie in (as the API takes them), as days: from the first up to, not including, the second. */
export const calendar = [monthStart(1970, 0), monthStart(2200, 0)] as const

/** Whether a date, or that of a wall time, is on the calendar. */
export const isOnCalendar = (wall: string): boolean => {
  const day = dayOf(wall)
  return day >= calendar[0] && day < calendar[1] && wall.startsWith(dateOf(day))
}

export interface Month {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly start: number
  readonly length: number
  readonly yearStart: number
  readonly yearLength: number
}

export const monthOf = (day: number): Month => {
  const date = new Date(day * dayMs)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const [start, yearStart] = [monthStart(year, month), monthStart(year, 0)]
  return {
    year,
    month: month + 1,
    start,
    length: monthStart(year, month + 1) - start,
    yearStart,
    yearLength: monthStart(year + 1, 0) - yearStart,
  }
}
