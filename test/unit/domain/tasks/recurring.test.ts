import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecurrenceInput } from '../../../../shared/api/schemas/recurrence.ts'
import type { Scope, TaskPatch } from '../../../../shared/api/schemas/task.ts'
import { startRecurrence } from '../../../../shared/domain/recurrence/recurrence.ts'
import { applyPatch, revise } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import * as arbitrary from '../support/arbitraries.ts'
import { aTask, idOf, minutes, userOf } from '../support/builders.ts'

const due = { dateTime: '2026-11-23T09:00', zone: 'Europe/Madrid' }
const weekly: RecurrenceInput = {
  rule: 'FREQ=WEEKLY',
  from: 'schedule',
  catchUp: 'skip',
  monthEnd: 'clamp',
  exclude: [],
}
const editor = (at = 1, scope?: Scope) => ({ userId: userOf('ana'), now: minutes(at), zone: 'UTC', scope })
/** A task that recurs, every week from a Monday unless said otherwise. */
const recurring = (changes: Partial<Task> = {}, rule: Partial<RecurrenceInput> = {}): Task =>
  aTask({ due, recurrence: startRecurrence({ ...weekly, ...rule }, due), ...changes })
const edited = (task: Task, patch: TaskPatch, scope?: Scope) => applyPatch(task, patch, editor(1, scope))
const refusedAt = (pointer: string) =>
  expect.objectContaining({ code: 'invalid-request', errors: [expect.objectContaining({ pointer })] })

describe('completing a task that recurs', () => {
  test('names the next occurrence in the very same version', () => {
    const done = edited(recurring(), { status: 'done' })
    expect(done.successorId).toMatch(/^tsk_[0-9a-z]{26}$/)
    expect([done.version, done.status, done.fieldVersions.successorId]).toEqual([2, 'done', 2])
  })

  test('names one, however often it is completed and opened again', () => {
    const done = edited(recurring(), { status: 'done' })
    expect(edited(done, { status: 'done' })).toBe(done)
    const again = edited(edited(done, { status: 'open' }), { status: 'done' })
    expect([again.version, again.successorId]).toEqual([4, done.successorId])
  })

  test('names the same when two complete the same version, and each task has another', () => {
    const [one, two] = [1, 5].map((at) => applyPatch(recurring(), { status: 'done' }, editor(at)))
    // What the key holds of an id: the part behind the time.
    expect(one?.successorId?.slice(-16)).toBe(two?.successorId?.slice(-16))
    const other = edited(recurring({ id: idOf('task', 'other') }), { status: 'done' })
    expect(other.successorId?.slice(-16)).not.toBe(one?.successorId?.slice(-16))
  })

  test('together with an edit of anything else, also of the rule itself', () => {
    expect(edited(recurring(), { status: 'done', title: 'x' }).successorId).not.toBeNull()
    expect(edited(aTask({ due }), { status: 'done', recurrence: weekly }).successorId).not.toBeNull()
    expect(edited(recurring(), { status: 'done', recurrence: null }).successorId).toBeNull()
  })

  test.each([
    ['COUNT', { rule: 'FREQ=WEEKLY;COUNT=1' }],
    ['UNTIL', { rule: 'FREQ=WEEKLY;UNTIL=20261129T235959' }],
  ])('names none once the rule has ended by %s', (_name, rule) => {
    expect(edited(recurring({}, rule), { status: 'done' }).successorId).toBeNull()
  })

  test('is the only way to name one', () => {
    for (const status of ['in_progress', 'blocked', 'cancelled'] as const) {
      expect(edited(recurring(), { status }).successorId).toBeNull()
    }
    expect(edited(aTask({ due }), { status: 'done' }).successorId).toBeNull()
  })

  test('undone, names another next time: the first may have been touched', () => {
    const done = edited(recurring(), { status: 'done' })
    const undone = revise(done, { status: 'open', successorId: null }, editor(2))
    const again = edited(undone, { status: 'done' })
    expect(again.successorId).not.toBeNull()
    expect(again.successorId).not.toBe(done.successorId)
  })
})

describe('the due date of a task that recurs', () => {
  test('must stay, unless the recurrence goes with it', () => {
    expect(() => edited(recurring(), { due: null })).toThrow(refusedAt('/due'))
    expect(() => edited(recurring(), { due: null, recurrence: weekly })).toThrow(refusedAt('/recurrence'))
    const plain = edited(recurring(), { due: null, recurrence: null })
    expect([plain.due, plain.recurrence, plain.series]).toEqual([null, null, {}])
  })

  test('must be there before it recurs', () => {
    expect(() => edited(aTask(), { recurrence: weekly })).toThrow(refusedAt('/recurrence'))
    const begun = edited(aTask(), { recurrence: weekly, due })
    expect(begun.recurrence).toMatchObject({ anchor: due.dateTime, occurrence: due.dateTime, number: 1 })
  })

  const moved = { dateTime: '2026-11-24T15:00', zone: 'Europe/Madrid' }

  test.each([undefined, 'this'] as const)('moved with scope %s is that of this one alone', (scope) => {
    const task = recurring()
    const after = edited(task, { due: moved }, scope)
    expect(after.due).toEqual(moved)
    expect(after.recurrence).toEqual(task.recurrence)
  })

  test('moved with scope future has as many dates left as it had', () => {
    const task = recurring({}, { rule: 'FREQ=WEEKLY;COUNT=5' })
    const third = { ...task, recurrence: task.recurrence && { ...task.recurrence, number: 3 } }
    const after = edited(third, { due: { dateTime: '2026-11-25T09:00', zone: 'Europe/Madrid' } }, 'future')
    // The third of five, the fourth and the fifth.
    expect(after.recurrence).toMatchObject({ rule: 'FREQ=WEEKLY;COUNT=3', number: 1 })
  })

  test('moved with scope future moves the series: the rule goes on from there', () => {
    const after = edited(recurring(), { due: moved }, 'future')
    expect(after.recurrence).toMatchObject({
      rule: 'FREQ=WEEKLY',
      anchor: moved.dateTime,
      occurrence: moved.dateTime,
      number: 1,
    })
  })

  test('moves the series just the same when a client sends the rule along', () => {
    const after = edited(recurring(), { due: moved, recurrence: weekly }, 'future')
    expect(after.recurrence?.occurrence).toBe(moved.dateTime)
    const alone = edited(recurring(), { due: moved, recurrence: weekly })
    expect(alone.recurrence?.occurrence).toBe(due.dateTime)
  })

  test('sent again as it is moves nothing', () => {
    const third = { ...startRecurrence(weekly, due), occurrence: '2026-12-07T09:00', number: 3 }
    const task = recurring({ due: { ...due, dateTime: '2026-12-07T09:00' }, recurrence: third })
    for (const scope of ['this', 'future'] as const) {
      expect(edited(task, { due: { ...due, dateTime: '2026-12-07T09:00' } }, scope)).toBe(task)
    }
  })
})

describe('the rule of a task that recurs', () => {
  test('sent again changes nothing, however it is written: the phase and the count stay', () => {
    const third = { ...startRecurrence({ ...weekly, rule: 'FREQ=WEEKLY;COUNT=9' }, due), number: 3 }
    const task = recurring({ recurrence: third })
    for (const rule of [
      'FREQ=WEEKLY;COUNT=9',
      'RRULE:FREQ=WEEKLY;COUNT=9',
      'COUNT=9;FREQ=WEEKLY;INTERVAL=1',
    ]) {
      expect(edited(task, { recurrence: { ...weekly, rule } })).toBe(task)
    }
  })

  test('changed begins anew with the present due date', () => {
    const task = recurring({ due: { ...due, dateTime: '2026-11-25T09:00' } })
    for (const change of [{ rule: 'FREQ=DAILY' }, { catchUp: 'one' as const }, { exclude: ['2026-12-02'] }]) {
      const { recurrence } = edited(task, { recurrence: { ...weekly, ...change } })
      expect(recurrence).toMatchObject({
        anchor: '2026-11-25T09:00',
        occurrence: '2026-11-25T09:00',
        number: 1,
      })
    }
  })

  test('that cannot be read is refused, with no effect', () => {
    const refused = () => edited(recurring(), { recurrence: { ...weekly, rule: 'FREQ=SOMETIMES' } })
    expect(refused).toThrow(refusedAt('/recurrence/rule'))
  })
})

describe('what the series keeps for itself', () => {
  test('is what this occurrence had before it was edited alone', () => {
    const task = recurring({ title: 'Pay rent', tags: ['home'] })
    const once = edited(task, { title: 'Pay rent in cash' }, 'this')
    expect(once.series).toEqual({ title: 'Pay rent' })
    const twice = edited(once, { title: 'Pay rent by card', tags: [] }, 'this')
    expect(twice.series).toEqual({ title: 'Pay rent', tags: ['home'] })
  })

  test('gives way to an edit of the future', () => {
    const once = edited(recurring(), { title: 'x', description: 'y' }, 'this')
    const after = edited(once, { title: 'z' }, 'future')
    expect([after.title, after.series]).toEqual(['z', { description: '' }])
  })

  test('is nothing as long as every edit is of the future, which is what edits are unless they say otherwise', () => {
    const after = edited(recurring(), { title: 'x', priority: 'high', assigneeIds: [userOf('ben')] })
    expect(after.series).toEqual({})
  })

  test('is the start that was moved: dates are moved for this one alone unless said otherwise', () => {
    const from = { date: '2026-11-20', zone: 'Europe/Madrid' }
    const task = recurring({ start: from })
    expect(edited(task, { start: { date: '2026-11-22', zone: 'UTC' } }).series).toEqual({ start: from })
    expect(edited(task, { start: { date: '2026-11-22', zone: 'UTC' } }, 'future').series).toEqual({})
  })

  test('never has the status or the rule, which belong to each occurrence', () => {
    const patch: TaskPatch = {
      status: 'in_progress',
      recurrence: { ...weekly, rule: 'FREQ=DAILY' },
      title: 'x',
    }
    expect(Object.keys(edited(recurring(), patch, 'this').series)).toEqual(['title'])
  })

  test('is taken over by whoever says that what stands here is for the future', () => {
    const alone = { title: 'x', due: { dateTime: '2026-11-24T15:00', zone: 'Asia/Tokyo' } }
    const once = edited(recurring(), alone, 'this')
    expect(once.series).toEqual({ title: 'Pay rent', due })
    const after = edited(once, alone, 'future')
    expect([after.title, after.due, after.series]).toEqual([alone.title, alone.due, {}])
    expect(after.recurrence).toMatchObject({ anchor: '2026-11-24T15:00', occurrence: '2026-11-24T15:00' })
    expect(edited(after, alone, 'future')).toBe(after)
  })

  test('is not the date from which this one was moved, once the rule begins anew with the present one', () => {
    const moved = { dateTime: '2026-11-24T15:00', zone: 'Asia/Tokyo' }
    const once = edited(recurring(), { due: moved })
    const daily = { ...weekly, rule: 'FREQ=DAILY' }
    for (const after of [
      edited(once, { recurrence: daily }),
      edited(recurring(), { due: moved, recurrence: daily }),
    ]) {
      expect([after.series, after.recurrence?.occurrence]).toEqual([{}, moved.dateTime])
    }
  })

  test('stays when the whole form is sent again without a word about the future', () => {
    const once = edited(recurring(), { title: 'x' }, 'this')
    expect(edited(once, { title: 'x', description: 'new' }).series).toEqual({ title: 'Pay rent' })
  })

  test('is nothing for a task that does not recur, and goes with the recurrence', () => {
    expect(edited(aTask(), { title: 'x' }, 'this').series).toEqual({})
    const once = edited(recurring(), { title: 'x' }, 'this')
    expect(edited(once, { recurrence: null }).series).toEqual({})
    expect(edited(aTask({ due }), { recurrence: weekly, title: 'x' }, 'this').series).toEqual({})
  })

  test('and an edit of the future after it: the next occurrence would have the latest of each, in any order', () => {
    const steps = fc.array(
      fc.tuple(arbitrary.unrelatedPatch, fc.constantFrom('this' as const, 'future' as const)),
      {
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(steps, (all) => {
        let task = recurring()
        let future: Task = task
        for (const [patch, scope] of all) {
          task = edited(task, patch, scope)
          // The oracle: an edit of the future sets what it names for all that follow.
          const taken = Object.fromEntries(
            Object.keys(patch).map((field) => [field, task[field as keyof Task]]),
          )
          if (scope === 'future') future = { ...future, ...taken }
        }
        const next = { ...task, ...task.series }
        for (const field of ['title', 'description', 'priority', 'tags', 'assigneeIds'] as const) {
          expect(next[field]).toEqual(future[field])
        }
      }),
      { numRuns: 300 },
    )
  })
})
