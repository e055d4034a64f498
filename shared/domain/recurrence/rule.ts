/**
 * Recurrence rules as text: RFC 5545 section 3.3.10 without what is finer than a day. The time of day is that of the
 * task's due date.
 */
import { isOnCalendar } from './days.ts'

export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export const weekdays: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

export interface RuleDay {
  /** The how manieth in month or year, from the end when negative; 0: each. */
  readonly ordinal: number
  /** 0 is Monday. */
  readonly weekday: number
}

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

/** A rule that says no more than how often. */
export const plainRule = (freq: Rule['freq'], interval = 1): Rule => ({
  freq,
  interval,
  byMonth: [],
  byWeekNo: [],
  byYearDay: [],
  byMonthDay: [],
  byDay: [],
  bySetPos: [],
  weekStart: 0,
})

const weekdayAt = (text: string): number => weekdays.indexOf(text)
const dayFrom = (text: string): RuleDay => ({
  ordinal: Number.parseInt(text, 10) || 0,
  weekday: weekdayAt(text.slice(-2)),
})
const untilFrom = (text: string): string =>
  text.replace(/^(....)(..)(..)/, '$1-$2-$3').replace(/T(..)(..)(..)/, 'T$1:$2:$3')
const values = (text: string | undefined): string[] => text?.split(',') ?? []
const numbers = (text: string | undefined): number[] => values(text).map(Number)

const isNumber = (text: string, most: number): boolean =>
  /^\+?\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= most
const isDay = (text: string): boolean =>
  weekdayAt(text.slice(-2)) >= 0 && (text.length === 2 || isNumber(text.slice(0, -2).replace('-', ''), 53))
const isUntil = (text: string): boolean =>
  /^\d{8}(T([01]\d|2[0-3])([0-5]\d){2}Z?)?$/.test(text) && isOnCalendar(untilFrom(text))

interface Part {
  readonly takes: (text: string) => boolean
  /** What it takes, in words that follow "must be". */
  readonly form: string
}
const number = (most: number): Part => ({
  takes: (text) => isNumber(text, most),
  form: `a number from 1 to ${most}`,
})
const list = (takes: Part['takes'], form: string): Part => ({
  takes: (text) => values(text).every(takes),
  form: `a list of ${form}`,
})
const signed = (most: number): Part =>
  list((text) => isNumber(text.replace(/^-(?=\d)/, ''), most), `1 to ${most} or -1 to -${most}`)

/** In the order of canonical text. */
const parts: Readonly<Record<string, Part>> = {
  FREQ: {
    takes: (text) => frequencies.some((name) => name === text),
    form: 'one of DAILY, WEEKLY, MONTHLY and YEARLY',
  },
  INTERVAL: number(1000),
  BYMONTH: list((text) => isNumber(text, 12), '1 to 12'),
  BYWEEKNO: signed(53),
  BYYEARDAY: signed(366),
  BYMONTHDAY: signed(31),
  BYDAY: list(isDay, 'MO, TU, WE, TH, FR, SA and SU, each with or without a position such as 2 or -1'),
  BYSETPOS: signed(366),
  WKST: { takes: (text) => weekdayAt(text) >= 0, form: 'one of MO, TU, WE, TH, FR, SA and SU' },
  COUNT: number(10_000),
  UNTIL: {
    takes: isUntil,
    form: 'a day or time that exists in the years 1970 to 2199, such as 20270301, 20270301T090000 or 20270301T080000Z',
  },
}

const partProblem = (name: string, text: string): string | undefined => {
  if (/^BY(HOUR|MINUTE|SECOND)$/.test(name)) return `must not have ${name}: the time of day is that of due`
  const part = parts[name]
  if (part === undefined) return `must not have a part "${name}"; parts are ${Object.keys(parts).join(', ')}`
  return part.takes(text) ? undefined : `must have ${part.form} as ${name}`
}

const repeats = (list: readonly unknown[]): boolean =>
  new Set(list.map((one) => JSON.stringify(one))).size < list.length

/** What RFC 5545 forbids to stand together, and what can only be a mistake. */
const contradiction = (rule: Rule): string | undefined => {
  const { freq, byWeekNo, byYearDay, byMonthDay, byDay, bySetPos, byMonth } = rule
  const yearly = freq === 'YEARLY'
  const ordinal = byDay.some(({ ordinal }) => ordinal !== 0)
  if (rule.count !== undefined && rule.until !== undefined) return 'must not have both COUNT and UNTIL'
  if (!yearly && byWeekNo.length > 0) return 'must have FREQ=YEARLY to have BYWEEKNO'
  if (!yearly && byYearDay.length > 0) return 'must have FREQ=YEARLY to have BYYEARDAY'
  if (freq === 'WEEKLY' && byMonthDay.length > 0) return 'must not have BYMONTHDAY with FREQ=WEEKLY'
  if (ordinal && !yearly && freq !== 'MONTHLY')
    return 'must have FREQ=MONTHLY or YEARLY to have positions in BYDAY'
  if (ordinal && byWeekNo.length > 0) return 'must not have positions in BYDAY together with BYWEEKNO'
  const lists = [byMonth, byWeekNo, byYearDay, byMonthDay, byDay]
  if (bySetPos.length > 0 && lists.every(({ length }) => length === 0))
    return 'must have another part that begins with BY to have BYSETPOS'
  return [...lists, bySetPos].some(repeats) ? 'must not name the same value twice in a list' : undefined
}

/** From the start of its span to its end: 1, 2, … -2, -1. */
const inOrder = (list: readonly number[]): number[] =>
  [...list].sort((a, b) => Number(a < 0) - Number(b < 0) || a - b)
const daysInOrder = (list: readonly RuleDay[]): RuleDay[] =>
  [...list].sort(
    (a, b) => Number(a.ordinal < 0) - Number(b.ordinal < 0) || a.ordinal - b.ordinal || a.weekday - b.weekday,
  )

const read = (given: ReadonlyMap<string, string>): Rule => {
  const until = given.get('UNTIL')
  return {
    freq: given.get('FREQ') as Rule['freq'],
    interval: Number(given.get('INTERVAL') ?? 1),
    byMonth: inOrder(numbers(given.get('BYMONTH'))),
    byWeekNo: inOrder(numbers(given.get('BYWEEKNO'))),
    byYearDay: inOrder(numbers(given.get('BYYEARDAY'))),
    byMonthDay: inOrder(numbers(given.get('BYMONTHDAY'))),
    byDay: daysInOrder(values(given.get('BYDAY')).map(dayFrom)),
    bySetPos: inOrder(numbers(given.get('BYSETPOS'))),
    weekStart: weekdayAt(given.get('WKST') ?? 'MO'),
    count: given.has('COUNT') ? Number(given.get('COUNT')) : undefined,
    until: until === undefined ? undefined : untilFrom(until),
  }
}

/** A rule from its text, with or without `RRULE:`, or what is wrong with it in words that follow the field's name. */
export const parseRule = (text: string): Rule | { readonly problem: string } => {
  if (text.length > 500) return { problem: 'must have at most 500 characters' }
  const given = new Map<string, string>()
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value, more] = part.split('=')
    if (!name || !value || more !== undefined)
      return { problem: 'must consist of parts such as FREQ=DAILY, separated by semicolons' }
    if (given.has(name)) return { problem: `must have ${name} only once` }
    const problem = partProblem(name, value)
    if (problem !== undefined) return { problem }
    given.set(name, value)
  }
  if (!given.has('FREQ')) return { problem: `must have FREQ, ${parts.FREQ?.form}` }
  const rule = read(given)
  const problem = contradiction(rule)
  return problem === undefined ? rule : { problem }
}

const dayText = ({ ordinal, weekday }: RuleDay): string => `${ordinal || ''}${weekdays[weekday]}`

/** Canonical text: no defaults, parts in one order, lists sorted. */
export const formatRule = (rule: Rule): string =>
  Object.entries({
    FREQ: rule.freq,
    INTERVAL: rule.interval > 1 ? rule.interval : '',
    BYMONTH: inOrder(rule.byMonth),
    BYWEEKNO: inOrder(rule.byWeekNo),
    BYYEARDAY: inOrder(rule.byYearDay),
    BYMONTHDAY: inOrder(rule.byMonthDay),
    BYDAY: daysInOrder(rule.byDay).map(dayText),
    BYSETPOS: inOrder(rule.bySetPos),
    WKST: rule.weekStart > 0 ? weekdays[rule.weekStart] : '',
    COUNT: rule.count ?? '',
    UNTIL: rule.until?.replaceAll(/[-:]/g, '') ?? '',
  })
    .map(([name, value]) => [name, String(value)])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(';')
