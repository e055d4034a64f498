/**
 * Recurrence rules as text: RFC 5545 section 3.3.10 without what is finer than a day. The time of day is that of the
 * task's due date.
 */
import {
  dayFrom,
  dayText,
  type frequencies,
  partProblem,
  type RuleDay,
  untilFrom,
  weekdayFrom,
} from './ruleParts.ts'

export interface Rule {
  readonly freq: (typeof frequencies)[number]
  readonly interval: number
  readonly byMonth: readonly number[]
  readonly byWeekNo: readonly number[]
  readonly byYearDay: readonly number[]
  readonly byMonthDay: readonly number[]
  readonly byDay: readonly RuleDay[]
  readonly bySetPos: readonly number[]
  /** The weekday that weeks begin with; 0 is Monday. */
  readonly weekStart: number
  readonly count?: number | undefined
  /** Wall value, or an instant when it ends with `Z`: `2027-03-01`, `2027-03-01T09:00:00`, `2027-03-01T08:00:00Z`. */
  readonly until?: string | undefined
}

const repeats = (list: readonly unknown[]): boolean =>
  new Set(list.map((one) => JSON.stringify(one))).size < list.length

/** What RFC 5545 forbids to stand together, and what can only be a mistake. */
const contradiction = (rule: Rule): string | undefined => {
  const { freq, byMonth, byWeekNo, byYearDay, byMonthDay, byDay, bySetPos } = rule
  const isYearly = freq === 'YEARLY'
  const hasPositions = byDay.some(({ ordinal }) => ordinal !== 0)
  const lists = [byMonth, byWeekNo, byYearDay, byMonthDay, byDay]
  const rules: readonly (readonly [boolean, string])[] = [
    [rule.count !== undefined && rule.until !== undefined, 'must not have both COUNT and UNTIL'],
    [!isYearly && byWeekNo.length > 0, 'must have FREQ=YEARLY to have BYWEEKNO'],
    [!isYearly && byYearDay.length > 0, 'must have FREQ=YEARLY to have BYYEARDAY'],
    [freq === 'WEEKLY' && byMonthDay.length > 0, 'must not have BYMONTHDAY with FREQ=WEEKLY'],
    [
      hasPositions && (freq === 'DAILY' || freq === 'WEEKLY'),
      'must have FREQ=MONTHLY or YEARLY to have positions in BYDAY',
    ],
    [hasPositions && byWeekNo.length > 0, 'must not have positions in BYDAY together with BYWEEKNO'],
    [
      bySetPos.length > 0 && lists.every(({ length }) => length === 0),
      'must have another part that begins with BY to have BYSETPOS',
    ],
    [[...lists, bySetPos].some(repeats), 'must not name the same value twice in a list'],
  ]
  return rules.find(([isBroken]) => isBroken)?.[1]
}

/** From the start of a span to its end: 1, 2, … -2, -1. */
const inOrder = (list: readonly number[]): number[] =>
  list.toSorted((a, b) => Number(a < 0) - Number(b < 0) || a - b)
const daysInOrder = (list: readonly RuleDay[]): RuleDay[] =>
  list.toSorted(
    (a, b) => Number(a.ordinal < 0) - Number(b.ordinal < 0) || a.ordinal - b.ordinal || a.weekday - b.weekday,
  )

/** Names and values; an empty name or value is none. */
const split = (text: string): string[][] => text.split(';').map((part) => part.split('='))

/** A rule from canonical text, as stored. Nothing is checked. */
export const readRule = (canonical: string): Rule => {
  const given = new Map(split(canonical) as [string, string][])
  const values = (name: string): string[] => given.get(name)?.split(',') ?? []
  const numbers = (name: string): number[] => inOrder(values(name).map(Number))
  const [count, until] = [given.get('COUNT'), given.get('UNTIL')]
  return {
    freq: given.get('FREQ') as Rule['freq'],
    interval: Number(given.get('INTERVAL') ?? 1),
    byMonth: numbers('BYMONTH'),
    byWeekNo: numbers('BYWEEKNO'),
    byYearDay: numbers('BYYEARDAY'),
    byMonthDay: numbers('BYMONTHDAY'),
    byDay: daysInOrder(values('BYDAY').map(dayFrom)),
    bySetPos: numbers('BYSETPOS'),
    weekStart: weekdayFrom(given.get('WKST') ?? 'MO'),
    count: count === undefined ? undefined : Number(count),
    until: until === undefined ? undefined : untilFrom(until),
  }
}

const partsProblem = (parts: readonly string[][]): string | undefined => {
  const names = new Set<string>()
  for (const [name, value, more] of parts) {
    if (!name || !value || more !== undefined)
      return 'must consist of parts such as FREQ=DAILY, separated by semicolons'
    if (names.has(name)) return `must have ${name} only once`
    const problem = partProblem(name, value)
    if (problem !== undefined) return problem
    names.add(name)
  }
  return names.has('FREQ') ? undefined : 'must have FREQ'
}

/** A rule from its text, with or without `RRULE:`, or what is wrong with it in words that follow the field's name. */
export const parseRule = (text: string): Rule | { readonly problem: string } => {
  if (text.length > 500) return { problem: 'must have at most 500 characters' }
  const bare = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
  const problem = partsProblem(split(bare))
  if (problem !== undefined) return { problem }
  const rule = readRule(bare)
  const contradicted = contradiction(rule)
  return contradicted === undefined ? rule : { problem: contradicted }
}

/** Canonical text: no defaults, parts in one order, lists sorted. */
export const formatRule = (rule: Rule): string => {
  const parts = {
    FREQ: rule.freq,
    INTERVAL: rule.interval > 1 ? rule.interval : '',
    BYMONTH: inOrder(rule.byMonth),
    BYWEEKNO: inOrder(rule.byWeekNo),
    BYYEARDAY: inOrder(rule.byYearDay),
    BYMONTHDAY: inOrder(rule.byMonthDay),
    BYDAY: daysInOrder(rule.byDay).map(dayText),
    BYSETPOS: inOrder(rule.bySetPos),
    WKST: rule.weekStart > 0 ? dayText({ ordinal: 0, weekday: rule.weekStart }) : '',
    COUNT: rule.count ?? '',
    UNTIL: rule.until?.replaceAll(/[-:]/g, '') ?? '',
  }
  return Object.entries(parts)
    .map(([name, value]) => `${name}=${value}`)
    .filter((part) => !part.endsWith('='))
    .join(';')
}
