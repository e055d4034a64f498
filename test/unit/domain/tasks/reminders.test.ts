import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { statuses } from '../../../../shared/api/schemas/task.ts'
import {
  nextOccurrence,
  occurrences,
  occurrencesIn,
  recipientsOf,
  resolveReminders,
} from '../../../../shared/domain/tasks/reminders.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import * as arbitrary from '../support/arbitraries.ts'
import { aTask, idOf, iso, minutes, start, userOf } from '../support/builders.ts'

const id = idOf('reminder', 'one')
const beforeDue = (minutesBefore: number, userId: string | null = null) =>
  ({ id, userId, relativeTo: 'due', minutesBefore }) as const
const due = { dateTime: minutes(120).slice(0, 16), zone: 'UTC' }
/** Times of the reminders alone. */
const times = (task: Task) => occurrences(task).flatMap(({ kind, at }) => (kind === 'reminder' ? at : []))

describe('when a task reminds', () => {
  test('a relative reminder is so many minutes before its anchor, a day counting from nine in its zone', () => {
    expect(times(aTask({ due, reminders: [beforeDue(30)] }))).toEqual([minutes(90)])
    const day = { date: '2026-11-23', zone: 'Europe/Madrid' }
    expect(times(aTask({ due: day, reminders: [beforeDue(60)] }))).toEqual(['2026-11-23T07:00:00.000Z'])
  })

  test('one relative to start does not look at due, nor the other way round', () => {
    const reminder = { id, userId: null, relativeTo: 'start', minutesBefore: 0 } as const
    expect(times(aTask({ due, reminders: [reminder] }))).toEqual([])
    expect(times(aTask({ start: due, reminders: [reminder] }))).toHaveLength(1)
    expect(times(aTask({ start: due, reminders: [beforeDue(5)] }))).toEqual([])
  })

  test('an absolute one stands at its wall time, whatever is due', () => {
    const reminder = { id, userId: null, dateTime: '2026-11-22T10:00', zone: 'Asia/Tokyo' }
    expect(occurrences(aTask({ reminders: [reminder] })).map(({ at }) => at)).toEqual([
      '2026-11-22T01:00:00.000Z',
    ])
  })

  test.each(statuses)('%s: only what is not closed reminds', (status) => {
    const closed = status === 'done' || status === 'cancelled'
    expect(occurrences(aTask({ status, due, reminders: [beforeDue(30)] }))).toHaveLength(closed ? 0 : 5)
  })

  test('nothing in the trash reminds', () => {
    const trashed = aTask({ due, reminders: [beforeDue(30)], trashedAt: iso(start) })
    expect(occurrences(trashed)).toEqual([])
    expect(trashed.remindAt).toBeNull()
  })

  test('bounds: after is exclusive, until is inclusive', () => {
    const task = aTask({ due, reminders: [beforeDue(30)] })
    expect(occurrencesIn(task, minutes(89), minutes(90))).toHaveLength(1)
    expect(occurrencesIn(task, minutes(90), minutes(91))).toHaveLength(0)
    expect(occurrencesIn(task, minutes(0), iso(start + 90 * 60_000 - 1))).toHaveLength(0)
    expect(nextOccurrence(task, iso(start + 90 * 60_000 - 1))).toBe(minutes(90))
    expect(nextOccurrence(task, minutes(90))).toBe(minutes(120))
    expect(nextOccurrence(task, minutes(1440))).toBeNull()
  })

  test('sweeping in any steps sends every reminder that lies ahead exactly once, in order', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(arbitrary.task, steps, (task, gaps) => {
        const ends = gaps.map((_, n) => minutes(gaps.slice(0, n + 1).reduce((sum, gap) => sum + gap)))
        const last = ends.at(-1) ?? ''
        const swept = ends.flatMap((end, n) => occurrencesIn(task, ends[n - 1] ?? task.remindedUntil, end))
        const ahead = occurrences(task).filter(({ at }) => at > task.remindedUntil && at <= last)
        expect(swept).toEqual(ahead)
        expect(swept.map(({ at }) => at)).toEqual(swept.map(({ at }) => at).sort())
        expect(nextOccurrence(task, last)).toBe(occurrences(task).find(({ at }) => at > last)?.at ?? null)
      }),
    )
  })
})

describe('whom it tells', () => {
  test('everybody in the groups it is assigned to as well, and each once', () => {
    const task = aTask({ assigneeIds: [userOf('ana')] })
    const inGroups = [userOf('ben'), userOf('ana'), userOf('ben')]
    expect(recipientsOf(beforeDue(0), task, inGroups)).toEqual([userOf('ana'), userOf('ben')])
    expect(recipientsOf(beforeDue(0), aTask(), [userOf('ben')])).toEqual([userOf('ben')])
  })

  test('its person alone, else the assignees, else the creator', () => {
    const task = aTask({ assigneeIds: [userOf('ana'), userOf('ben')] })
    expect(recipientsOf(beforeDue(0, userOf('cleo')), task, [userOf('dan')])).toEqual([userOf('cleo')])
    expect(recipientsOf(beforeDue(0), task, [])).toEqual([userOf('ana'), userOf('ben')])
    expect(recipientsOf(beforeDue(0), aTask(), [])).toEqual([userOf('owner')])
  })
})

describe('reminders of a request', () => {
  const caller = { userId: userOf('ana'), now: start }

  test('kept by id they stay to the letter, also those of others', () => {
    const present = [beforeDue(30), { ...beforeDue(5, userOf('ben')), id: idOf('reminder', 'two') }]
    expect(resolveReminders([{ id: idOf('reminder', 'two') }], present, caller)).toEqual([present[1]])
  })

  test('an id of another task is named with its place', () => {
    expect(() =>
      resolveReminders([{ id }, { id: idOf('reminder', 'alien') }], [beforeDue(1)], caller),
    ).toThrow(
      expect.objectContaining({
        code: 'invalid-request',
        errors: [expect.objectContaining({ pointer: '/reminders/1/id' })],
      }),
    )
  })

  test('a new one gets an id of its own, and its person only when it is for me', () => {
    const input = { relativeTo: 'due', minutesBefore: 5, for: 'me' } as const
    const [mine, everybody] = resolveReminders([input, { ...input, for: 'assignees' }], [], caller)
    expect(mine).toEqual({ id: mine?.id, userId: userOf('ana'), relativeTo: 'due', minutesBefore: 5 })
    expect(everybody?.userId).toBeNull()
    expect(mine?.id).toMatch(/^rmd_[0-9a-hjkmnp-tv-z]{26}$/)
    expect(mine?.id).not.toBe(everybody?.id)
  })
})
