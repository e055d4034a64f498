import { describe, expect, test } from 'vitest'
import type { ZonedMoment } from '../../../../shared/api/schemas/time.ts'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import { nextOccurrence, occurrences } from '../../../../shared/domain/tasks/reminders.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aTask, minutes, userOf } from '../support/builders.ts'

const times = (due: ZonedMoment, more: Partial<Task> = {}) =>
  occurrences(aTask({ due, ...more })).map(({ kind, at }) => [kind, at.slice(0, 16)])
const editor = (minute: number) => ({ userId: userOf('ana'), now: minutes(minute), zone: 'UTC' })

describe('what a due date tells', () => {
  test('of an hour: the same hour of the day before, the hour, and nine of the day after', () => {
    expect(times({ dateTime: '2026-11-25T15:30', zone: 'Asia/Tokyo' })).toEqual([
      ['dueSoon', '2026-11-24T06:30'],
      ['due', '2026-11-25T06:30'],
      ['lapsed', '2026-11-25T06:30'],
      ['overdue', '2026-11-26T00:00'],
    ])
  })

  test('of a day: nine of the day before, of the day, and of the day after, with midnight in between', () => {
    expect(times({ date: '2026-11-25', zone: 'Asia/Tokyo' })).toEqual([
      ['dueSoon', '2026-11-24T00:00'],
      ['due', '2026-11-25T00:00'],
      ['lapsed', '2026-11-25T15:00'],
      ['overdue', '2026-11-26T00:00'],
    ])
  })

  test('by the clocks on the wall where they change in between', () => {
    // Clocks in Madrid went forward on 29 March 2026 at two.
    expect(times({ dateTime: '2026-03-29T15:00', zone: 'Europe/Madrid' })).toEqual([
      ['dueSoon', '2026-03-28T14:00'],
      ['due', '2026-03-29T13:00'],
      ['lapsed', '2026-03-29T13:00'],
      ['overdue', '2026-03-30T07:00'],
    ])
    expect(times({ dateTime: '2026-03-30T02:30', zone: 'Europe/Madrid' })[0]).toEqual([
      'dueSoon',
      '2026-03-29T01:30',
    ])
  })

  test('nothing without one, nor of a task that is closed, archived or in the trash', () => {
    const due = { date: '2026-11-25', zone: 'UTC' }
    expect(occurrences(aTask())).toEqual([])
    for (const status of ['done', 'cancelled'] as const) expect(times(due, { status })).toEqual([])
    expect(times(due, { archivedAt: minutes(0) })).toEqual([])
    expect(times(due, { trashedAt: minutes(0) })).toEqual([])
  })
})

describe('a due date and the time index', () => {
  const due = { dateTime: minutes(120).slice(0, 16), zone: 'UTC' }

  test('puts a task there without any reminder, moves it and takes it out', () => {
    const task = aTask({ due })
    expect(task.remindAt).toBe(minutes(120))
    const moved = applyPatch(task, { due: { ...due, dateTime: minutes(1560).slice(0, 16) } }, editor(1))
    expect(moved.remindAt).toBe(minutes(120))
    expect(occurrences(moved)[0]).toEqual({ kind: 'dueSoon', at: minutes(120) })
    expect(applyPatch(moved, { status: 'done' }, editor(2)).remindAt).toBeNull()
    expect(applyPatch(moved, { due: null }, editor(2)).remindAt).toBeNull()
  })

  test('a task from before comes into it with its next edit, and tells nothing that has passed', () => {
    const before = { ...aTask({ due }), remindAt: null }
    const edited = applyPatch(before, { title: 'Edited' }, editor(600))
    expect([edited.remindedUntil, edited.remindAt]).toEqual([minutes(600), minutes(1440)])
    const again = applyPatch(edited, { title: 'Edited again' }, editor(700))
    expect(again.remindedUntil).toBe(edited.remindedUntil)
  })
})

describe('an escalation', () => {
  const due = { dateTime: minutes(120).slice(0, 16), zone: 'UTC' }
  const overdue = {
    ...aTask({ due, remindedUntil: minutes(121) }),
    escalateAt: minutes(180),
    remindAt: minutes(180),
  }

  test('is one more time of the task, and stays with edits of anything else', () => {
    expect(nextOccurrence(overdue, minutes(121))).toBe(minutes(180))
    const edited = applyPatch(overdue, { title: 'Edited', status: 'in_progress' }, editor(130))
    expect([edited.escalateAt, edited.remindAt]).toEqual([minutes(180), minutes(180)])
  })

  test.each([
    ['another due date', { due: { ...due, dateTime: minutes(170).slice(0, 16) } }],
    ['none', { due: null }],
    ['its completion', { status: 'done' }],
  ] as const)('falls with %s', (_name, patch) => {
    expect(applyPatch(overdue, patch, editor(130)).escalateAt).toBeNull()
  })

  test('that is owed is owed after an edit, but not under another due date', () => {
    const edited = applyPatch(overdue, { status: 'blocked' }, editor(181))
    expect(edited.remindAt).toBe(minutes(180))
    const moved = applyPatch(overdue, { due: { ...due, dateTime: minutes(175).slice(0, 16) } }, editor(181))
    expect([moved.remindedUntil, moved.remindAt]).toEqual([minutes(181), minutes(1440)])
  })
})
