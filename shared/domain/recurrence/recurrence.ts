import type { Recurrence, RecurrenceInput } from '../../api/schemas/recurrence.ts'
import type { ZonedMoment } from '../../api/schemas/time.ts'
import { invalidField } from '../failure.ts'
import { instantOf, wallTimeAt } from '../time/instants.ts'
import { dayOf, isOnCalendar } from './days.ts'
import { type Instance, instances, laterThan, type Series, wallOf } from './instances.ts'
import { formatRule, parseRule, readRule } from './rule.ts'

const hasInstance = (series: Series): boolean => instances(series).next().value !== undefined

/** Refuses what would never come to pass, and says which of its parts is to blame. */
const requireInstance = (series: Series): void => {
  const { rule, anchor } = series
  const included = { ...series, exclude: [] }
  const refuse = (part: 'rule' | 'exclude', problem: string) => invalidField(`/recurrence/${part}`, problem)
  if (!hasInstance({ ...included, rule: { ...rule, until: undefined } }))
    throw refuse('rule', `must fit at least one day from ${anchor.slice(0, 10)} to 2199-12-31`)
  if (!hasInstance(included))
    throw refuse('rule', `must have an UNTIL that leaves at least one date from ${anchor} on`)
  if (!hasInstance(series)) throw refuse('exclude', 'must leave at least one date of the rule')
}

/**
 * A recurrence for a task due at `due`, with which it begins. Throws `invalid-request` for a rule that cannot be read or
 * never comes to pass, and for days that do not exist.
 */
export const startRecurrence = (input: RecurrenceInput, due: ZonedMoment): Recurrence => {
  const rule = parseRule(input.rule)
  if ('problem' in rule) throw invalidField('/recurrence/rule', rule.problem)
  const strange = input.exclude.findIndex((wall) => !isOnCalendar(wall))
  if (strange >= 0)
    throw invalidField(
      `/recurrence/exclude/${strange}`,
      'must be a day that exists in the years 1970 to 2199',
    )
  const anchor = 'date' in due ? due.date : due.dateTime
  requireInstance({ ...input, rule, anchor, zone: due.zone })
  return { ...input, rule: formatRule(rule), anchor, occurrence: anchor, number: 1 }
}

/** What follows the present occurrence; with `one`, what was missed comes first, the latest alone. */
const afterSchedule = (series: Series, present: Recurrence, now: string): Instance | undefined => {
  const isFuture = laterThan(now, series)
  let missed: Instance | undefined
  for (const one of instances(series, { day: dayOf(present.occurrence), number: present.number })) {
    if (present.catchUp === 'all' || isFuture(one.day)) return missed ?? one
    if (present.catchUp === 'one') missed = one
  }
  return missed
}

/** What follows the day of completion, and the present occurrence where that lies still later. */
const afterCompletion = ({ rule, ...series }: Series, present: Recurrence): Instance | undefined => {
  const number = present.number + 1
  if (rule.count !== undefined && number > rule.count) return undefined
  const day = Math.max(dayOf(series.anchor), dayOf(present.occurrence))
  const since = { day, number: present.number }
  const next = instances({ ...series, rule: { ...rule, count: undefined } }, since).next().value
  return next && { day: next.day, number }
}

/**
 * The recurrence as it goes on when the task is completed at the instant `now` (RFC 3339); `undefined` when it has ended.
 * `occurrence` is the wall value of the next due date, always later than the present one. From schedule, dates come from
 * the anchor for ever, and `catchUp` says which of those that have passed are offered. From completion, they come from the
 * local day of completion, at the time of day the task had, and COUNT counts completions.
 */
export const nextRecurrence = (present: Recurrence, zone: string, now: string): Recurrence | undefined => {
  const rule = readRule(present.rule)
  const anchor =
    present.from === 'schedule'
      ? present.anchor
      : wallTimeAt(now, zone).slice(0, 10) + present.occurrence.slice(10)
  const series = { ...present, rule, anchor, zone }
  const next =
    present.from === 'schedule' ? afterSchedule(series, present, now) : afterCompletion(series, present)
  return next && { ...present, anchor, occurrence: wallOf(series, next.day), number: next.number }
}

const later = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? b : a)

/**
 * At most `count` wall values that follow the present occurrence: as if it were completed at `now` or when it is due,
 * whichever is later, and each of the following when it is due.
 */
export const previewOccurrences = (
  present: Recurrence,
  zone: string,
  now: string,
  count: number,
): string[] => {
  const found: string[] = []
  let one = nextRecurrence(present, zone, later(now, instantOf(present.occurrence, zone)))
  while (one !== undefined && found.length < count) {
    found.push(one.occurrence)
    one = nextRecurrence(one, zone, later(now, instantOf(one.occurrence, zone)))
  }
  return found
}
