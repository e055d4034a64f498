import { dayOf, weekdayOf } from '../recurrence/days.ts'
import { type Mention, mentionsIn } from './chrono.ts'
import { type Found, matchAt } from './found.ts'
import {
  beforeWord,
  beginsWord,
  leadIn,
  leading,
  notDue,
  shortYear,
  timeFollows,
  titleEnds,
  tokenEnd,
  trailing,
  unmasked,
} from './grammar.ts'
import { ownDayAt } from './ownDays.ts'
import { type Place, type Reading, readings, type Seen } from './readings.ts'

type Span = { readonly start: number; readonly end: number }
type Day = Span & { readonly reading: Reading }
type Line = { readonly text: string; readonly today: string; readonly isRecurring: boolean }

/** Characters around a day that tell whether it is one. */
const reach = 24
const before = (text: string, at: number): string => text.slice(Math.max(0, at - reach), at)

const standsAlone = (text: string, { start, end }: Span): boolean =>
  beforeWord.test(text.slice(Math.max(0, start - 1), start)) && matchAt(tokenEnd, text, end) !== undefined

/** Where a day stands, as the words before and after it tell. */
const placeOf = ({ start, end }: Span, text: string): Place => {
  const isAfterPreposition = leadIn.test(before(text, start))
  const rest = text.slice(end, end + reach)
  const isBesideTime = timeFollows.test(rest)
  const endsTitle = titleEnds.test(rest)
  return {
    isAfterPreposition,
    isBesideTime,
    endsTitle,
    isExpected: isAfterPreposition || isBesideTime || endsTitle,
  }
}

/** A mention without signs and prepositions that chrono takes with it, nor a number that it takes for a year. */
const trimmed = (mention: Mention): Mention & Span => {
  const lost = leading.exec(mention.text)?.[0].length ?? 0
  const whole = mention.text.slice(lost).replace(trailing, '')
  const text = mention.names('year') && mention.form === 'month' ? whole.replace(shortYear, '') : whole
  const start = mention.start + lost
  return { ...mention, text, start, end: start + text.length }
}

/** Days in words. */
const seenIn = ({ text, today }: Line): Seen[] =>
  mentionsIn(text, today)
    .map(trimmed)
    .filter((one) => standsAlone(text, one))
    .map((one) => ({ ...one, ...placeOf(one, text), today }))

const ownDays = ({ text, today }: Line): Day[] =>
  Array.from(text.matchAll(unmasked)).flatMap(({ index: start }) => {
    const own = ownDayAt(text, start)
    const reading = own?.read(today, placeOf({ start, end: own.end }, text))
    return own === undefined || reading === undefined ? [] : { start, end: own.end, reading }
  })

/** The name of a day and the date behind it: one day, if they agree. */
const joined = (weekday: Seen, { end, reading }: Day): Day => {
  const agrees = typeof reading !== 'string' || weekdayOf(dayOf(reading)) === (weekday.get('weekday') + 6) % 7
  return {
    start: weekday.start,
    end,
    reading: agrees ? reading : { reason: 'This date is another day of the week.' },
  }
}

/** The earliest and longest of those that overlap. */
const disjoint = <One extends Span>(spans: readonly One[]): One[] => {
  const kept: One[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span)
  }
  return kept
}

const daysIn = (line: Line): Day[] => {
  const { text } = line
  const seen = seenIn(line)
  const read = (one: Seen): Day[] => {
    const reading = readings[one.form](one)
    return reading === undefined ? [] : [{ start: one.start, end: one.end, reading }]
  }
  const dates = [...ownDays(line), ...seen.filter(({ form }) => form === 'month').flatMap(read)]
  const others = seen
    .filter(({ form }) => form !== 'month')
    .flatMap((one) => {
      const date = dates.find(({ start }) => /^,?\s{1,3}$/.test(text.slice(one.end, start)))
      return one.form === 'weekday' && date !== undefined ? [joined(one, date)] : read(one)
    })
  return disjoint([...dates, ...others])
}

const foundOf = ({ start, end, reading }: Day, { text, isRecurring }: Line): Found | [] => {
  const around = before(text, start)
  const [, lead = ''] = leadIn.exec(around) ?? []
  if (notDue.test(around) || (beginsWord.test(lead) && !isRecurring)) return []
  const from = lead === '' ? start : start - around.length + around.lastIndexOf(lead)
  const span = { start: from, end }
  if (typeof reading !== 'string') return { ...span, reason: reading.reason }
  return { ...span, sense: { kind: reading.includes('T') ? 'dateTime' : 'date', value: reading } }
}

/** Days named in what is left of a line; `today` is a date. */
export const findDays = (masked: string, today: string, isRecurring: boolean): Found[] => {
  const line = { text: masked, today, isRecurring }
  return daysIn(line).flatMap((day) => foundOf(day, line))
}
