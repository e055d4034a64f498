import * as fc from 'fast-check'
import { expect, describe as suite, test } from 'vitest'
import { describe } from '../../../../shared/domain/recurrence/describe.ts'
import { english } from '../../../../shared/domain/recurrence/english.ts'
import { findRecurrence } from '../../../../shared/domain/recurrence/phrase.ts'
import { formatRule } from '../../../../shared/domain/recurrence/rule.ts'
import * as arbitrary from './support/arbitraries.ts'
import { ruleOf } from './support/ours.ts'

suite('a rule in words', () => {
  test.each([
    ['FREQ=DAILY', 'every day'],
    ['FREQ=DAILY;INTERVAL=2', 'every 2 days'],
    ['FREQ=DAILY;BYMONTH=1,2', 'every day in January and February'],
    ['FREQ=DAILY;INTERVAL=2;BYDAY=SA,SU', 'every 2 days when that is a Saturday or a Sunday'],
    ['FREQ=WEEKLY', 'every week'],
    ['FREQ=WEEKLY;BYDAY=MO', 'every Monday'],
    ['FREQ=WEEKLY;BYDAY=MO,WE,FR', 'every Monday, Wednesday and Friday'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270303',
      'every 2 weeks on Monday and Wednesday, until 3 March 2027',
    ],
    ['FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR', 'every 3 weeks on weekdays'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU', 'every 2 weeks on Sunday, weeks beginning on Sunday'],
    ['FREQ=MONTHLY', 'every month'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,11,12,13,21,22,23',
      'every month on the 1st, 2nd, 3rd, 4th, 11th, 12th, 13th, 21st, 22nd and 23rd',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=15,-2,-1', 'every month on the 15th, 2nd to last and last day'],
    ['FREQ=MONTHLY;BYDAY=MO', 'every month on each Monday'],
    ['FREQ=MONTHLY;BYDAY=2TU,-1FR', 'every month on the 2nd Tuesday and the last Friday'],
    ['FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR', 'every month on the 13th when that is a Friday'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'every month on the last weekday'],
    [
      'FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,-1',
      'every month on each Saturday and each Sunday but only the 1st and last of these',
    ],
    ['FREQ=YEARLY', 'every year'],
    ['FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15', 'every year on 15 January'],
    ['FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1', 'every year on 1 January and 1 July'],
    [
      'FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1,15',
      'every year in January, April, July and October on the 1st and 15th',
    ],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1', 'every year in February on the last day'],
    ['FREQ=YEARLY;BYMONTHDAY=15', 'every year on the 15th of each month'],
    ['FREQ=YEARLY;BYDAY=20MO', 'every year on the 20th Monday'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', 'every year in November on the 4th Thursday'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', 'every year in week 20 on Monday'],
    ['FREQ=YEARLY;BYWEEKNO=1,-1', 'every year in the 1st and last week'],
    ['FREQ=YEARLY;BYYEARDAY=100,-1', 'every year on the 100th and last day of the year'],
    ['FREQ=DAILY;COUNT=1', 'every day, once'],
    ['FREQ=DAILY;COUNT=10', 'every day, 10 times'],
    ['FREQ=DAILY;UNTIL=20270301T093000', 'every day, until 1 March 2027 at 09:30'],
    ['FREQ=DAILY;UNTIL=20270301T093015Z', 'every day, until 1 March 2027 at 09:30:15 UTC'],
  ])('%s is "%s"', (rule, words) => {
    expect(formatRule(ruleOf(rule))).toBe(rule)
    expect(describe({ rule })).toBe(words)
  })

  test('what goes with the rule is said where it matters', () => {
    const monthly = 'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3'
    expect(describe({ rule: 'FREQ=WEEKLY', from: 'completion' })).toBe('every week, counted from completion')
    expect(describe({ rule: monthly, monthEnd: 'clamp' })).toBe(
      'every month on the 31st, or the last day of a shorter month, 3 times',
    )
    expect(describe({ rule: monthly, monthEnd: 'skip' })).toBe(
      'every month on the 31st, not in shorter months, 3 times',
    )
    const long = 'FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=31'
    expect(describe({ rule: long, monthEnd: 'skip' })).toBe('every year on 31 January and 31 December')
    expect(describe({ rule: 'FREQ=DAILY', exclude: ['2026-12-24', '2026-12-25T09:00'] })).toBe(
      'every day, except on 24 December 2026 and 25 December 2026 at 09:00',
    )
    const exclude = Array.from({ length: 9 }, (_, n) => `2026-12-0${n + 1}`)
    expect(describe({ rule: 'FREQ=DAILY', exclude })).toBe('every day, except on 9 days')
  })

  test('another language brings words of its own', () => {
    const words = { ...english, every: () => 'jede Woche', onWeekdays: () => 'am Montag' }
    expect(describe({ rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' }, words)).toBe('jede Woche am Montag')
  })
})

suite('words and back', () => {
  /** Rules for which phrases have no words: they are described, and whoever wants them types the rule. */
  const isBeyondPhrases = (rule: string): boolean => {
    const { freq, byDay, byMonthDay, byYearDay, byWeekNo, bySetPos, weekStart, count, until } = ruleOf(rule)
    const limitsDays = byDay.length > 0 && (freq === 'DAILY' || byMonthDay.length > 0)
    const hasPlain = byDay.some(({ ordinal }) => ordinal === 0)
    const mixes = hasPlain && byDay.some(({ ordinal }) => ordinal !== 0)
    return (
      limitsDays ||
      mixes ||
      bySetPos.length + byYearDay.length + byWeekNo.length + weekStart > 0 ||
      count === 1 ||
      (until?.length ?? 10) > 10
    )
  }

  test('what is described is found again, with the same rule', () => {
    let compared = 0
    fc.assert(
      fc.property(
        arbitrary.ruleText,
        fc.constantFrom('schedule' as const, 'completion' as const),
        (text, from) => {
          const rule = formatRule(ruleOf(text))
          const words = describe({ rule, from })
          expect(words).toMatch(/^every /)
          expect(words).not.toMatch(/undefined|NaN| {2}|, ,/)
          if (isBeyondPhrases(rule)) return
          compared += 1
          expect(findRecurrence(words)).toMatchObject({ rule, from, start: 0 })
        },
      ),
      { numRuns: 6000 },
    )
    expect(compared).toBeGreaterThan(400)
  })
})
