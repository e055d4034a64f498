/**
 * Measures in a process of its own what the worst rules cost, and prints it as JSON: compiled as in production, and in
 * processor time of this thread, which other work on the machine does not add to.
 */
import type { RecurrenceInput } from '../../../../../shared/api/schemas/recurrence.ts'
import type { ZonedMoment } from '../../../../../shared/api/schemas/time.ts'
import { Failure } from '../../../../../shared/domain/failure.ts'
import {
  nextRecurrence,
  previewOccurrences,
  startRecurrence,
} from '../../../../../shared/domain/recurrence/recurrence.ts'
import { dueOn, inputOf } from './builders.ts'

export interface Cost {
  readonly rule: string
  readonly due: string
  readonly start: number
  readonly next: number
  readonly nextFromCompletion: number
  readonly preview: number
}

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

const startOrRefuse = (input: RecurrenceInput, due: ZonedMoment) => {
  try {
    return startRecurrence(input, due)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

const processorMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
const costOf = (work: () => unknown): number =>
  Math.min(
    ...[1, 2, 3, 4, 5].map(() => {
      const start = processorMs()
      work()
      return processorMs() - start
    }),
  )

const costs = rules.flatMap((rule) =>
  // As early as can be, as a day and as a time.
  ['1970-01-01', '1970-01-01T02:30'].map((due): Cost => {
    const input = inputOf(rule, { monthEnd: 'skip', catchUp: 'one', exclude })
    const present = { ...input, anchor: due, occurrence: due, number: 1 }
    return {
      rule,
      due,
      start: costOf(() => startOrRefuse(input, dueOn(due, zone))),
      next: costOf(() => nextRecurrence(present, zone, now)),
      nextFromCompletion: costOf(() => nextRecurrence({ ...present, from: 'completion' }, zone, now)),
      preview: costOf(() => previewOccurrences(present, zone, now, 5)),
    }
  }),
)
process.stdout.write(JSON.stringify(costs))
