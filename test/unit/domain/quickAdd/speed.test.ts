import { expect, test } from 'vitest'
import { Failure } from '../../../../shared/domain/failure.ts'
import { hereAt, parseQuickAdd } from '../../../../shared/domain/quickAdd/parse.ts'
import { now, zone } from './sentences/sentence.ts'

const here = hereAt(now, zone)
const filled = (part: string, end = ''): string => part.repeat(1_000).slice(0, 1_000 - end.length) + end

/** Lines that make patterns try again and again. */
const hostile: readonly (readonly [string, string])[] = [
  ['white space', `x${filled(' ', 'y').slice(1)}`],
  ['months and white space', filled('nov    ')],
  ['a month and much white space', `nov 1${filled(' ', 'x').slice(5)}`],
  ['days of months', filled('1 nov ')],
  ['numbers', filled('1 ')],
  ['digits', filled('1')],
  ['weekdays', filled('mon ')],
  ['next and next', filled('next ')],
  ['open quotes of names', filled('@"a ')],
  ['open quotes of projects', filled('+“a ')],
  ['signs', filled('#@+!~/')],
  ['slashes', filled('/', ' x')],
  ['slashes apart', filled('/ ')],
  ['backslashes', filled('\\', ' x')],
  ['escapes', filled('\\a ')],
  ['at signs', filled('a@')],
  ['colons', filled('a:')],
  ['letters before no address', filled('a', ' @')],
  ['full stops', filled('.', ' x')],
  ['a tag and full stops', `#a${filled('.', 'x').slice(2)}`],
  ['durations', `in ${filled('1 day ', 'x').slice(3)}`],
  ['durations without space', `in ${filled('1day', 'x').slice(3)}`],
  ['durations with white space', `in ${filled('1   day   and   ', 'x').slice(3)}`],
  ['ands', `in 1 day${filled(' and', 'x').slice(8)}`],
  ['abouts', filled('in about ')],
  ['recurrences', filled('every ')],
  ['recurrences of days', filled('every monday ')],
  ['a list of days', `every ${filled('mon, ', 'x').slice(6)}`],
  ['times', filled('9:30 ')],
  ['spans of times', filled('9am-')],
  ['spans of times with space', filled('9 am - ')],
  ['reminders', filled('remind me ')],
  ['ends of periods', filled('the end of ')],
  ['dates', filled('2026-12-')],
  ['numeric dates', filled('1/2/')],
  ['commas', filled('mon, ')],
  ['parentheses', filled('(mon) ')],
  ['astral letters', filled('𝒳#')],
]

/** Milliseconds of processor that reading a text takes: others may want it at the same time. */
const cost = (text: string): number => {
  const before = process.cpuUsage()
  try {
    parseQuickAdd(text, here)
  } catch (error) {
    // Some are refused, which takes time as well.
    if (!(error instanceof Failure)) throw error
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

test.each(hostile)('a line of %s takes less than 50 ms', (_name, text) => {
  expect(text).toHaveLength(1_000)
  // The first ones also compile.
  expect(Math.min(...Array.from({ length: 5 }, () => cost(text)))).toBeLessThan(50)
})

test('all that a request may hold takes less than half a second', () => {
  const lines = hostile.map(([, line]) => line)
  for (const at of [0, 16, hostile.length - 16]) {
    expect(cost(lines.slice(at, at + 16).join('\n'))).toBeLessThan(500)
  }
})
