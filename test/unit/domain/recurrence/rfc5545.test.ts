import { expect, test } from 'vitest'
import { instantOf } from '../../../../shared/domain/time/instants.ts'
import { instancesOf } from './support/ours.ts'

/** `9/2,4; 10/2` as dates of a year. */
const dates = (year: number, text: string): string[] =>
  text.split('; ').flatMap((month) => {
    const [number = '', days = ''] = month.split('/')
    return days.split(',').map((day) => `${year}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`)
  })
const all = (...years: readonly (readonly [number, string])[]): string[] =>
  years.flatMap(([year, text]) => dates(year, text))

/**
 * The examples of RFC 5545 section 3.8.5.3 that are not finer than a day, as printed there (with erratum 3883), up to
 * where the text breaks off. All begin on 2 September 1997 at nine in New York, unless another beginning is printed.
 */
const examples: [rule: string, expected: string[], first?: string][] = [
  ['FREQ=DAILY;COUNT=10', dates(1997, '9/2,3,4,5,6,7,8,9,10,11')],
  ['FREQ=DAILY;INTERVAL=2', all([1997, '9/2,4,6,8,10,12,14,16,18,20,22,24,26,28,30; 10/2'])],
  ['FREQ=DAILY;INTERVAL=10;COUNT=5', dates(1997, '9/2,12,22; 10/2,12')],
  ['FREQ=WEEKLY;COUNT=10', dates(1997, '9/2,9,16,23,30; 10/7,14,21,28; 11/4')],
  [
    'FREQ=WEEKLY;UNTIL=19971224T000000Z',
    dates(1997, '9/2,9,16,23,30; 10/7,14,21,28; 11/4,11,18,25; 12/2,9,16,23'),
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
    all([1997, '9/2,16,30; 10/14,28; 11/11,25; 12/9,23'], [1998, '1/6,20; 2/3,17']),
  ],
  ['FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH', dates(1997, '9/2,4,9,11,16,18,23,25,30; 10/2')],
  ['FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH', dates(1997, '9/2,4,9,11,16,18,23,25,30; 10/2')],
  [
    'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR',
    dates(1997, '9/1,3,5,15,17,19,29; 10/1,3,13,15,17,27,29,31; 11/10,12,14,24,26,28; 12/8,10,12,22'),
    '1997-09-01',
  ],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH', dates(1997, '9/2,4,16,18,30; 10/2,14,16')],
  [
    'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
    all([1997, '9/5; 10/3; 11/7; 12/5'], [1998, '1/2; 2/6; 3/6; 4/3; 5/1; 6/5']),
    '1997-09-05',
  ],
  ['FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR', dates(1997, '9/5; 10/3; 11/7; 12/5'), '1997-09-05'],
  [
    'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
    all([1997, '9/7,28; 11/2,30'], [1998, '1/4,25; 3/1,29; 5/3,31']),
    '1997-09-07',
  ],
  [
    'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
    all([1997, '9/22; 10/20; 11/17; 12/22'], [1998, '1/19; 2/16']),
    '1997-09-22',
  ],
  [
    'FREQ=MONTHLY;BYMONTHDAY=-3',
    all([1997, '9/28; 10/29; 11/28; 12/29'], [1998, '1/29; 2/26']),
    '1997-09-28',
  ],
  [
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15',
    all([1997, '9/2,15; 10/2,15; 11/2,15; 12/2,15'], [1998, '1/2,15']),
  ],
  [
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
    all([1997, '9/30; 10/1,31; 11/1,30; 12/1,31'], [1998, '1/1,31; 2/1']),
    '1997-09-30',
  ],
  [
    'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15',
    all([1997, '9/10,11,12,13,14,15'], [1999, '3/10,11,12,13']),
    '1997-09-10',
  ],
  [
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
    all([1997, '9/2,9,16,23,30; 11/4,11,18,25'], [1998, '1/6,13,20,27; 3/3,10,17,24,31']),
  ],
  [
    'FREQ=YEARLY;COUNT=10;BYMONTH=6,7',
    all(
      [1997, '6/10; 7/10'],
      [1998, '6/10; 7/10'],
      [1999, '6/10; 7/10'],
      [2000, '6/10; 7/10'],
      [2001, '6/10; 7/10'],
    ),
    '1997-06-10',
  ],
  [
    'FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3',
    all([1997, '3/10'], [1999, '1/10; 2/10; 3/10'], [2001, '1/10; 2/10; 3/10'], [2003, '1/10; 2/10; 3/10']),
    '1997-03-10',
  ],
  [
    'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
    all([1997, '1/1; 4/10; 7/19'], [2000, '1/1; 4/9; 7/18'], [2003, '1/1; 4/10; 7/19'], [2006, '1/1']),
    '1997-01-01',
  ],
  ['FREQ=YEARLY;BYDAY=20MO', all([1997, '5/19'], [1998, '5/18'], [1999, '5/17']), '1997-05-19'],
  ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', all([1997, '5/12'], [1998, '5/11'], [1999, '5/17']), '1997-05-12'],
  [
    'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
    all([1997, '3/13,20,27'], [1998, '3/5,12,19,26'], [1999, '3/4,11,18,25']),
    '1997-03-13',
  ],
  [
    'FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8',
    all(
      [1997, '6/5,12,19,26; 7/3,10,17,24,31; 8/7,14,21,28'],
      [1998, '6/4,11,18,25; 7/2,9,16,23,30; 8/6,13,20,27'],
      [1999, '6/3,10,17,24; 7/1,8,15,22,29; 8/5,12,19,26'],
    ),
    '1997-06-05',
  ],
  ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', all([1998, '2/13; 3/13; 11/13'], [1999, '8/13'], [2000, '10/13'])],
  [
    'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
    all([1997, '9/13; 10/11; 11/8; 12/13'], [1998, '1/10; 2/7; 3/7; 4/11; 5/9; 6/13']),
    '1997-09-13',
  ],
  [
    'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    all([1996, '11/5'], [2000, '11/7'], [2004, '11/2']),
    '1996-11-05',
  ],
  ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', dates(1997, '9/4; 10/7; 11/6'), '1997-09-04'],
  [
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    all([1997, '9/29; 10/30; 11/27; 12/30'], [1998, '1/29; 2/26; 3/30']),
    '1997-09-29',
  ],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', dates(1997, '8/5,10,19,24'), '1997-08-05'],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', dates(1997, '8/5,17,19,31'), '1997-08-05'],
  ['FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', all([2007, '1/15,30; 2/15; 3/15,30']), '2007-01-15'],
]

const zone = 'America/New_York'
const cases = examples.map(([rule, expected, first = '1997-09-02']) => ({
  rule,
  anchor: `${first}T09:00:00`,
  expected: expected.map((date) => `${date}T09:00:00`),
}))

test.each(cases)('$rule', ({ rule, anchor, expected }) => {
  const last = expected.at(-1) ?? ''
  expect(instancesOf(rule, anchor, 'skip', last.slice(0, 10), zone)).toEqual(expected)
})

const ending = cases.filter(({ rule }) => /COUNT|UNTIL/.test(rule))
test.each(ending)('$rule ends there', ({ rule, anchor, expected }) => {
  expect(instancesOf(rule, anchor, 'skip', '2050-01-01', zone)).toHaveLength(expected.length)
})

test('what the RFC prints as EDT and EST: nine stays nine over the change of clocks', () => {
  const [before, after] = instancesOf('FREQ=DAILY', '1997-10-25T09:00', 'skip', '1997-10-26')
  expect(instantOf(before ?? '', zone)).toBe('1997-10-25T13:00:00.000Z')
  expect(instantOf(after ?? '', zone)).toBe('1997-10-26T14:00:00.000Z')
})
