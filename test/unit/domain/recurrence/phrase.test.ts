import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findRecurrence } from '../../../../shared/domain/recurrence/phrase.ts'
import { formatRule } from '../../../../shared/domain/recurrence/rule.ts'
import { ruleOf } from './support/ours.ts'

/** The line with the phrase in brackets, and the rule; `!` for from completion. */
const found = (line: string, today?: string): string | undefined => {
  const phrase = findRecurrence(line, today)
  if (phrase === undefined) return undefined
  const { start, end, rule, from } = phrase
  const marked = `${line.slice(0, start)}[${line.slice(start, end)}]${line.slice(end)}`
  return `${marked} ${rule}${from === 'completion' ? ' !' : ''}`
}

describe('phrases', () => {
  test.each([
    // intervals
    '[every day] FREQ=DAILY',
    'Stretch [every day] at 7:30 FREQ=DAILY',
    '[every 3 days] FREQ=DAILY;INTERVAL=3',
    '[Every Three Days] FREQ=DAILY;INTERVAL=3',
    '[every other day] FREQ=DAILY;INTERVAL=2',
    '[every 2nd day] FREQ=DAILY;INTERVAL=2',
    '[every week] FREQ=WEEKLY',
    '[every 1 week] FREQ=WEEKLY',
    '[every fortnight] FREQ=WEEKLY;INTERVAL=2',
    '[each month] FREQ=MONTHLY',
    '[every quarter] FREQ=MONTHLY;INTERVAL=3',
    '[every 2 quarters] FREQ=MONTHLY;INTERVAL=6',
    '[every year] FREQ=YEARLY',
    '[every 1000 days] FREQ=DAILY;INTERVAL=1000',
    // weekdays
    '[every monday] FREQ=WEEKLY;BYDAY=MO',
    '[every Mondays] FREQ=WEEKLY;BYDAY=MO',
    '[every other monday] FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
    '[every mon, wed] FREQ=WEEKLY;BYDAY=MO,WE',
    '[every fri and mon] FREQ=WEEKLY;BYDAY=MO,FR',
    '[every mon/wed/fri] 9am FREQ=WEEKLY;BYDAY=MO,WE,FR',
    '[every tues, thurs & sun] FREQ=WEEKLY;BYDAY=TU,TH,SU',
    '[every mon - thu] FREQ=WEEKLY;BYDAY=MO,TU,WE,TH',
    '[every sat-mon] FREQ=WEEKLY;BYDAY=MO,SA,SU',
    '[every weekday] FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    '[every workday] FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    '[every weekend] FREQ=WEEKLY;BYDAY=SA',
    '[every 2 weeks on Monday and Wednesday] FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE',
    // days of the month
    'Pay rent [every 1st] 9am !high @ana FREQ=MONTHLY;BYMONTHDAY=1',
    '[every 1st and 15th] FREQ=MONTHLY;BYMONTHDAY=1,15',
    '[every 2nd day of the month] FREQ=MONTHLY;BYMONTHDAY=2',
    '[every first day] FREQ=MONTHLY;BYMONTHDAY=1',
    '[every last day] FREQ=MONTHLY;BYMONTHDAY=-1',
    '[every 2nd to last day of the month] FREQ=MONTHLY;BYMONTHDAY=-2',
    '[every month on the 15th] FREQ=MONTHLY;BYMONTHDAY=15',
    '[every month on the 15th of the month] FREQ=MONTHLY;BYMONTHDAY=15',
    '[every 3 months on the 1st and last day] FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1,-1',
    // weekdays of the month
    '[every last friday] FREQ=MONTHLY;BYDAY=-1FR',
    '[every 2nd tuesday] FREQ=MONTHLY;BYDAY=2TU',
    '[every second tuesday] FREQ=MONTHLY;BYDAY=2TU',
    '[every 1st and 3rd friday of the month] FREQ=MONTHLY;BYDAY=1FR,3FR',
    '[every month on the first monday and the last friday] FREQ=MONTHLY;BYDAY=1MO,-1FR',
    '[every first workday] FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1',
    '[every last weekday of the month] FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    // dates of the year
    '[every jan 15] FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15',
    '[every 15 January] FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15',
    '[every 15th of Sept] FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=15',
    '[every jan 15 and jul 15] FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15',
    '[every year on March 3] FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3',
    '[every january] FREQ=YEARLY;BYMONTH=1',
    '[every january and july on the 1st] FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1',
    '[every 3rd wednesday in january] FREQ=YEARLY;BYMONTH=1;BYDAY=3WE',
    '[every last day of february] FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1',
    '[every may 5th] FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5',
    // limits
    '[every day until 2027-03-01] FREQ=DAILY;UNTIL=20270301',
    '[every day, until 1 March 2027] FREQ=DAILY;UNTIL=20270301',
    '[every day till March 1st, 2027] FREQ=DAILY;UNTIL=20270301',
    'Gym [every tue and thu for 10 times] #health FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10',
    '[every week 6 times] FREQ=WEEKLY;COUNT=6',
    '[every day in january] FREQ=DAILY;BYMONTH=1',
    // from completion
    'Water the plants [every! 2 weeks] FREQ=WEEKLY;INTERVAL=2 !',
    '[every! monday] FREQ=WEEKLY;BYDAY=MO !',
    '[every 2 weeks after completion] FREQ=WEEKLY;INTERVAL=2 !',
    '[every month, counted from completion, 5 times] FREQ=MONTHLY;COUNT=5 !',
    // adverbs
    '[daily] FREQ=DAILY',
    'Backup [weekly] FREQ=WEEKLY',
    'Backup [weekly on sunday] FREQ=WEEKLY;BYDAY=SU',
    'Backup [monthly] at 3 #ops FREQ=MONTHLY',
    'Report [quarterly] !high FREQ=MONTHLY;INTERVAL=3',
    'Invoice [yearly on jan 15] FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15',
    'Tax [annually until 2030-12-31] FREQ=YEARLY;UNTIL=20301231',
    'Call [fortnightly] FREQ=WEEKLY;INTERVAL=2',
    // what follows is not part of it
    '[every mon, wed and fri], buy milk FREQ=WEEKLY;BYDAY=MO,WE,FR',
    '[every day] and night FREQ=DAILY',
    '[every day] on foot FREQ=DAILY',
    'See ([every day]) FREQ=DAILY',
    'Every book, [every day]. FREQ=DAILY',
    '🌱 [every day] 🌱 FREQ=DAILY',
    '[every 1st] to 5th FREQ=MONTHLY;BYMONTHDAY=1',
    '[every week] on the 15th FREQ=WEEKLY',
  ])('%s', (expected) => {
    const line = expected.replace(/ FREQ=.*/, '').replaceAll(/[[\]]/g, '')
    expect(found(line)).toBe(expected)
  })

  test('a year that is left out is the next, once today is known', () => {
    expect(found('every day until 3 march', '2026-11-21')).toBe(
      '[every day until 3 march] FREQ=DAILY;UNTIL=20270303',
    )
    expect(found('every day until nov 21', '2026-11-21')).toBe(
      '[every day until nov 21] FREQ=DAILY;UNTIL=20261121',
    )
  })
})

describe('no phrases', () => {
  test.each([
    '',
    'Read every book',
    'Everyday carry',
    'everyone, every time',
    'Weekly report',
    'Prepare the daily standup',
    'Sales were up yearly figures say',
    'every 5 hours',
    'every minute counts',
    'Count every second',
    'a third of every third',
    'every 0 days',
    'every 1001 days',
    'every 32nd',
    'every 0th',
    'every jan 32',
    'every jan 15 and feb 20',
    '#every monday',
    '@daily',
    '/weekly',
    'every-day',
    'bi-weekly',
    "Every Monday's notes",
    'every monday-ish',
    'every monday@work',
    'every day until friday',
    'every day until 3 march',
    'every day until 2027-02-29',
    'every last',
    'every first',
    'every other',
    'every constructor',
    'every __proto__ toString',
    'every!',
    'every',
  ])('%s', (line) => {
    expect(found(line)).toBeUndefined()
  })
})

describe('any line', () => {
  const words = fc.constantFrom(
    ...'every every! each other 2 3rd last to the first day days week month year mon tuesday jan january 15 and , / - on the of in until 2027-03-01 for 10 times after completion daily weekly #x !high 9am book É 🌱'.split(
      ' ',
    ),
  )
  const line = fc.oneof(
    fc.array(words, { maxLength: 20 }).map((all) => all.join(' ')),
    fc.array(words, { maxLength: 20 }).map((all) => all.join('')),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
  )

  test('what is found lies in it, begins and ends at words, and is a rule in canonical text', () => {
    fc.assert(
      fc.property(line, (text) => {
        const phrase = findRecurrence(text, '2026-11-21')
        if (phrase === undefined) return
        const { start, end, rule } = phrase
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(text.length)
        expect(text.slice(start, end)).toMatch(/^(every|each|daily|weekly)/i)
        expect(text.slice(start, end)).toBe(text.slice(start, end).trim())
        expect(text.slice(start, end)).not.toMatch(/(,|\b(to|the|of|on|in|and|for|until|other))$/i)
        expect(formatRule(ruleOf(rule))).toBe(rule)
      }),
      { numRuns: 5000 },
    )
  })

  test('what is found in a line is found in the phrase alone', () => {
    fc.assert(
      fc.property(line, (text) => {
        const phrase = findRecurrence(text, '2026-11-21')
        if (phrase === undefined) return
        const alone = text.slice(phrase.start, phrase.end)
        expect(findRecurrence(alone, '2026-11-21')).toEqual({ ...phrase, start: 0, end: alone.length })
      }),
      { numRuns: 5000 },
    )
  })

  test.each([
    'every ',
    'every!',
    'every mon,',
    'every 1st, ',
    'daily, ',
    'daily in jan ',
    'every day on ',
    'every jan 1 and ',
    '1-',
    'é',
    '!',
  ])('a thousand characters of "%s" take no time', (piece) => {
    const text = piece.repeat(1000 / piece.length)
    const costs = [1, 2, 3].map(() => {
      const start = performance.now()
      findRecurrence(text)
      return performance.now() - start
    })
    expect(Math.min(...costs)).toBeLessThan(20)
  })
})
