import { describe, expect, test } from 'vitest'
import type { RecurrenceInput } from '../../../../shared/api/schemas/recurrence.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import {
  nextRecurrence,
  previewOccurrences,
  startRecurrence,
} from '../../../../shared/domain/recurrence/recurrence.ts'
import { inputOf } from './support/builders.ts'

const limitMs = 20
const zone = 'America/New_York'
const now = '2026-11-21T12:00:00.000Z'
const numbers = (least: number, most: number, sign = ''): string =>
  Array.from({ length: most - least + 1 }, (_, n) => `${sign}${least + n}`).join(',')

/** Rules that make the most work: those that find nothing to the end of the calendar, and those with long lists. */
const rules = [
  'FREQ=DAILY;COUNT=10000',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  `FREQ=DAILY;BYSETPOS=2;BYMONTH=${numbers(1, 12)}`,
  `FREQ=DAILY;BYMONTHDAY=${numbers(1, 31)};BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366`,
  'FREQ=DAILY;INTERVAL=1000;COUNT=10000',
  'FREQ=WEEKLY;INTERVAL=1000',
  'FREQ=WEEKLY;BYSETPOS=366;BYDAY=MO,TU,WE,TH,FR,SA,SU',
  'FREQ=MONTHLY;BYDAY=6MO',
  'FREQ=MONTHLY;BYDAY=53MO;BYSETPOS=-366',
  'FREQ=MONTHLY;INTERVAL=1000;BYMONTHDAY=31',
  'FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29',
  'FREQ=YEARLY;BYDAY=53MO',
  'FREQ=YEARLY;BYDAY=-53MO;BYSETPOS=2;COUNT=10000',
  'FREQ=YEARLY;BYWEEKNO=53',
  'FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6',
  `FREQ=YEARLY;BYWEEKNO=${numbers(1, 53)};BYSETPOS=366`,
  `FREQ=YEARLY;BYYEARDAY=${numbers(250, 350)};BYMONTH=1`,
  `FREQ=YEARLY;BYYEARDAY=${numbers(100, 180, '-')};BYDAY=MO;BYMONTH=1`,
  `FREQ=YEARLY;BYMONTHDAY=${numbers(1, 31)};BYDAY=53MO`,
  `FREQ=YEARLY;BYMONTHDAY=${numbers(1, 31, '-')};BYSETPOS=${numbers(300, 366)}`,
  `FREQ=YEARLY;BYDAY=${['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].flatMap((day) => [51, 52, 53, -51, -52, -53].map((n) => n + day)).join(',')};BYMONTH=1;BYSETPOS=366`,
]
const exclude = Array.from(
  { length: 100 },
  (_, n) =>
    `1970-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + Math.floor(n / 12)).padStart(2, '0')}`,
)

/** The best of several runs: the work is what is measured, not what else the machine does. */
const costOf = (work: () => unknown): number =>
  Math.min(
    ...[1, 2, 3, 4, 5].map(() => {
      const start = performance.now()
      work()
      return performance.now() - start
    }),
  )

const startOrRefuse = (input: RecurrenceInput, due: string) => {
  const moment = due.length === 10 ? { date: due, zone } : { dateTime: due, zone }
  try {
    return startRecurrence(input, moment)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

describe.each(['1970-01-01', '1970-01-01T02:30'])('from %s, as early as can be', (due) => {
  test.each(rules)('%s costs little', (rule) => {
    for (const monthEnd of ['clamp', 'skip'] as const) {
      const input = inputOf(rule, { monthEnd, catchUp: 'one', exclude })
      expect(costOf(() => startOrRefuse(input, due))).toBeLessThan(limitMs)
      const present = { ...input, anchor: due, occurrence: due, number: 1 }
      expect(costOf(() => nextRecurrence(present, zone, now))).toBeLessThan(limitMs)
      expect(costOf(() => nextRecurrence({ ...present, from: 'completion' }, zone, now))).toBeLessThan(
        limitMs,
      )
      expect(costOf(() => previewOccurrences(present, zone, now, 5))).toBeLessThan(2 * limitMs)
    }
  })
})
