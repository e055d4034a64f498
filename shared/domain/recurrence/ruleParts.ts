/** The parts of rule text, RFC 5545 section 3.3.10: what each takes, and how it reads. */
import { isOnCalendar } from './days.ts'

export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

export interface RuleDay {
  /** The how manieth in month or year, from the end when negative; 0: each. */
  readonly ordinal: number
  /** 0 is Monday. */
  readonly weekday: number
}

export const weekdayFrom = (text: string): number => weekdays.indexOf(text)
export const dayFrom = (text: string): RuleDay => ({
  ordinal: Number.parseInt(text, 10) || 0,
  weekday: weekdayFrom(text.slice(-2)),
})
export const dayText = ({ ordinal, weekday }: RuleDay): string => `${ordinal || ''}${weekdays[weekday]}`
/** `20270301T080000Z` as `2027-03-01T08:00:00Z`. */
export const untilFrom = (text: string): string =>
  text.replace(/^(....)(..)(..)/, '$1-$2-$3').replace(/T(..)(..)(..)/, 'T$1:$2:$3')

interface Part {
  readonly takes: (text: string) => boolean
  /** What it takes, in words that follow "must have". */
  readonly form: string
}

const isNumber = (text: string, most: number): boolean =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= most
const isSigned = (text: string, most: number): boolean => isNumber(text.replace(/^[+-]/, ''), most)
const isDay = (text: string): boolean =>
  weekdayFrom(text.slice(-2)) >= 0 && (text.length === 2 || isSigned(text.slice(0, -2), 53))
const isUntil = (text: string): boolean =>
  /^\d{8}(T([01]\d|2[0-3])([0-5]\d){2}Z?)?$/.test(text) && isOnCalendar(untilFrom(text))

const number = (most: number): Part => ({
  takes: (text) => isNumber(text, most),
  form: `a number from 1 to ${most}`,
})
const list = (takes: Part['takes'], form: string): Part => ({
  takes: (text) => text.split(',').every(takes),
  form: `a list of ${form}`,
})
const signed = (most: number): Part => list((text) => isSigned(text, most), `1 to ${most} or -1 to -${most}`)

const dayNames = weekdays.join(', ')
const parts: Readonly<Record<string, Part>> = {
  FREQ: {
    takes: (text) => frequencies.some((name) => name === text),
    form: `one of ${frequencies.join(', ')}`,
  },
  INTERVAL: number(1000),
  BYMONTH: list((text) => isNumber(text, 12), '1 to 12'),
  BYWEEKNO: signed(53),
  BYYEARDAY: signed(366),
  BYMONTHDAY: signed(31),
  BYDAY: list(isDay, `${dayNames}, alone or with a position as in 2MO or -1FR`),
  BYSETPOS: signed(366),
  WKST: { takes: (text) => weekdayFrom(text) >= 0, form: `one of ${dayNames}` },
  COUNT: number(10_000),
  UNTIL: {
    takes: isUntil,
    form: 'a day or time that exists in the years 1970 to 2199, such as 20270301 or 20270301T080000Z',
  },
}

/** What is wrong with one part, in words that follow the field's name. */
export const partProblem = (name: string, text: string): string | undefined => {
  if (/^BY(HOUR|MINUTE|SECOND)$/.test(name)) return `must not have ${name}: the time of day is that of due`
  const part = parts[name]
  if (part === undefined) return `must not have a part ${name}; there are ${Object.keys(parts).join(', ')}`
  return part.takes(text) ? undefined : `must have ${part.form} as ${name}`
}
