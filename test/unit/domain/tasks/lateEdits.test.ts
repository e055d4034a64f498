import { expect, test } from 'vitest'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import { occurrencesIn } from '../../../../shared/domain/tasks/reminders.ts'
import { aTask, idOf, iso, minutes, start, userOf } from '../support/builders.ts'

const editor = (minute: number) => ({ userId: userOf('ana'), now: minutes(minute), zone: 'UTC' })
const wallTime = (minute: number) => ({ dateTime: minutes(minute).slice(0, 16), zone: 'UTC' })
const kept = { id: idOf('reminder', 'kept'), userId: null, ...wallTime(60) }

test('a time that has passed does not remind although an earlier reminder is still owed', () => {
  const task = aTask({ reminders: [kept], remindedUntil: iso(start) })
  const added = { ...wallTime(10), for: 'assignees' } as const
  const edited = applyPatch(task, { reminders: [{ id: kept.id }, added] }, editor(61))
  const owed = occurrencesIn(edited, edited.remindedUntil, minutes(61))
  expect(owed.map(({ at }) => at)).toEqual([minutes(60)])
})

test('a reminder that is owed stays so when the whole form is sent again', () => {
  const task = aTask({ reminders: [kept] })
  const sameAgain = { reminders: [{ ...wallTime(60), for: 'assignees' } as const], title: 'Pay the rent' }
  const edited = applyPatch(task, sameAgain, editor(61))
  expect(occurrencesIn(edited, edited.remindedUntil, minutes(61))).toMatchObject([{ reminder: kept }])
})

test('the same reminders again change nothing', () => {
  const due = { dateTime: '2026-12-01T09:00', zone: 'UTC' }
  const reminders = [
    { relativeTo: 'due', minutesBefore: 5, for: 'me' },
    { relativeTo: 'due', minutesBefore: 5, for: 'assignees' },
  ] as const
  const once = applyPatch(aTask({ due }), { reminders: [...reminders] }, editor(1))
  expect(applyPatch(once, { reminders: [...reminders] }, editor(2))).toBe(once)
  const others = { ...editor(2), userId: userOf('ben') }
  expect(applyPatch(once, { reminders: [...reminders] }, others)).not.toBe(once)
})

test('one that is kept by its id is not kept again by what it says', () => {
  const task = aTask({ reminders: [kept] })
  const twice = { reminders: [{ id: kept.id }, { ...wallTime(60), for: 'assignees' } as const] }
  const ids = applyPatch(task, twice, editor(1)).reminders.map(({ id }) => id)
  expect(ids[0]).toBe(kept.id)
  expect(new Set(ids).size).toBe(2)
})
