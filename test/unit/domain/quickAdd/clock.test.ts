import { afterEach, describe, expect, test } from 'vitest'
import { hereAt, parseQuickAdd } from '../../../../shared/domain/quickAdd/parse.ts'
import { days } from './sentences/days.ts'
import { recurrences } from './sentences/recurrences.ts'
import { expectedOf, now, zone } from './sentences/sentence.ts'
import { times } from './sentences/times.ts'

const dueAt = (text: string, instant: string, where: string) =>
  parseQuickAdd(`Task ${text}`, hereAt(instant, where))[0]?.due

describe('the person’s clock', () => {
  test.each([
    // In Auckland it is already Thursday, in Honolulu still Tuesday evening.
    ['today', '2026-11-18T11:30:00.000Z', 'Pacific/Auckland', { date: '2026-11-19' }],
    ['today', '2026-11-18T09:30:00.000Z', 'Pacific/Honolulu', { date: '2026-11-17' }],
    ['in 2 days', '2026-11-18T11:30:00.000Z', 'Pacific/Auckland', { date: '2026-11-21' }],
    [
      '9am',
      '2026-11-18T11:30:00.000Z',
      'Pacific/Auckland',
      { dateTime: '2026-11-19T09:00', zone: 'Pacific/Auckland' },
    ],
    ['fri', '2026-11-18T09:30:00.000Z', 'Pacific/Honolulu', { date: '2026-11-20' }],
    // Clocks go from 02:00 to 03:00 on 28 March, and from 03:00 to 02:00 on 31 October.
    [
      'in 2 hours',
      '2027-03-28T00:30:00.000Z',
      'Europe/Madrid',
      { dateTime: '2027-03-28T04:30', zone: 'Europe/Madrid' },
    ],
    [
      'in 2 hours',
      '2027-10-30T23:30:00.000Z',
      'Europe/Madrid',
      { dateTime: '2027-10-31T02:30', zone: 'Europe/Madrid' },
    ],
    ['in 3 days', '2027-03-26T23:30:00.000Z', 'Europe/Madrid', { date: '2027-03-30' }],
  ])('"%s" at %s in %s', (text, instant, where, due) => {
    expect(dueAt(text, instant, where)).toEqual(due)
  })

  test.each([
    ['in a month', '2027-01-31', '2027-02-28'],
    ['in 1 month', '2028-01-31', '2028-02-29'],
    ['in 3 months', '2026-11-30', '2027-02-28'],
    ['in 1 year', '2028-02-29', '2029-02-28'],
    ['in 13 months', '2026-11-18', '2027-12-18'],
    ['end of month', '2028-02-10', '2028-02-29'],
    ['end of month', '2026-12-31', '2026-12-31'],
    ['next month', '2026-12-31', '2027-01-01'],
    ['next week', '2026-12-28', '2027-01-04'],
    ['next week', '2027-01-03', '2027-01-04'],
    ['by the 31st', '2027-02-10', '2027-03-31'],
    ['by the 30th', '2027-01-31', '2027-03-30'],
    ['on the 5th', '2026-12-05', '2026-12-05'],
    ['29 feb', '2028-02-29', '2028-02-29'],
    ['29 feb', '2096-03-01', '2104-02-29'],
    ['31 dec', '2026-12-31', '2026-12-31'],
    ['1 jan', '2026-12-31', '2027-01-01'],
    ['sunday', '2026-11-22', '2026-11-29'],
    ['monday', '2026-11-22', '2026-11-23'],
    ['next friday', '2026-11-22', '2026-11-27'],
    ['tomorrow', '2026-12-31', '2027-01-01'],
  ])('"%s" on %s is %s', (text, today, due) => {
    expect(dueAt(text, `${today}T12:00:00.000Z`, 'UTC')).toEqual({ date: due })
  })
})

describe('the machine’s zone does not matter', () => {
  const { TZ } = process.env
  afterEach(() => {
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  })
  const sentences = [days, times, recurrences].flat().map(([marked]) => expectedOf(marked).text)
  const instants = [
    now,
    // Around changes of clocks there and here, and the turn of the year.
    '2027-03-14T09:59:00.000Z',
    '2027-03-28T00:59:00.000Z',
    '2026-12-31T23:30:00.000Z',
    '2026-04-23T21:30:00.000Z',
  ]
  const readAll = () =>
    instants.flatMap((instant) => sentences.map((text) => parseQuickAdd(text, hereAt(instant, zone))))

  process.env.TZ = 'UTC'
  const expected = readAll()
  if (TZ === undefined) delete process.env.TZ
  else process.env.TZ = TZ

  test.each([
    ['America/Los_Angeles', 480],
    ['Asia/Tokyo', -540],
    ['Pacific/Apia', -780],
    ['Africa/Cairo', -120],
    ['Australia/Lord_Howe', -660],
    ['Pacific/Pago_Pago', 660],
  ])('%s', (machine, offset) => {
    process.env.TZ = machine
    expect(new Date(now).getTimezoneOffset()).toBe(offset)
    expect(readAll()).toEqual(expected)
  })
})
