import * as fc from 'fast-check'
import type { Recurrence, RecurrenceInput } from '../../../../../shared/api/schemas/recurrence.ts'
import type { ZonedMoment } from '../../../../../shared/api/schemas/time.ts'
import { parseRule } from '../../../../../shared/domain/recurrence/rule.ts'

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const some = <T>(values: readonly T[], most = 3) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most })
const part = (name: string, values: fc.Arbitrary<readonly unknown[]>) =>
  fc.option(
    values.map((list) => `${name}=${list.join(',')}`),
    { nil: '', freq: 2 },
  )

const positioned = weekdays.flatMap((day) => [day, `1${day}`, `-1${day}`, `5${day}`])
const monthDays = [1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -31]
const months = [1, 2, 3, 6, 11, 12]
const dayParts = {
  DAILY: [part('BYMONTHDAY', some(monthDays)), part('BYDAY', some(weekdays))],
  WEEKLY: [part('BYDAY', some(weekdays))],
  MONTHLY: [part('BYMONTHDAY', some(monthDays)), part('BYDAY', some(positioned))],
  YEARLY: [
    part('BYYEARDAY', some([1, 60, 100, 365, 366, -1, -366])),
    part('BYMONTHDAY', some(monthDays)),
    part('BYDAY', some(positioned)),
  ],
  WEEKS: [part('BYWEEKNO', some([1, 2, 20, 52, 53, -1])), part('BYDAY', some(weekdays))],
}
const extent = fc.option(
  fc.oneof(
    fc.integer({ min: 1, max: 30 }).map((count) => `COUNT=${count}`),
    fc.constantFrom('UNTIL=20291231', 'UNTIL=20280229T090000', 'UNTIL=20270611T070000Z'),
  ),
  { nil: '', freq: 2 },
)

/** Text of any rule, in no particular order of values. Many fire, some rarely, some never. */
export const ruleText = fc
  .constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'WEEKS')
  .chain((kind) =>
    fc
      .tuple(
        fc.constant(`FREQ=${kind === 'WEEKS' ? 'YEARLY' : kind}`),
        fc.constantFrom('', 'INTERVAL=2', 'INTERVAL=3', 'INTERVAL=5'),
        part('BYMONTH', some(months)),
        ...dayParts[kind],
        fc.option(fc.constantFrom('BYSETPOS=1', 'BYSETPOS=-1', 'BYSETPOS=2,-1'), { nil: '', freq: 2 }),
        fc.constantFrom('', 'WKST=SU', 'WKST=TH'),
        extent,
      )
      .map((parts) => parts.filter((text) => text !== '').join(';')),
  )
  .filter((text) => !('problem' in parseRule(text)))

const zone = fc.constantFrom(
  'UTC',
  'Europe/Madrid',
  'Africa/Cairo',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
)
const date = fc
  .integer({ min: 0, max: 1500 })
  .map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10))
const time = fc.constantFrom('T00:00', 'T02:30', 'T09:00', 'T23:59:30')
export const due: fc.Arbitrary<ZonedMoment> = fc
  .tuple(date, fc.option(time), zone)
  .map(([day, clock, there]) =>
    clock === null ? { date: day, zone: there } : { dateTime: day + clock, zone: there },
  )

/** An instant within a month before to four months after a wall value. */
export const instantNear = (wall: string) =>
  fc
    .integer({ min: -30 * 24 * 60, max: 120 * 24 * 60 })
    .map((minutes) => new Date(Date.parse(`${wall.slice(0, 10)}T12:00Z`) + minutes * 60_000).toISOString())

export const input = (from: fc.Arbitrary<Recurrence['from']>): fc.Arbitrary<RecurrenceInput> =>
  fc.record({
    rule: ruleText,
    from,
    catchUp: fc.constantFrom('skip' as const, 'one' as const, 'all' as const),
    monthEnd: fc.constantFrom('clamp' as const, 'skip' as const),
    exclude: fc.uniqueArray(date, { maxLength: 3 }),
  })
