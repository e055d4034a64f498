import type { Recurrence } from '../../api/schemas/recurrence.ts'
import { calendar, type Month, monthOf, monthStart, weekdayOf } from './days.ts'
import type { Rule } from './rule.ts'

type MonthEnd = Recurrence['monthEnd']

/** Whether a list of positions, those from the end negative, names the one at `index` (from 1) of `size`. */
const names = (list: readonly number[], index: number, size: number): boolean =>
  list.includes(index) || list.includes(index - size - 1)

/** RFC 5545: what a rule does not say is taken from the day it begins with. */
const completed = (rule: Rule, anchor: number): Rule => {
  const { freq, byMonth, byWeekNo, byYearDay, byMonthDay, byDay } = rule
  if (freq === 'DAILY' || byYearDay.length + byMonthDay.length + byDay.length > 0) return rule
  if (freq === 'WEEKLY' || byWeekNo.length > 0)
    return { ...rule, byDay: [{ ordinal: 0, weekday: weekdayOf(anchor) }] }
  const { month, start } = monthOf(anchor)
  const byMonthDays = { ...rule, byMonthDay: [anchor - start + 1] }
  return freq === 'YEARLY' && byMonth.length === 0 ? { ...byMonthDays, byMonth: [month] } : byMonthDays
}

/** The month of a day, computed again only when the month is another than the last time. */
const rememberingMonth = (): ((day: number) => Month) => {
  let last: Month | undefined
  return (day) => {
    if (last === undefined || day < last.start || day >= last.start + last.length) last = monthOf(day)
    return last
  }
}

const isMonthDay = ({ byMonthDay }: Rule, day: number, { start, length }: Month, monthEnd: MonthEnd) => {
  const date = day - start + 1
  if (names(byMonthDay, date, length)) return true
  return monthEnd === 'clamp' && date === length && byMonthDay.some((wanted) => wanted > length)
}

/** Positions count in the month, or in the year when the rule is about whole years. */
const isWeekday = ({ freq, byMonth, byDay }: Rule, day: number, month: Month) => {
  const isOfYear = freq === 'YEARLY' && byMonth.length === 0
  const [start, length] = isOfYear ? [month.yearStart, month.yearLength] : [month.start, month.length]
  const index = Math.floor((day - start) / 7) + 1
  const size = index + Math.floor((start + length - 1 - day) / 7)
  const weekday = weekdayOf(day)
  return byDay.some(
    (one) => one.weekday === weekday && (one.ordinal === 0 || names([one.ordinal], index, size)),
  )
}

/** Weeks belong to the year that has four days of them, as ISO 8601 has it for weeks from Monday. */
const isInWeek = ({ byWeekNo, weekStart }: Rule, day: number, monthAt: (day: number) => Month) => {
  const fourth = day - ((weekdayOf(day) - weekStart + 7) % 7) + 3
  const { yearStart, yearLength } = monthAt(fourth)
  const index = Math.floor((fourth - yearStart) / 7) + 1
  return names(byWeekNo, index, index + Math.floor((yearStart + yearLength - 1 - fourth) / 7))
}

const matcher = (rule: Rule, monthEnd: MonthEnd): ((day: number) => boolean) => {
  const { byMonth, byYearDay, byMonthDay, byDay, byWeekNo } = rule
  const [monthAt, weekMonthAt] = [rememberingMonth(), rememberingMonth()]
  return (day) => {
    const month = monthAt(day)
    return (
      (byMonth.length === 0 || byMonth.includes(month.month)) &&
      (byYearDay.length === 0 || names(byYearDay, day - month.yearStart + 1, month.yearLength)) &&
      (byMonthDay.length === 0 || isMonthDay(rule, day, month, monthEnd)) &&
      (byDay.length === 0 || isWeekday(rule, day, month)) &&
      (byWeekNo.length === 0 || isInWeek(rule, day, weekMonthAt))
    )
  }
}

/** The spans that a rule steps through, numbered from the one with its first day: `startOf(n)` to `startOf(n) + 1 span`. */
const spansOf = ({ freq, interval, weekStart }: Rule, anchor: number) => {
  const size = { DAILY: 1, WEEKLY: 7, MONTHLY: 1, YEARLY: 12 }[freq]
  const step = size * interval
  if (freq === 'DAILY' || freq === 'WEEKLY') {
    const first = freq === 'DAILY' ? anchor : anchor - ((weekdayOf(anchor) - weekStart + 7) % 7)
    return {
      indexOf: (day: number) => Math.floor((day - first) / step),
      bounds: (index: number) => [first + index * step, first + index * step + size] as const,
    }
  }
  const monthIndex = (day: number) => {
    const { year, month } = monthOf(day)
    return (year - 1970) * 12 + (freq === 'YEARLY' ? 0 : month - 1)
  }
  const first = monthIndex(anchor)
  return {
    indexOf: (day: number) => Math.floor((monthIndex(day) - first) / step),
    bounds: (index: number) =>
      [monthStart(1970, first + index * step), monthStart(1970, first + index * step + size)] as const,
  }
}

/**
 * Days of a rule that begins at the day `anchor`, from the day `from` on (not before the anchor), in order, to the end of
 * 2199; COUNT and UNTIL are not looked at. The anchor is among them when it matches the rule. `monthEnd`: RFC 7529's
 * SKIP=BACKWARD (clamp) or OMIT (skip). At most some 84,000 days are looked at, whatever the rule.
 */
export function* daysOf(given: Rule, anchor: number, monthEnd: MonthEnd, from = anchor): Generator<number> {
  const rule = completed(given, anchor)
  const matches = matcher(rule, monthEnd)
  const { indexOf, bounds } = spansOf(rule, anchor)
  for (let index = indexOf(from); ; index++) {
    const [start, end] = bounds(index)
    if (start >= calendar[1]) return
    const days: number[] = []
    for (let day = start; day < end; day++) if (matches(day)) days.push(day)
    for (const [position, day] of days.entries()) {
      if (day < from || day >= calendar[1]) continue
      if (rule.bySetPos.length === 0 || names(rule.bySetPos, position + 1, days.length)) yield day
    }
  }
}
