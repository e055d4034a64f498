/** Days that chrono reads otherwise or not at all: numeric dates, names like "tomorrow", weeks and months. */
import { dateOf, dayOf } from '../recurrence/days.ts'
import { matchAt } from './found.ts'
import { nearDays, words } from './grammar.ts'
import { fullDate, nextNumbered, noSuchDay, type Place, periodDay, type Reading } from './readings.ts'

/** Says which day a match is; `undefined` where it stands among words that make it none. */
type Read = (match: RegExpExecArray, today: string, place: Place) => Reading | undefined

const numeric: Read = ([, first, sign, second, year], today) => {
  const [day, month] = [Number(first), Number(second)]
  if (sign !== '/' || day === month) return fullDate(Number(year), month, day, today)
  if (day <= 12 && month <= 12)
    return { reason: 'This is one day in Europe and another in America: write year-month-day.' }
  return fullDate(Number(year), Math.min(day, month), Math.max(day, month), today)
}

const iso: Read = ([, year, month, day, hour, minute, offset], today) => {
  const date = fullDate(Number(year), Number(month), Number(day), today)
  if (typeof date !== 'string' || hour === undefined) return date
  if (offset !== undefined) return { reason: 'Times are in your own zone: leave the offset out.' }
  return Number(hour) < 24 && Number(minute) < 60 ? `${date}T${hour}:${minute}` : noSuchDay
}

const near: Read = ([, name = ''], today) => dateOf(dayOf(today) + (nearDays[name.toLowerCase()] ?? 0))

const period: Read = ([, next, endOfNext, unit = ''], today, { isExpected }) =>
  isExpected ? periodDay(unit.toLowerCase(), next === undefined, endOfNext !== undefined, today) : undefined

const numbered: Read = ([, number], today, { isAfterPreposition, endsTitle, isBesideTime }) =>
  isAfterPreposition && (endsTitle || isBesideTime) ? nextNumbered(Number(number), today) : undefined

const forms: readonly (readonly [RegExp, Read])[] = [
  [words.iso, iso],
  [words.numeric, numeric],
  [words.near, near],
  [words.period, period],
  [words.numbered, numbered],
]

/** The day that begins at a word: where it ends, and how to read it there. */
export const ownDayAt = (
  text: string,
  at: number,
):
  | { readonly end: number; readonly read: (today: string, place: Place) => Reading | undefined }
  | undefined => {
  for (const [pattern, read] of forms) {
    const match = matchAt(pattern, text, at)
    if (match) return { end: at + match[0].length, read: (today, place) => read(match, today, place) }
  }
  return undefined
}
