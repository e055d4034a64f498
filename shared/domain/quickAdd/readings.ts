/** What chrono's mentions of days mean here: which of them are days, and which days exactly. */
import { dateOf, dayOf, isOnCalendar, monthStart, weekdayOf } from '../recurrence/days.ts'
import type { Form, Mention } from './chrono.ts'

/** A day (`2026-11-21`) or a wall time; or why it can be neither. */
export type Reading = string | { readonly reason: string }

/** Where a day stands. */
export interface Place {
  readonly isAfterPreposition: boolean
  readonly isBesideTime: boolean
  /** Nothing of the title follows at once. */
  readonly endsTitle: boolean
  /** Any of the three: a day is expected there. */
  readonly isExpected: boolean
}
export interface Seen extends Mention, Place {
  readonly end: number
  readonly today: string
}

const two = (value: number): string => String(value).padStart(2, '0')
const onCalendar = (year: number, month: number, day: number): string | undefined => {
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  return isOnCalendar(date) ? date : undefined
}
const dateIn = ({ get }: Mention): string | undefined => onCalendar(get('year'), get('month'), get('day'))

export const noSuchDay = { reason: 'There is no such day in the years 1970 to 2199.' }
const past = { reason: 'This day has passed. A backslash before it makes it part of the title.' }

/** A day given with its year. */
export const fullDate = (year: number, month: number, day: number, today: string): Reading => {
  const date = onCalendar(year, month, day)
  return date === undefined ? noSuchDay : date < today ? past : date
}

/** The first year from this one on that has the day, and in which it has not passed: 29 February may take eight. */
const upcoming = (month: number, day: number, today: string): Reading => {
  const year = Number(today.slice(0, 4))
  const dates = Array.from({ length: 9 }, (_, more) => onCalendar(year + more, month, day))
  return dates.find((date) => date !== undefined && date >= today) ?? noSuchDay
}

/** The next day with a number, today included: "by the 5th". */
export const nextNumbered = (number: number, today: string): Reading => {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const dates = Array.from({ length: 3 }, (_, more) =>
    onCalendar(year + Math.floor((month - 1 + more) / 12), ((month - 1 + more) % 12) + 1, number),
  )
  return dates.find((date) => date !== undefined && date >= today) ?? noSuchDay
}

/** The Monday or first day of the next week, month or year; or the last day of this or the next one. */
export const periodDay = (unit: string, isEnd: boolean, isNext: boolean, today: string): Reading => {
  const [year, month, day] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1, dayOf(today)]
  const starts: Record<string, (n: number) => number> = {
    week: (n) => day - weekdayOf(day) + 7 * n,
    month: (n) => monthStart(year, month + n),
    year: (n) => monthStart(year + n, 0),
  }
  const start = starts[unit] as (n: number) => number
  return dateOf(isEnd ? start(isNext ? 2 : 1) - 1 : start(1))
}

const alsoWord = /\b(?:may|march|mar)\b/i
const month = (seen: Seen): Reading | undefined => {
  if (!/\d/.test(seen.text) || (alsoWord.test(seen.text) && !seen.isExpected)) return undefined
  if (seen.isRange) return { reason: 'A task is due on one day: write the one that counts.' }
  if (!/\d{4}$/.test(seen.text)) return upcoming(seen.get('month'), seen.get('day'), seen.today)
  return fullDate(seen.get('year'), seen.get('month'), seen.get('day'), seen.today)
}

const isShortAllowed = (text: string, { isBesideTime, isExpected, isAfterPreposition, endsTitle }: Seen) =>
  isBesideTime || (/^s(?:at|un)$/.test(text) ? isAfterPreposition && endsTitle : isExpected)

/** Bare names of days are the next such day, never today; chrono knows "this" and "next". */
const weekday = (seen: Seen): Reading | undefined => {
  const text = seen.text.toLowerCase()
  if (/\b(?:last|past|weekday)\b/.test(text)) return undefined
  if (/\b(?:this|next)\b/.test(text)) return dateIn(seen) ?? noSuchDay
  if (text === 'weekend' || !(text.endsWith('day') || isShortAllowed(text, seen))) return undefined
  const today = dayOf(seen.today)
  const wanted = (seen.get('weekday') + 6) % 7
  return dateOf(today + 1 + ((wanted - weekdayOf(today) + 6) % 7))
}

/**
 * "in 3 days". Vague numbers and parts of a day are none, and "for 3 days" is how long something takes. Chrono lets the
 * 31st of a shorter month run over into the next one; here it is its last day.
 */
const duration = (seen: Seen): Reading | undefined => {
  const { text, today } = seen
  if (seen.names('hour') || !/^(?:in|within)\s/i.test(text) || /\b(?:the|few|several|half)\b/i.test(text))
    return undefined
  const date = dateIn(seen)
  if (date === undefined) return noSuchDay
  const ranOver = !seen.names('day') && date.slice(8) !== today.slice(8)
  return ranOver ? dateOf(monthStart(seen.get('year'), seen.get('month') - 1) - 1) : date
}

export const readings: Readonly<Record<Form, (seen: Seen) => Reading | undefined>> = {
  month,
  weekday,
  duration,
}
