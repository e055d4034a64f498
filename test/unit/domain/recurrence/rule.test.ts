import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRule, parseRule, readRule } from '../../../../shared/domain/recurrence/rule.ts'
import * as arbitrary from './support/arbitraries.ts'
import { ruleOf } from './support/ours.ts'

const problemOf = (text: string): string | undefined => {
  const result = parseRule(text)
  return 'problem' in result ? result.problem : undefined
}

describe('canonical text', () => {
  test.each([
    ['RRULE:FREQ=DAILY', 'FREQ=DAILY'],
    [' rrule:freq=daily;interval=1 ', 'FREQ=DAILY'],
    ['BYDAY=WE,MO;INTERVAL=02;FREQ=WEEKLY;WKST=MO', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE'],
    ['FREQ=WEEKLY;WKST=SU', 'FREQ=WEEKLY;WKST=SU'],
    ['FREQ=MONTHLY;BYDAY=-1FR,+2MO,TU', 'FREQ=MONTHLY;BYDAY=TU,2MO,-1FR'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1,15,+1,-2', 'FREQ=MONTHLY;BYMONTHDAY=1,15,-2,-1'],
    ['FREQ=DAILY;UNTIL=20270301;BYMONTH=3,1', 'FREQ=DAILY;BYMONTH=1,3;UNTIL=20270301'],
    ['FREQ=DAILY;UNTIL=20270301T090000', 'FREQ=DAILY;UNTIL=20270301T090000'],
    ['FREQ=DAILY;UNTIL=20270301T090000Z', 'FREQ=DAILY;UNTIL=20270301T090000Z'],
    ['COUNT=10000;FREQ=YEARLY;INTERVAL=1000', 'FREQ=YEARLY;INTERVAL=1000;COUNT=10000'],
    [
      'FREQ=YEARLY;BYSETPOS=-1;BYYEARDAY=366,-366;BYWEEKNO=53;BYMONTH=12',
      'FREQ=YEARLY;BYMONTH=12;BYWEEKNO=53;BYYEARDAY=366,-366;BYSETPOS=-1',
    ],
  ])('%s is %s', (text, canonical) => {
    expect(formatRule(ruleOf(text))).toBe(canonical)
  })

  test('the canonical text of any rule says the same rule, and is its own canonical text', () => {
    fc.assert(
      fc.property(arbitrary.ruleText, (text) => {
        const rule = ruleOf(text)
        const canonical = formatRule(rule)
        expect(ruleOf(canonical)).toEqual(rule)
        expect(readRule(canonical)).toEqual(rule)
        expect(formatRule(ruleOf(canonical))).toBe(canonical)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('what a rule must not say', () => {
  test.each([
    ['', 'must consist of parts such as FREQ=DAILY, separated by semicolons'],
    ['FREQ', 'must consist of parts such as FREQ=DAILY, separated by semicolons'],
    ['FREQ=DAILY;', 'must consist of parts such as FREQ=DAILY, separated by semicolons'],
    ['FREQ=DAILY=WEEKLY', 'must consist of parts such as FREQ=DAILY, separated by semicolons'],
    ['COUNT=3', 'must have FREQ'],
    ['FREQ=HOURLY', 'must have one of DAILY, WEEKLY, MONTHLY, YEARLY as FREQ'],
    ['FREQ=DAILY;BYHOUR=9', 'must not have BYHOUR: the time of day is that of due'],
    ['FREQ=DAILY;BYMINUTE=9', 'must not have BYMINUTE: the time of day is that of due'],
    ['FREQ=DAILY;BYSECOND=9', 'must not have BYSECOND: the time of day is that of due'],
    ['FREQ=DAILY;BYEASTER=1', /^must not have a part BYEASTER; there are FREQ, INTERVAL, .*UNTIL$/],
    ['FREQ=DAILY;__PROTO__=1', /^must not have a part __PROTO__/],
    ['FREQ=DAILY;FREQ=WEEKLY', 'must have FREQ only once'],
    ['FREQ=DAILY;INTERVAL=0', 'must have a number from 1 to 1000 as INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1001', 'must have a number from 1 to 1000 as INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1.5', 'must have a number from 1 to 1000 as INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1E2', 'must have a number from 1 to 1000 as INTERVAL'],
    ['FREQ=DAILY;COUNT=0', 'must have a number from 1 to 10000 as COUNT'],
    ['FREQ=DAILY;COUNT=10001', 'must have a number from 1 to 10000 as COUNT'],
    ['FREQ=DAILY;COUNT=-1', 'must have a number from 1 to 10000 as COUNT'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270301', 'must not have both COUNT and UNTIL'],
    ['FREQ=DAILY;UNTIL=20270229', /^must have a day or time that exists in the years 1970 to 2199/],
    ['FREQ=DAILY;UNTIL=2027-03-01', /^must have a day or time that exists/],
    ['FREQ=DAILY;UNTIL=20270301T240000', /^must have a day or time that exists/],
    ['FREQ=DAILY;UNTIL=22000101', /^must have a day or time that exists/],
    ['FREQ=DAILY;UNTIL=20270301Z', /^must have a day or time that exists/],
    ['FREQ=DAILY;BYMONTH=13', 'must have a list of 1 to 12 as BYMONTH'],
    ['FREQ=DAILY;BYMONTH=-1', 'must have a list of 1 to 12 as BYMONTH'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'must have a list of 1 to 31 or -1 to -31 as BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'must have a list of 1 to 31 or -1 to -31 as BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,,2', 'must have a list of 1 to 31 or -1 to -31 as BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=--1', 'must have a list of 1 to 31 or -1 to -31 as BYMONTHDAY'],
    ['FREQ=YEARLY;BYYEARDAY=367', 'must have a list of 1 to 366 or -1 to -366 as BYYEARDAY'],
    ['FREQ=YEARLY;BYWEEKNO=54', 'must have a list of 1 to 53 or -1 to -53 as BYWEEKNO'],
    ['FREQ=YEARLY;BYDAY=MO;BYSETPOS=0', 'must have a list of 1 to 366 or -1 to -366 as BYSETPOS'],
    ['FREQ=MONTHLY;BYDAY=XX', /^must have a list of MO, TU, .* as BYDAY$/],
    ['FREQ=MONTHLY;BYDAY=0MO', /^must have a list of MO, TU, .* as BYDAY$/],
    ['FREQ=MONTHLY;BYDAY=54MO', /^must have a list of MO, TU, .* as BYDAY$/],
    ['FREQ=MONTHLY;BYDAY=1-MO', /^must have a list of MO, TU, .* as BYDAY$/],
    ['FREQ=WEEKLY;WKST=1', 'must have one of MO, TU, WE, TH, FR, SA, SU as WKST'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'must not have BYMONTHDAY with FREQ=WEEKLY'],
    ['FREQ=MONTHLY;BYYEARDAY=1', 'must have FREQ=YEARLY to have BYYEARDAY'],
    ['FREQ=MONTHLY;BYWEEKNO=1', 'must have FREQ=YEARLY to have BYWEEKNO'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'must have FREQ=MONTHLY or YEARLY to have positions in BYDAY'],
    ['FREQ=DAILY;BYDAY=-1MO', 'must have FREQ=MONTHLY or YEARLY to have positions in BYDAY'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO', 'must not have positions in BYDAY together with BYWEEKNO'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'must have another part that begins with BY to have BYSETPOS'],
    ['FREQ=WEEKLY;BYDAY=MO,MO', 'must not name the same value twice in a list'],
    ['FREQ=MONTHLY;BYDAY=1MO,+1MO', 'must not name the same value twice in a list'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,01', 'must not name the same value twice in a list'],
    [`FREQ=DAILY;BYMONTH=${'1,'.repeat(250)}1`, 'must have at most 500 characters'],
  ])('%s', (text, problem) => {
    if (typeof problem === 'string') expect(problemOf(text)).toBe(problem)
    else expect(problemOf(text)).toMatch(problem)
  })

  test('any text is a rule or has a problem, and never more', () => {
    const pieces = fc.constantFrom(
      'FREQ',
      'DAILY',
      'WEEKLY',
      '=',
      ';',
      ',',
      'BYDAY',
      'MO',
      '1',
      '-',
      'UNTIL',
      '20270230',
      'COUNT',
      'Z',
      ' ',
      'é',
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces).map((all) => all.join('')),
      arbitrary.ruleText,
    )
    fc.assert(
      fc.property(text, (any) => {
        const result = parseRule(any)
        expect('problem' in result ? result.problem : formatRule(result)).toMatch(/^(must |FREQ=)/)
      }),
      { numRuns: 2000 },
    )
  })
})
