import type { RuleDay } from './ruleParts.ts'
import type { Words } from './words.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = 'January February March April May June July August September October November December'.split(
  ' ',
)
const units = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' }

const listed = (items: readonly string[], last = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`

/** 1st, 2nd, 3rd, 4th, 11th, 21st. */
const numeral = (n: number): string => {
  const isTeen = Math.floor((n % 100) / 10) === 1
  return `${n}${(!isTeen && ['th', 'st', 'nd', 'rd'][n % 10]) || 'th'}`
}
const nth = (position: number): string => {
  if (position > 0) return numeral(position)
  return position === -1 ? 'last' : `${numeral(-position)} to last`
}
const nths = (positions: readonly number[]): string => listed(positions.map(nth))

const weekday = (day: number): string => weekdays[day] ?? ''
const month = (number: number): string => months[number - 1] ?? ''
const weekdayNames = (days: readonly number[]): string =>
  days.join() === '0,1,2,3,4' ? 'weekday' : listed(days.map(weekday))

/** `2027-03-01T09:00:00Z` as "1 March 2027 at 09:00 UTC"; seconds only when there are any. */
const dayText = (wall: string): string => {
  const [date = '', time] = wall.split('T')
  const [year, number, day] = date.split('-').map(Number)
  const clock = time?.replace('Z', '').replace(/^(\d\d:\d\d):00$/, '$1')
  const at = clock === undefined ? '' : ` at ${clock}`
  return `${day} ${month(number ?? 0)} ${year}${at}${wall.endsWith('Z') ? ' UTC' : ''}`
}

const position = ({ ordinal, weekday: day }: RuleDay): string =>
  ordinal === 0 ? `each ${weekday(day)}` : `the ${nth(ordinal)} ${weekday(day)}`
const mostExceptions = 5

/** Read back by the grammar in `phrase.ts`, wherever that has words for what the rule says. */
export const english: Words = {
  every: (freq, interval) => (interval === 1 ? `every ${units[freq]}` : `every ${interval} ${units[freq]}s`),
  everyDay: (days) => `every ${weekdayNames(days)}`,
  inMonths: (numbers) => `in ${listed(numbers.map(month))}`,
  inWeeks: (weeks) =>
    weeks.every((week) => week > 0)
      ? `in week${weeks.length > 1 ? 's' : ''} ${listed(weeks.map(String))}`
      : `in the ${nths(weeks)} week`,
  onDates: (dates) => `on ${listed(dates.map((date) => `${date.day} ${month(date.month)}`))}`,
  onYearDays: (days) => `on the ${nths(days)} day of the year`,
  onMonthDays: (days, ofEach) =>
    `on the ${nths(days)}${days.some((day) => day < 0) ? ' day' : ''}${ofEach ? ' of each month' : ''}`,
  onWeekdays: (days) => `on ${weekdayNames(days).replace('weekday', 'weekdays')}`,
  onPositions: (days) => `on ${listed(days.map(position))}`,
  onWorkdays: (positions) => `on the ${nths(positions)} weekday`,
  whenOn: (days) =>
    `when that is ${listed(
      days.map(({ ordinal, weekday: day }) =>
        ordinal === 0 ? `a ${weekday(day)}` : `the ${nth(ordinal)} ${weekday(day)}`,
      ),
      'or',
    )}`,
  onlyThe: (positions) => `but only the ${nths(positions)} of these`,
  weeksFrom: (day) => `weeks beginning on ${weekday(day)}`,
  orMonthEnd: 'or the last day of a shorter month',
  notInShorterMonths: 'not in shorter months',
  fromCompletion: 'counted from completion',
  times: (count) => (count === 1 ? 'once' : `${count} times`),
  until: (day) => `until ${dayText(day)}`,
  except: (days) =>
    days.length > mostExceptions ? `except on ${days.length} days` : `except on ${listed(days.map(dayText))}`,
  phrase: (when, limits) => [when.join(' '), ...limits].join(', '),
}
