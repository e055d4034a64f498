import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecurrenceInput } from '../../../../shared/api/schemas/recurrence.ts'
import type { Scope, TaskPatch } from '../../../../shared/api/schemas/task.ts'
import { consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import { previewOccurrences, startRecurrence } from '../../../../shared/domain/recurrence/recurrence.ts'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import { ownFields, successorOf } from '../../../../shared/domain/tasks/successor.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { lived } from '../support/arbitraryStates.ts'
import { aTask, idOf, minutes, projectId, userOf } from '../support/builders.ts'

const due = { dateTime: '2026-11-23T09:00', zone: 'Europe/Madrid' }
const rule = (given: Partial<RecurrenceInput> = {}): RecurrenceInput => ({
  rule: 'FREQ=WEEKLY',
  from: 'schedule',
  catchUp: 'skip',
  monthEnd: 'clamp',
  exclude: [],
  ...given,
})
const recurring = (changes: Partial<Task> = {}, given: Partial<RecurrenceInput> = {}): Task =>
  aTask({ due, recurrence: startRecurrence(rule(given), changes.due ?? due), ...changes })
const edited = (task: Task, patch: TaskPatch, scope?: Scope, now = minutes(1)) =>
  applyPatch(task, patch, { userId: userOf('ben'), now, zone: 'UTC', scope })
/** A task as somebody completes it, whatever has been done to it before. */
const completable = (one: Task): Task => ({
  ...one,
  due,
  recurrence: startRecurrence(rule(), due),
  status: 'open',
  completedAt: null,
  successorId: null,
})
/** The occurrence after a task, completed at an instant. */
const following = (task: Task, now = minutes(1)) =>
  successorOf(edited(task, { status: 'done' }, undefined, now), 'OPS', 8)

describe('the next occurrence', () => {
  test('is what the task is, on the next date of the rule, with nothing done yet', () => {
    const task = recurring({
      description: 'By card',
      priority: 'high',
      estimateMinutes: 30,
      assigneeIds: [userOf('ben')],
      watcherIds: [userOf('cleo')],
      tags: ['home'],
      metadata: { account: 7 },
      customFields: { [idOf('customField', 'one')]: 'x' },
    })
    const next = following(task)
    expect(ownFields(next)).toEqual({
      ...ownFields(task),
      due: { dateTime: '2026-11-30T09:00', zone: 'Europe/Madrid' },
      recurrence: { ...task.recurrence, occurrence: '2026-11-30T09:00', number: 2 },
    })
    expect([next.status, next.completedAt, next.dueAt]).toEqual(['open', null, '2026-11-30T08:00:00.000Z'])
  })

  test('has the id that the completion named, a number of its own, and belongs to who made the series', () => {
    const done = edited(recurring(), { status: 'done' }, undefined, minutes(3))
    expect(successorOf(done, 'OPS', 8)).toMatchObject({
      id: done.successorId,
      key: 'OPS-8',
      version: 1,
      revision: 1,
      createdAt: minutes(3),
      createdBy: userOf('owner'),
      updatedBy: userOf('ben'),
      cause: { kind: 'recurrence', taskId: done.id },
      successorId: null,
      series: {},
      origin: null,
      marks: [],
      fieldVersions: {},
    })
  })

  test('made twice is the same to the letter, whatever happens to its predecessor in between', () => {
    fc.assert(
      fc.property(lived, (one) => {
        const done = edited(completable(one), { status: 'done' })
        expect(successorOf(done, 'OPS', 8)).toEqual(successorOf(structuredClone(done), 'OPS', 8))
      }),
    )
  })

  test('takes nothing of what happened to the task: no time, no files, no place in trash or archive', () => {
    fc.assert(
      fc.property(lived, (one) => {
        const next = following(completable(one))
        expect(next).toMatchObject({
          timeEntries: {},
          attachments: {},
          links: {},
          columns: {},
          archivedAt: null,
          archivedWith: null,
          trashedAt: null,
          trashedWith: null,
        })
        expect([next.parentId, next.ancestorIds, next.ranks]).toEqual([
          one.parentId,
          one.ancestorIds,
          one.ranks,
        ])
      }),
    )
  })

  test('begins its checklist from the start, in the same order', () => {
    const [one, two] = [idOf('checklistItem', 'one'), idOf('checklistItem', 'two')]
    const checklist = {
      [one]: { text: 'Pack', done: true, rank: 'h1' },
      [two]: { text: 'Send', done: false, rank: 'h2' },
    }
    expect(following(recurring({ checklist })).checklist).toEqual({
      [one]: { text: 'Pack', done: false, rank: 'h1' },
      [two]: { text: 'Send', done: false, rank: 'h2' },
    })
  })

  test('mails nobody who had the last one', () => {
    const next = following(recurring({ assigneeIds: [userOf('ana'), userOf('cleo')] }))
    expect(consequencesOf(undefined, next)?.notices).toEqual([])
  })

  test('is a bug for what has none', () => {
    for (const task of [
      aTask(),
      recurring(),
      edited(recurring({}, { rule: 'FREQ=DAILY;COUNT=1' }), { status: 'done' }),
    ]) {
      expect(() => successorOf(task, 'OPS', 8)).toThrow(Error)
    }
  })
})

describe('dates of the next occurrence', () => {
  test('start and reminders move as many days as the due date, at their own times of day', () => {
    const reminders = [
      { id: idOf('reminder', 'a'), userId: null, relativeTo: 'due', minutesBefore: 30 },
      { id: idOf('reminder', 'b'), userId: null, dateTime: '2026-11-22T18:00', zone: 'UTC' },
    ] as const
    const next = following(recurring({ start: { date: '2026-11-20', zone: 'Europe/Madrid' }, reminders }))
    expect(next.start).toEqual({ date: '2026-11-27', zone: 'Europe/Madrid' })
    expect(next.reminders).toEqual([reminders[0], { ...reminders[1], dateTime: '2026-11-29T18:00' }])
    // Nine o’clock in Madrid of the day before it is due comes first.
    expect(next.remindAt).toBe('2026-11-29T08:00:00.000Z')
  })

  test('of an occurrence that was moved alone, and of the one after it, move by the days of the rule', () => {
    const task = recurring({ start: { date: '2026-11-20', zone: 'UTC' } })
    const moved = edited(task, { due: { date: '2026-11-28', zone: 'Europe/Madrid' } })
    const second = following(moved)
    const third = following(second)
    expect([second.start, third.start]).toEqual([
      { date: '2026-11-27', zone: 'UTC' },
      { date: '2026-12-04', zone: 'UTC' },
    ])
  })

  test('keep the time of day when the clocks change in between', () => {
    const before = { dateTime: '2026-10-24T09:00', zone: 'Europe/Madrid' }
    const next = following(recurring({ due: before }), '2026-10-20T00:00:00.000Z')
    expect([next.due, next.dueAt]).toEqual([
      { dateTime: '2026-10-31T09:00', zone: 'Europe/Madrid' },
      '2026-10-31T08:00:00.000Z',
    ])
  })

  test('move over the end of February by the days there are', () => {
    const last = { date: '2028-01-31', zone: 'UTC' }
    const task = recurring(
      { due: last, start: { date: '2028-01-30', zone: 'UTC' } },
      { rule: 'FREQ=MONTHLY' },
    )
    const next = following(task, '2028-01-31T10:00:00.000Z')
    expect([next.due, next.start]).toEqual([
      { date: '2028-02-29', zone: 'UTC' },
      { date: '2028-02-28', zone: 'UTC' },
    ])
  })

  test('are counted from the day of completion where the rule says so', () => {
    const task = recurring(
      { start: { date: '2026-11-22', zone: 'UTC' } },
      { from: 'completion', rule: 'FREQ=DAILY;INTERVAL=3' },
    )
    const next = following(task, '2026-11-27T20:00:00.000Z')
    expect(next.due).toEqual({ dateTime: '2026-11-30T09:00', zone: 'Europe/Madrid' })
    expect(next.start).toEqual({ date: '2026-11-29', zone: 'UTC' })
  })
})

describe('an occurrence that was edited alone', () => {
  test('leaves its successor what the series has', () => {
    const task = recurring({ start: { date: '2026-11-20', zone: 'UTC' }, tags: ['home'] })
    const alone = edited(task, { title: 'In cash', start: { date: '2026-11-23' }, tags: [] }, 'this')
    const next = following(alone)
    expect([next.title, next.start, next.tags]).toEqual([
      'Pay rent',
      { date: '2026-11-27', zone: 'UTC' },
      ['home'],
    ])
  })

  test('moved to another day, time and zone, leaves the rule its phase', () => {
    const alone = edited(recurring(), { due: { dateTime: '2026-11-26T22:00', zone: 'Asia/Tokyo' } })
    expect(following(alone).due).toEqual({ dateTime: '2026-11-30T09:00', zone: 'Europe/Madrid' })
    const toDay = edited(recurring(), { due: { date: '2026-11-24', zone: 'UTC' } })
    expect(following(toDay).due).toEqual({ dateTime: '2026-11-30T09:00', zone: 'Europe/Madrid' })
  })

  test('moved with the future takes it along', () => {
    const all = edited(recurring(), { due: { dateTime: '2026-11-26T22:00', zone: 'Asia/Tokyo' } }, 'future')
    expect(following(all).due).toEqual({ dateTime: '2026-12-03T22:00', zone: 'Asia/Tokyo' })
  })
})

test('completed again and again, a series is the occurrences that its rule gives, and ends with it', () => {
  const rules = fc.record({
    rule: fc.constantFrom(
      'FREQ=DAILY;COUNT=5',
      'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=7',
      'FREQ=MONTHLY;BYMONTHDAY=23,31;COUNT=6',
      'FREQ=YEARLY;COUNT=3',
    ),
    from: fc.constantFrom('schedule' as const, 'completion' as const),
    catchUp: fc.constantFrom('skip' as const, 'one' as const, 'all' as const),
    monthEnd: fc.constantFrom('clamp' as const, 'skip' as const),
  })
  fc.assert(
    fc.property(rules, fc.nat(200), (given, hours) => {
      const now = minutes(hours * 60)
      let task = recurring({}, given)
      const wanted = previewOccurrences(task.recurrence as NonNullable<Task['recurrence']>, due.zone, now, 20)
      const found: string[] = []
      // Each is completed when it is due, or now where that is later.
      for (let n = 0; n < 20; n++) {
        const [, at = now] = [String(task.dueAt), now].sort()
        const done = edited(task, { status: 'done' }, undefined, at)
        if (done.successorId === null) break
        task = successorOf(done, 'OPS', n + 2)
        expect(Object.keys(task.ranks)).toEqual([projectId])
        found.push(String(task.recurrence?.occurrence))
        expect(task.due).toEqual({ dateTime: found.at(-1), zone: due.zone })
      }
      expect(found).toEqual(wanted)
      expect([...found].sort()).toEqual(found)
    }),
    { numRuns: 100 },
  )
})
