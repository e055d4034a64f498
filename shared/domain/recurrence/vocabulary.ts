/** English words for what recurrence is about. */
import { known, type Reader } from './reader.ts'
import type { Rule } from './rule.ts'

const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')
const months = 'january february march april may june july august september october november december'.split(
  ' ',
)

type Unit = readonly [Rule['freq'], number]
const week: Unit = ['WEEKLY', 1]
const fortnight: Unit = ['WEEKLY', 2]
const quarter: Unit = ['MONTHLY', 3]
const units = new Map<string, Unit>([
  ['day', ['DAILY', 1]],
  ['week', week],
  ['fortnight', fortnight],
  ['month', ['MONTHLY', 1]],
  ['quarter', quarter],
  ['year', ['YEARLY', 1]],
])
const adverbs = new Map<string, Unit>([
  ['daily', ['DAILY', 1]],
  ['weekly', week],
  ['fortnightly', fortnight],
  ['monthly', ['MONTHLY', 1]],
  ['quarterly', quarter],
  ['yearly', ['YEARLY', 1]],
  ['annually', ['YEARLY', 1]],
])

/** Names by what they stand for, counted from `first`; each also by its first three letters. */
const named = (names: readonly string[], first: number, more: readonly [string, number][] = []) =>
  new Map([
    ...names.flatMap((name, index): [string, number][] => [
      [name, first + index],
      [name.slice(0, 3), first + index],
    ]),
    ...more,
  ])
const plurals = weekdays.map((name, index): [string, number] => [`${name}s`, index])
const weekdayNames = named(weekdays, 0, [['tues', 1], ['weds', 2], ['thur', 3], ['thurs', 3], ...plurals])
const monthNames = named(months, 1, [['sept', 9]])
const numbers = 'one two three four five six seven eight nine ten'.split(' ')
const ordinals = 'first second third fourth fifth'.split(' ')
const countIn = (names: readonly string[], text: string): number | undefined =>
  names.indexOf(text) + 1 || undefined

/** `3`, `three`. */
export const numberAt = (reader: Reader): number | undefined =>
  known(reader, (text) => (/^[1-9]\d{0,4}$/.test(text) ? Number(text) : countIn(numbers, text)))
/** `15th`. */
export const numeralAt = (reader: Reader): number | undefined =>
  known(reader, (text) => (/^[1-9]\d{0,2}(st|nd|rd|th)$/.test(text) ? Number.parseInt(text, 10) : undefined))
/** `3rd`, `third`. */
export const ordinalAt = (reader: Reader): number | undefined =>
  numeralAt(reader) ?? known(reader, (text) => countIn(ordinals, text))
/** 0 is Monday. */
export const weekdayAt = (reader: Reader): number | undefined =>
  known(reader, (text) => weekdayNames.get(text))
/** 1 to 12. */
export const monthAt = (reader: Reader): number | undefined => known(reader, (text) => monthNames.get(text))
export const unitAt = (reader: Reader): Unit | undefined =>
  known(reader, (text) => units.get(text.replace(/s$/, '')))
export const adverbAt = (reader: Reader): Unit | undefined => known(reader, (text) => adverbs.get(text))
