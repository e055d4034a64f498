import type { Recurrence } from '../../api/schemas/recurrence.ts'
import { instantOf, wallTimeAt } from '../time/instants.ts'
import { dateOf, dayOf } from './days.ts'
import { daysOf } from './expand.ts'
import type { Rule } from './rule.ts'

/** A rule with what it is expanded by. */
export interface Series {
  readonly rule: Rule
  /** Wall value; its time of day is that of every instance. */
  readonly anchor: string
  readonly monthEnd: Recurrence['monthEnd']
  readonly exclude: readonly string[]
  readonly zone: string
}

/** One instance of a series: its day, and how many there were up to it. */
export interface Instance {
  readonly day: number
  readonly number: number
}

/** `T09:00`, or nothing for a day. */
const timeOf = (wall: string): string => wall.slice(10)
export const wallOf = ({ anchor }: Pick<Series, 'anchor'>, day: number): string =>
  dateOf(day) + timeOf(anchor)

/** Tells which days of a series lie after an instant: whole days when they are later than the day there. */
export const laterThan = (instant: string, { anchor, zone }: Series): ((day: number) => boolean) => {
  const today = dayOf(wallTimeAt(instant, zone))
  const hasTime = timeOf(anchor) !== ''
  // Clocks change by a day at most; further away the days decide, and nothing has to be asked of the zone.
  return (day) =>
    hasTime && Math.abs(day - today) < 2
      ? Date.parse(instantOf(wallOf({ anchor }, day), zone)) > Date.parse(instant)
      : day > today
}

/** RFC 5545: UNTIL is the last that may be. A day stands for all of it; `Z` makes it an instant. */
const pastUntil = (series: Series): ((day: number) => boolean) => {
  const { until } = series.rule
  if (until === undefined) return () => false
  if (until.endsWith('Z')) return laterThan(until, series)
  const last = dayOf(until)
  return (day) => day > last || (day === last && wallOf(series, day).slice(0, until.length) > until)
}

/** A date excludes its day, a time what is at that time; days have no time that could differ. */
const excludes = (series: Series): ((day: number) => boolean) => {
  const days = new Set(series.exclude.map(dayOf))
  return (day) => {
    if (!days.has(day)) return false
    const wall = wallOf(series, day)
    return series.exclude.some((one) => wall.startsWith(one) || one.startsWith(wall))
  }
}

/**
 * Instances of a series in order, without those excluded (which count), within COUNT and UNTIL. With `since` those after
 * it, numbered from there. The anchor is the first instance where it matches the rule; where it does not, COUNT does
 * not count it, though a task begins with it as number 1.
 */
export function* instances(series: Series, since?: Instance): Generator<Instance> {
  const { rule, monthEnd } = series
  const anchor = dayOf(series.anchor)
  const startsApart =
    since !== undefined && rule.count !== undefined && daysOf(rule, anchor, monthEnd).next().value !== anchor
  const most = (rule.count ?? Number.POSITIVE_INFINITY) + Number(startsApart)
  const [isPast, isExcluded] = [pastUntil(series), excludes(series)]
  let number = since?.number ?? 0
  for (const day of daysOf(rule, anchor, monthEnd, since && since.day + 1)) {
    number += 1
    if (number > most || isPast(day)) return
    if (!isExcluded(day)) yield { day, number }
  }
}
