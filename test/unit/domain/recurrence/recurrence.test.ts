import { describe, expect, test } from 'vitest'
import type { Recurrence, RecurrenceInput } from '../../../../shared/api/schemas/recurrence.ts'
import {
  nextRecurrence,
  previewOccurrences,
  startRecurrence,
} from '../../../../shared/domain/recurrence/recurrence.ts'
import { dueOn, inputOf, startOn } from './support/builders.ts'

const zone = 'Europe/Madrid'
const next = (present: Recurrence, now: string): string | undefined =>
  nextRecurrence(present, zone, now)?.occurrence
const early = '2026-01-01T00:00:00.000Z'
const preview = (wall: string, rule: string, more: Partial<RecurrenceInput> = {}, now = early): string[] =>
  previewOccurrences(startOn(wall, rule, more), zone, now, 5)

describe('a recurrence begins with the due date', () => {
  test('which is its anchor and its first occurrence; the rule is canonical', () => {
    expect(startOn('2026-11-21T09:00', 'rrule:byday=we,mo;freq=weekly', { exclude: ['2026-12-02'] })).toEqual(
      {
        rule: 'FREQ=WEEKLY;BYDAY=MO,WE',
        from: 'schedule',
        catchUp: 'skip',
        monthEnd: 'clamp',
        exclude: ['2026-12-02'],
        anchor: '2026-11-21T09:00',
        occurrence: '2026-11-21T09:00',
        number: 1,
      },
    )
    expect(startOn('2026-11-21', 'FREQ=DAILY').anchor).toBe('2026-11-21')
  })

  test.each([
    ['FREQ=DAILY;BYHOUR=9', {}, '/recurrence/rule', 'must not have BYHOUR: the time of day is that of due'],
    [
      'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30',
      { monthEnd: 'skip' },
      '/recurrence/rule',
      'must fit at least one day from 2026-11-21 to 2199-12-31',
    ],
    [
      'FREQ=MONTHLY;BYDAY=6MO',
      {},
      '/recurrence/rule',
      'must fit at least one day from 2026-11-21 to 2199-12-31',
    ],
    [
      'FREQ=YEARLY;INTERVAL=1000;BYMONTH=1',
      {},
      '/recurrence/rule',
      'must fit at least one day from 2026-11-21 to 2199-12-31',
    ],
    [
      'FREQ=DAILY;UNTIL=20261120',
      {},
      '/recurrence/rule',
      'must have an UNTIL that leaves at least one date from 2026-11-21 on',
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20261130',
      {},
      '/recurrence/rule',
      'must have an UNTIL that leaves at least one date from 2026-11-21 on',
    ],
    [
      'FREQ=DAILY;COUNT=2',
      { exclude: ['2026-11-21', '2026-11-22'] },
      '/recurrence/exclude',
      'must leave at least one date of the rule',
    ],
    [
      'FREQ=DAILY',
      { exclude: ['2026-11-21', '2027-02-29'] },
      '/recurrence/exclude/1',
      'must be a day that exists in the years 1970 to 2199',
    ],
    [
      'FREQ=DAILY',
      { exclude: ['2200-01-01T09:00'] },
      '/recurrence/exclude/0',
      'must be a day that exists in the years 1970 to 2199',
    ],
  ] as const)('%s with %j is refused, and the refusal says why', (rule, more, pointer, detail) => {
    expect(() =>
      startRecurrence({ ...inputOf(rule), ...more } as RecurrenceInput, dueOn('2026-11-21')),
    ).toThrow(expect.objectContaining({ code: 'invalid-request', errors: [{ pointer, detail }] }))
  })

  test('clamped, what would never fire does', () => {
    expect(preview('2026-11-21', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31').slice(0, 2)).toEqual([
      '2027-02-28',
      '2028-02-29',
    ])
  })
})

describe('a due date that the rule does not name', () => {
  test('is done first; then come the dates of the rule, and COUNT counts those', () => {
    expect(preview('2026-11-21', 'FREQ=WEEKLY;BYDAY=MO;COUNT=3')).toEqual([
      '2026-11-23',
      '2026-11-30',
      '2026-12-07',
    ])
  })

  test('one that it does name is the first that COUNT counts', () => {
    expect(preview('2026-11-23', 'FREQ=WEEKLY;BYDAY=MO;COUNT=3')).toEqual(['2026-11-30', '2026-12-07'])
    expect(preview('2026-11-23', 'FREQ=WEEKLY;BYDAY=MO;COUNT=1')).toEqual([])
  })
})

describe('completed late, from schedule', () => {
  const late = '2026-11-25T12:00:00.000Z'
  const present = (catchUp: RecurrenceInput['catchUp'], rule = 'FREQ=DAILY') =>
    startOn('2026-11-21T09:00', rule, { catchUp })

  test('skip: what was missed is not offered', () => {
    expect(next(present('skip'), late)).toBe('2026-11-26T09:00')
  })

  test('all: each comes', () => {
    expect(next(present('all'), late)).toBe('2026-11-22T09:00')
  })

  test('one: the latest of what was missed comes once, then the future', () => {
    const caughtUp = nextRecurrence(present('one'), zone, late)
    expect(caughtUp?.occurrence).toBe('2026-11-25T09:00')
    expect(caughtUp?.number).toBe(5)
    expect(next(caughtUp as Recurrence, late)).toBe('2026-11-26T09:00')
  })

  test('one: with nothing missed it is the next', () => {
    expect(next(present('one'), '2026-11-22T07:59:59.999Z')).toBe('2026-11-22T09:00')
    expect(next(present('one', 'FREQ=WEEKLY'), late)).toBe('2026-11-28T09:00')
  })

  test('a time has passed at its very instant, a day when it is over there', () => {
    expect(next(present('skip'), '2026-11-22T07:59:59.999Z')).toBe('2026-11-22T09:00')
    expect(next(present('skip'), '2026-11-22T08:00:00.000Z')).toBe('2026-11-23T09:00')
    const day = startOn('2026-11-21', 'FREQ=DAILY')
    expect(next(day, '2026-11-21T22:59:59.999Z')).toBe('2026-11-22')
    expect(next(day, '2026-11-21T23:00:00.000Z')).toBe('2026-11-23')
  })

  test('those passed over count, and the series ends when none is left', () => {
    expect(next(present('skip', 'FREQ=DAILY;COUNT=6'), late)).toBe('2026-11-26T09:00')
    expect(next(present('skip', 'FREQ=DAILY;COUNT=5'), late)).toBeUndefined()
    expect(next(present('one', 'FREQ=DAILY;COUNT=3'), late)).toBe('2026-11-23T09:00')
    expect(next(present('skip', 'FREQ=DAILY;UNTIL=20261125'), late)).toBeUndefined()
  })
})

test('completed early, the next is the one after, not the present one again', () => {
  expect(next(startOn('2026-11-21T09:00', 'FREQ=WEEKLY'), early)).toBe('2026-11-28T09:00')
  expect(
    next(startOn('2026-11-21', 'FREQ=WEEKLY;BYDAY=SA', { from: 'completion' }), '2026-11-19T12:00:00.000Z'),
  ).toBe('2026-11-28')
})

describe('from completion', () => {
  const from = 'completion'

  test.each([
    ['FREQ=DAILY;INTERVAL=3', '2026-11-28T09:00'],
    ['FREQ=WEEKLY', '2026-12-02T09:00'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', '2026-12-07T09:00'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', '2026-11-27T09:00'],
    ['FREQ=MONTHLY', '2026-12-25T09:00'],
    ['FREQ=MONTHLY;BYMONTHDAY=25', '2026-12-25T09:00'],
    ['FREQ=YEARLY', '2027-11-25T09:00'],
  ])('%s counts from the day of completion, at the time of day it had', (rule, expected) => {
    expect(next(startOn('2026-11-21T09:00', rule, { from }), '2026-11-25T22:59:00.000Z')).toBe(expected)
  })

  test('the day of completion is that of the clock in the zone', () => {
    const present = startOn('2026-11-21T09:00', 'FREQ=DAILY', { from })
    expect(next(present, '2026-11-25T22:59:59.000Z')).toBe('2026-11-26T09:00')
    expect(next(present, '2026-11-25T23:00:00.000Z')).toBe('2026-11-27T09:00')
  })

  test('COUNT counts completions, however late, and those left out are not among them', () => {
    const first = startOn('2026-11-21', 'FREQ=DAILY;COUNT=3', { from, exclude: ['2027-02-02'] })
    const second = nextRecurrence(first, zone, '2027-01-01T12:00:00.000Z')
    expect(second).toMatchObject({ occurrence: '2027-01-02', number: 2 })
    const third = nextRecurrence(second as Recurrence, zone, '2027-02-01T12:00:00.000Z')
    expect(third).toMatchObject({ occurrence: '2027-02-03', number: 3 })
    expect(nextRecurrence(third as Recurrence, zone, '2027-02-03T12:00:00.000Z')).toBeUndefined()
  })

  test('UNTIL ends it', () => {
    const present = startOn('2026-11-21', 'FREQ=DAILY;INTERVAL=10;UNTIL=20261210', { from })
    expect(next(present, '2026-11-30T12:00:00.000Z')).toBe('2026-12-10')
    expect(next(present, '2026-12-01T12:00:00.000Z')).toBeUndefined()
  })
})

describe('what is left out', () => {
  test('by its day or by its time; it counts', () => {
    const exclude = ['2026-11-22', '2026-11-23T09:00:00', '2026-11-24T10:00']
    expect(preview('2026-11-21T09:00', 'FREQ=DAILY;COUNT=5', { exclude })).toEqual([
      '2026-11-24T09:00',
      '2026-11-25T09:00',
    ])
  })

  test('a time leaves out the day of a series of days', () => {
    expect(preview('2026-11-21', 'FREQ=DAILY;COUNT=3', { exclude: ['2026-11-22T09:00'] })).toEqual([
      '2026-11-23',
    ])
  })

  test('is not caught up', () => {
    const present = startOn('2026-11-21', 'FREQ=DAILY', { catchUp: 'one', exclude: ['2026-11-25'] })
    expect(next(present, '2026-11-25T12:00:00.000Z')).toBe('2026-11-24')
  })
})

describe('UNTIL', () => {
  test.each([
    ['20261123', '2026-11-21', 2],
    ['20261123', '2026-11-21T23:59', 2],
    ['20261123T090000', '2026-11-21T09:00', 2],
    ['20261123T085959', '2026-11-21T09:00', 1],
    ['20261123T090000', '2026-11-21', 2],
    ['20261123T080000Z', '2026-11-21T09:00', 2],
    ['20261123T075959Z', '2026-11-21T09:00', 1],
    ['20261122T225959Z', '2026-11-21', 1],
    ['20261122T230000Z', '2026-11-21', 2],
  ])('%s leaves a series from %s %i more', (until, first, expected) => {
    expect(preview(first, `FREQ=DAILY;UNTIL=${until}`)).toHaveLength(expected)
  })
})

describe('the preview', () => {
  test('is of five as if each were completed when due', () => {
    expect(preview('2026-01-31', 'FREQ=MONTHLY')).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
    ])
    expect(preview('2026-01-31', 'FREQ=MONTHLY', { monthEnd: 'skip' }, early)[0]).toBe('2026-03-31')
    expect(preview('2026-01-31T09:00', 'FREQ=MONTHLY', { from: 'completion' })[1]).toBe('2026-03-28T09:00')
  })

  test('of what is overdue begins with what completing it now leads to', () => {
    const now = '2026-11-25T12:00:00.000Z'
    const first = (catchUp: RecurrenceInput['catchUp']) =>
      preview('2026-11-21', 'FREQ=DAILY', { catchUp }, now)[0]
    expect([first('skip'), first('one'), first('all')]).toEqual(['2026-11-26', '2026-11-25', '2026-11-22'])
  })

  test('is as long as asked for, or as the series', () => {
    const present = startOn('2026-11-21', 'FREQ=DAILY;COUNT=4')
    expect(previewOccurrences(present, zone, early, 2)).toHaveLength(2)
    expect(previewOccurrences(present, zone, early, 0)).toEqual([])
    expect(previewOccurrences(present, zone, early, 100)).toHaveLength(3)
  })
})

test('nothing lies after 2199', () => {
  expect(preview('2199-12-30', 'FREQ=DAILY')).toEqual(['2199-12-31'])
  expect(preview('2199-12-31T09:00', 'FREQ=YEARLY')).toEqual([])
  expect(preview('2199-12-30', 'FREQ=WEEKLY;BYDAY=MO,TU,WE')).toEqual(['2199-12-31'])
})
