import type { Recurrence } from '../../api/schemas/recurrence.ts'
import { english } from './english.ts'
import { type Rule, readRule } from './rule.ts'
import type { Words } from './words.ts'

type Described = Pick<Recurrence, 'rule'> & Partial<Pick<Recurrence, 'from' | 'monthEnd' | 'exclude'>>
type Clause = string | false | undefined

const given = (clauses: readonly Clause[]): string[] =>
  clauses.filter((clause): clause is string => typeof clause === 'string')

/** Days of at most this many dates are named one by one. */
const mostDates = 4

/** "15 January" instead of "in January on the 15th". */
const datesOf = ({ freq, byMonth, byMonthDay, byDay }: Rule) => {
  const dates = byMonth.flatMap((month) => byMonthDay.map((day) => ({ month, day })))
  const fits = freq === 'YEARLY' && byDay.length === 0 && byMonthDay.every((day) => day > 0)
  return fits && dates.length <= mostDates ? dates : []
}

const isAllWorkdays = ({ byDay }: Rule): boolean =>
  byDay.length === 5 && byDay.every(({ ordinal, weekday }) => ordinal === 0 && weekday < 5)

/** The nth workday of a month or year. */
const picksWorkdays = (rule: Rule): boolean =>
  (rule.freq === 'MONTHLY' || rule.freq === 'YEARLY') &&
  rule.bySetPos.length > 0 &&
  isAllWorkdays(rule) &&
  rule.byMonthDay.length + rule.byYearDay.length + rule.byWeekNo.length === 0

const weekdaysClause = (rule: Rule, words: Words): string => {
  const { freq, byDay, byMonthDay, byYearDay, byWeekNo, bySetPos } = rule
  if (picksWorkdays(rule)) return words.onWorkdays(bySetPos)
  if (freq === 'DAILY' || byMonthDay.length + byYearDay.length > 0) return words.whenOn(byDay)
  const isOfWeek = freq === 'WEEKLY' || byWeekNo.length > 0
  return isOfWeek ? words.onWeekdays(byDay.map(({ weekday }) => weekday)) : words.onPositions(byDay)
}

const whenClauses = (rule: Rule, words: Words): string[] => {
  const { freq, interval, byMonth, byWeekNo, byYearDay, byMonthDay, byDay, bySetPos } = rule
  const dates = datesOf(rule)
  const isEachWeek = freq === 'WEEKLY' && interval === 1 && byDay.length > 0
  return given([
    isEachWeek ? words.everyDay(byDay.map(({ weekday }) => weekday)) : words.every(freq, interval),
    byMonth.length > 0 && dates.length === 0 && words.inMonths(byMonth),
    byWeekNo.length > 0 && words.inWeeks(byWeekNo),
    dates.length > 0 && words.onDates(dates),
    byYearDay.length > 0 && words.onYearDays(byYearDay),
    byMonthDay.length > 0 &&
      dates.length === 0 &&
      words.onMonthDays(byMonthDay, freq === 'YEARLY' && byMonth.length === 0),
    byDay.length > 0 && !isEachWeek && weekdaysClause(rule, words),
    bySetPos.length > 0 && !picksWorkdays(rule) && words.onlyThe(bySetPos),
  ])
}

/** Days that every month has, at least; February has 28 of them. */
const surelyIn = (month: number): number => (month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31)

/** Whether a day of the month that the rule names is missing in some of its months. */
const mayLackDay = ({ byMonth, byMonthDay }: Rule): boolean => {
  const shortest = Math.min(...(byMonth.length > 0 ? byMonth : [2]).map(surelyIn))
  return byMonthDay.some((day) => day > shortest)
}

const limitClauses = (rule: Rule, { from, monthEnd, exclude = [] }: Described, words: Words): string[] =>
  given([
    rule.weekStart > 0 && words.weeksFrom(rule.weekStart),
    monthEnd === 'clamp' && mayLackDay(rule) && words.orMonthEnd,
    monthEnd === 'skip' && mayLackDay(rule) && words.notInShorterMonths,
    from === 'completion' && words.fromCompletion,
    rule.count !== undefined && words.times(rule.count),
    rule.until !== undefined && words.until(rule.until),
    exclude.length > 0 && words.except(exclude),
  ])

/** A recurrence in words: "every 2 weeks on Monday and Wednesday, until 3 March 2027". The rule is as stored. */
export const describe = (recurrence: Described, words: Words = english): string => {
  const rule = readRule(recurrence.rule)
  return words.phrase(whenClauses(rule, words), limitClauses(rule, recurrence, words))
}
