import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priorities, statuses } from '../../../../shared/api/schemas/task.ts'
import { applyPatch, trash, zoned } from '../../../../shared/domain/tasks/edit.ts'
import { changedPaths } from '../../../../shared/domain/tasks/paths.ts'
import {
  isSameOccurrence,
  nextOccurrence,
  occurrences,
  occurrencesIn,
} from '../../../../shared/domain/tasks/reminders.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import * as arbitrary from '../support/arbitraries.ts'
import { aTask, idOf, minutes, userOf } from '../support/builders.ts'

const editor = (now: string, name = 'ana') => ({ userId: userOf(name), now, zone: 'Europe/Madrid' })
const reminder = { id: idOf('reminder', 'one'), userId: null, relativeTo: 'due', minutesBefore: 30 } as const
const dueIn = (count: number) => ({ dateTime: minutes(count).slice(0, 16), zone: 'UTC' })
const later = fc.integer({ min: 0, max: 5000 }).map(minutes)

describe('a patch', () => {
  test('changes what it names and nothing else, and counts one version', () => {
    fc.assert(
      fc.property(arbitrary.task, arbitrary.patch, later, (task, patch, now) => {
        const edited = applyPatch(task, patch, editor(now))
        const changed = changedPaths(task, edited)
        // What follows from the status alone is named with it.
        const named = [...Object.keys(patch), ...('status' in patch ? ['completedAt'] : [])]
        for (const path of changed) expect(named).toContain(path.split('/')[0])
        for (const path of changed.filter((one) => one.startsWith('customFields/'))) {
          expect(Object.keys(patch.customFields ?? {})).toContain(path.slice('customFields/'.length))
        }
        if (changed.length === 0) {
          expect(edited).toBe(task)
          return
        }
        expect(edited.version).toBe(task.version + 1)
        expect(edited.revision).toBe(task.revision + 1)
        expect([edited.updatedAt, edited.updatedBy]).toEqual([now, userOf('ana')])
        expect(edited.fieldVersions).toEqual(Object.fromEntries(changed.map((path) => [path, 2])))
        expect([edited.id, edited.key, edited.createdAt, edited.createdBy, edited.origin]).toEqual([
          task.id,
          task.key,
          task.createdAt,
          task.createdBy,
          task.origin,
        ])
      }),
    )
  })

  test('applied twice is applied once', () => {
    fc.assert(
      fc.property(arbitrary.task, arbitrary.patch, later, (task, patch, now) => {
        const once = applyPatch(task, patch, editor(now))
        expect(applyPatch(once, patch, editor(now, 'ben'))).toBe(once)
      }),
    )
  })

  test('the time of completion stands from then on while the task is done, whatever else is edited', () => {
    const step = fc.record({ status: fc.constantFrom(...statuses), title: fc.constantFrom('a', 'b') })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (path) => {
        let task = aTask()
        path.forEach((patch, n) => {
          const before = task
          task = applyPatch(task, patch, editor(minutes(n)))
          const kept = before.status === 'done' ? before.completedAt : minutes(n)
          expect(task.completedAt).toBe(patch.status === 'done' ? kept : null)
        })
      }),
    )
  })

  test.each(priorities)('takes priority %s', (priority) => {
    expect(applyPatch(aTask(), { priority }, editor(minutes(1))).priority).toBe(priority)
  })

  test('null empties a field that may be empty', () => {
    const task = aTask({ due: dueIn(60), estimateMinutes: 5 })
    const edited = applyPatch(task, { due: null, estimateMinutes: null }, editor(minutes(1)))
    expect([edited.due, edited.dueAt, edited.estimateMinutes]).toEqual([null, null, null])
  })

  test('a day without a zone takes the zone of the workspace; any other keeps its own', () => {
    expect(zoned({ date: '2026-12-01' }, 'Asia/Tokyo')).toEqual({ date: '2026-12-01', zone: 'Asia/Tokyo' })
    const own = { date: '2026-12-01', zone: 'UTC' }
    expect(zoned(own, 'Asia/Tokyo')).toEqual(own)
    expect(zoned(dueIn(0), 'Asia/Tokyo')).toEqual(dueIn(0))
    expect(zoned(null, 'UTC')).toBeNull()
  })
})

describe('reminders of an edited task', () => {
  /** What is still to be sent of a task at an instant: whatever is due and not swept. */
  const pending = (task: Task, now: string) => occurrencesIn(task, task.remindedUntil, now)

  test('unrelated edits leave the schedule alone', () => {
    fc.assert(
      fc.property(arbitrary.task, arbitrary.unrelatedPatch, later, (task, patch, now) => {
        const edited = applyPatch(task, patch, editor(now))
        expect([edited.remindAt, edited.remindedUntil]).toEqual([task.remindAt, task.remindedUntil])
      }),
    )
  })

  test('no edit loses a reminder that is due, still stands and has not been sent', () => {
    const cases = arbitrary.task.chain((task) =>
      fc.tuple(fc.constant(task), fc.oneof(arbitrary.patch, arbitrary.reminderPatch(task.reminders)), later),
    )
    fc.assert(
      fc.property(cases, ([task, patch, now]) => {
        const edited = applyPatch(task, patch, editor(now))
        const standing = occurrences(edited)
        const owed = pending(task, now).filter((one) =>
          standing.some((other) => isSameOccurrence(one, other)),
        )
        expect(pending(edited, now)).toEqual(expect.arrayContaining(owed))
        const [next] = standing.filter(({ at }) => at > edited.remindedUntil)
        expect(edited.remindAt).toBe(next?.at ?? null)
      }),
      { numRuns: 500 },
    )
  })

  test('no edit sends a reminder again that has been sent', () => {
    const cases = arbitrary.task.chain((task) =>
      fc.tuple(fc.constant(task), fc.oneof(arbitrary.patch, arbitrary.reminderPatch(task.reminders)), later),
    )
    fc.assert(
      fc.property(cases, later, ([task, patch, now], sweptAt) => {
        if (sweptAt > now) return
        const swept = { ...task, remindedUntil: sweptAt, remindAt: nextOccurrence(task, sweptAt) }
        const sent = occurrencesIn(task, task.remindedUntil, sweptAt)
        const edited = applyPatch(swept, patch, editor(now))
        const toCome = occurrencesIn(edited, edited.remindedUntil, '9')
        for (const one of sent) expect(toCome.filter((other) => isSameOccurrence(one, other))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('move with the task', () => {
    const task = aTask({ due: dueIn(120), reminders: [reminder] })
    expect(task.remindAt).toBe(minutes(90))
    expect(applyPatch(task, { due: dueIn(180) }, editor(minutes(5))).remindAt).toBe(minutes(150))
    expect(applyPatch(task, { due: null }, editor(minutes(5))).remindAt).toBeNull()
  })

  test('moved to a time that has passed, they stay silent', () => {
    const task = aTask({ due: dueIn(120), reminders: [reminder] })
    expect(applyPatch(task, { due: dueIn(40) }, editor(minutes(20))).remindAt).toBe(minutes(40))
  })

  test('stop with the task and stand again with what lies ahead when it is opened again', () => {
    const task = aTask({
      due: dueIn(120),
      reminders: [reminder, { ...reminder, id: 'b', minutesBefore: 60 }],
    })
    const done = applyPatch(task, { status: 'done' }, editor(minutes(10)))
    expect(done.remindAt).toBeNull()
    expect(applyPatch(done, { status: 'open' }, editor(minutes(70))).remindAt).toBe(minutes(90))
  })

  test('are silent in the trash', () => {
    const task = trash(aTask({ due: dueIn(120), reminders: [reminder] }), editor(minutes(1)))
    expect([task.remindAt, task.trashedAt, task.version, task.updatedBy]).toEqual([
      null,
      minutes(1),
      2,
      userOf('ana'),
    ])
  })
})
