import type { Recurrence, RecurrenceInput } from '../../../../../shared/api/schemas/recurrence.ts'
import type { ZonedMoment } from '../../../../../shared/api/schemas/time.ts'
import { startRecurrence } from '../../../../../shared/domain/recurrence/recurrence.ts'

export const inputOf = (rule: string, more: Partial<RecurrenceInput> = {}): RecurrenceInput => ({
  rule,
  from: 'schedule',
  catchUp: 'skip',
  monthEnd: 'clamp',
  exclude: [],
  ...more,
})

/** `2026-11-21` or `2026-11-21T09:00` in a zone. */
export const dueOn = (wall: string, zone = 'Europe/Madrid'): ZonedMoment =>
  wall.length === 10 ? { date: wall, zone } : { dateTime: wall, zone }

export const startOn = (wall: string, rule: string, more: Partial<RecurrenceInput> = {}): Recurrence =>
  startRecurrence(inputOf(rule, more), dueOn(wall))
