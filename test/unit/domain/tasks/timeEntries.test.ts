import { describe, expect, test } from 'vitest'
import { revise, trash } from '../../../../shared/domain/tasks/edit.ts'
import type { TimeEntry } from '../../../../shared/domain/tasks/task.ts'
import { allEnded, ended } from '../../../../shared/domain/tasks/timeEntries.ts'
import { aTask, idOf, iso, minutes, start, userOf } from '../support/builders.ts'

const running: TimeEntry = { userId: userOf('ana'), startedAt: iso(start), minutes: null, note: '' }
const [one, two] = [idOf('timeEntry', 'one'), idOf('timeEntry', 'two')]

test.each([
  ['at once', 0, 1],
  ['after twenty-nine seconds', 29, 1],
  ['after ninety seconds', 90, 2],
  ['after eighty-nine seconds', 89, 1],
  ['after a day', 86_400, 1440],
  ['after a year', 31_536_000, 44_640],
  ['before it began, by a clock that was put back', -600, 1],
])('a timer stopped %s counts minutes as people would', (_when, seconds, counted) => {
  expect(ended(running, iso(start + seconds * 1000))).toEqual({ ...running, minutes: counted })
})

test('entries of which none runs are left as they are', () => {
  const entries = { [one]: { ...running, minutes: 3 } }
  expect(allEnded(entries, minutes(9))).toBe(entries)
})

describe('a task with a running timer', () => {
  const task = aTask({ timeEntries: { [one]: running, [two]: { ...running, minutes: 3 } } })
  const editor = { userId: userOf('ben'), now: minutes(10), zone: 'UTC' }

  test('ends it in the very write that puts the task into the trash, also along with another', () => {
    const along = revise(task, { trashedAt: minutes(10), trashedWith: idOf('task', 'parent') }, editor)
    for (const trashed of [trash(task, editor), along]) {
      expect(trashed.timeEntries).toEqual({
        [one]: { ...running, minutes: 10 },
        [two]: { ...running, minutes: 3 },
      })
      expect(trashed.fieldVersions).toMatchObject({ [`timeEntries/${one}`]: trashed.version })
    }
  })

  test('keeps it through everything else', () => {
    for (const values of [{ status: 'done' as const }, { archivedAt: minutes(10) }, { title: 'x' }]) {
      expect(revise(task, values, editor).timeEntries).toBe(task.timeEntries)
    }
  })
})
