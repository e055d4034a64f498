import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TaskCreate } from '../../../../shared/api/schemas/task.ts'
import { isRank } from '../../../../shared/domain/order/rank.ts'
import { fieldsOf, newTask } from '../../../../shared/domain/tasks/draft.ts'
import { changedPaths } from '../../../../shared/domain/tasks/paths.ts'
import {
  aTask,
  idOf,
  iso,
  minutes,
  plainBody,
  projectId,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'

const maker = { userId: userOf('ana'), now: minutes(1), zone: 'Europe/Madrid' }
const birthOf = (name: string, now = minutes(1)) => ({
  id: idOf('task', name),
  workspaceId,
  project: { id: projectId, key: 'OPS' },
  number: 7,
  userId: userOf('ana'),
  now,
  origin: null,
})
const drafted = (body: Partial<TaskCreate> = {}, name = 'one', now = minutes(1)) =>
  newTask(birthOf(name, now), fieldsOf({ ...plainBody, ...body }, { ...maker, now }))
const weekly = {
  rule: 'FREQ=WEEKLY',
  from: 'schedule',
  catchUp: 'skip',
  monthEnd: 'clamp',
  exclude: [],
} as const

describe('a new task', () => {
  test('is the first version of itself, made and changed by its maker', () => {
    expect(drafted()).toMatchObject({
      id: idOf('task', 'one'),
      key: 'OPS-7',
      projectId,
      workspaceId,
      createdAt: minutes(1),
      createdBy: userOf('ana'),
      updatedAt: minutes(1),
      updatedBy: userOf('ana'),
      version: 1,
      revision: 1,
      fieldVersions: {},
      marks: [],
      cause: null,
    })
  })

  test('that asks for nothing has nothing but its title and its place', () => {
    expect(changedPaths(aTask({ ranks: {} }), { ...drafted(), key: 'OPS-1' })).toEqual([`ranks/${projectId}`])
  })

  test('stands in its own project, behind all that were made before it', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 2, maxLength: 10 })
    fc.assert(
      fc.property(times, (all) => {
        const inTime = [...all].sort((a, b) => a - b)
        const ranks = inTime.map((at, n) => drafted({}, `t${n}`, iso(start + at)).ranks)
        for (const one of ranks) expect(Object.keys(one)).toEqual([projectId])
        const own = ranks.map((one) => String(one[projectId]))
        expect(own.every(isRank)).toBe(true)
        expect([...own].sort()).toEqual(own)
        expect(new Set(own).size).toBe(own.length)
      }),
    )
  })

  test('made as done was completed then, and cancelled was not', () => {
    expect(drafted({ status: 'done' }).completedAt).toBe(minutes(1))
    expect(drafted({ status: 'cancelled' }).completedAt).toBeNull()
  })

  test('reminds of what lies ahead, at its due date in its own zone', () => {
    const due = { dateTime: '2026-11-21T12:00', zone: 'Europe/Madrid' }
    const reminders = [{ relativeTo: 'due' as const, minutesBefore: 30, for: 'assignees' as const }]
    expect(drafted({ due, reminders })).toMatchObject({
      dueAt: '2026-11-21T11:00:00.000Z',
      remindAt: '2026-11-21T10:30:00.000Z',
      remindedUntil: minutes(1),
    })
  })

  test('gives days without a zone the workspace’s', () => {
    const { due, start: from } = drafted({
      due: { date: '2026-12-01' },
      start: { date: '2026-11-30', zone: 'UTC' },
    })
    expect([due, from]).toEqual([
      { date: '2026-12-01', zone: 'Europe/Madrid' },
      { date: '2026-11-30', zone: 'UTC' },
    ])
    expect(drafted({ start: { date: '2026-12-01' } }).start).toEqual({
      date: '2026-12-01',
      zone: 'Europe/Madrid',
    })
  })
})

describe('a recurrence', () => {
  test('begins with the due date, as its first occurrence', () => {
    const due = { dateTime: '2026-12-07T09:30', zone: 'Europe/Madrid' }
    expect(drafted({ due, recurrence: { ...weekly, exclude: [] } }).recurrence).toMatchObject({
      anchor: '2026-12-07T09:30',
      occurrence: '2026-12-07T09:30',
      number: 1,
      from: 'schedule',
    })
  })

  test('needs a due date', () => {
    expect(() => drafted({ recurrence: { ...weekly, exclude: [] } })).toThrow(
      expect.objectContaining({ errors: [{ pointer: '/recurrence', detail: 'needs a due date' }] }),
    )
  })

  test('that never happens is refused', () => {
    const recurrence = {
      ...weekly,
      exclude: [],
      rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      monthEnd: 'skip' as const,
    }
    expect(() => drafted({ due: { date: '2026-12-07' }, recurrence })).toThrow(
      expect.objectContaining({
        code: 'invalid-request',
        errors: [expect.objectContaining({ pointer: '/recurrence/rule' })],
      }),
    )
  })
})
