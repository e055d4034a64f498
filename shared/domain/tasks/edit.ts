import { isDeepStrictEqual } from 'node:util'
import type { TaskPatch } from '../../api/schemas/task.ts'
import type { Moment, ZonedMoment } from '../../api/schemas/time.ts'
import { overdueAt } from '../time/instants.ts'
import { dueReminders, nextReminder, occurrences, resolveReminders } from './reminders.ts'
import { isClosed, type Task, type TaskField, type TaskFields, taskFields } from './task.ts'

export interface Editor {
  readonly userId: string
  /** RFC 3339. */
  readonly now: string
  /** Zone of the workspace, for days that name none. */
  readonly zone: string
}

/** Gives a day without a zone the workspace's. */
export const zoned = (moment: Moment | null, zone: string): ZonedMoment | null => {
  if (moment === null) return null
  return 'date' in moment ? { date: moment.date, zone: moment.zone ?? zone } : moment
}

const resolve = (task: Task, patch: TaskPatch, editor: Editor): Partial<TaskFields> => {
  const { due, start, reminders, ...rest } = patch
  return {
    ...(rest as Partial<TaskFields>),
    ...(due !== undefined && { due: zoned(due, editor.zone) }),
    ...(start !== undefined && { start: zoned(start, editor.zone) }),
    ...(reminders !== undefined && {
      reminders: resolveReminders(reminders, task.reminders, {
        userId: editor.userId,
        now: Date.parse(editor.now),
      }),
    }),
  }
}

/** Fields in which two states differ. */
export const changedFields = (before: TaskFields, after: TaskFields): TaskField[] =>
  taskFields.filter((field) => !isDeepStrictEqual(before[field], after[field]))

/** Fields that decide when the task reminds. */
const scheduling: readonly TaskField[] = ['due', 'start', 'reminders', 'status']

/** What follows from the fields and is never edited by itself. */
export const derive = (
  fields: Pick<Task, 'due' | 'start' | 'reminders' | 'status' | 'trashedAt'>,
  remindedUntil: string,
): Pick<Task, 'dueAt' | 'remindAt' | 'remindedUntil'> => ({
  dueAt: fields.due && overdueAt(fields.due),
  remindedUntil,
  remindAt: nextReminder(fields, remindedUntil),
})

/**
 * Where a changed schedule counts from: now, so that times that have passed do not remind; but just before the
 * first reminder that was due under the old schedule, still stands in the new one, and has not been swept yet.
 */
const restart = (before: Task, after: Task, now: string): string => {
  const first = dueReminders(before, before.remindedUntil, now).find(({ reminder, at }) =>
    occurrences(after).some((other) => other.reminder.id === reminder.id && other.at === at),
  )
  return first === undefined ? now : new Date(Date.parse(first.at) - 1).toISOString()
}

/**
 * The task after a patch; the very same object when nothing changes.
 */
export const applyPatch = (task: Task, patch: TaskPatch, editor: Editor): Task => {
  const edited = { ...task, ...resolve(task, patch, editor) }
  const changed = changedFields(task, edited)
  if (changed.length === 0) return task
  const version = task.version + 1
  const rescheduled = changed.some((field) => scheduling.includes(field))
  const remindedUntil = rescheduled ? restart(task, edited, editor.now) : task.remindedUntil
  const completedAt = edited.status === 'done' ? (task.completedAt ?? editor.now) : null
  return {
    ...edited,
    ...derive(edited, remindedUntil),
    completedAt: isClosed(edited.status) ? completedAt : null,
    updatedAt: editor.now,
    updatedBy: editor.userId,
    version,
    revision: task.revision + 1,
    fieldVersions: { ...task.fieldVersions, ...Object.fromEntries(changed.map((field) => [field, version])) },
  }
}

/** Into the trash: out of every list, its reminders silent; the table drops it at `purgeAt`. */
export const trash = (task: Task, editor: Editor): Task => {
  const trashed = { ...task, trashedAt: editor.now }
  return {
    ...trashed,
    ...derive(trashed, task.remindedUntil),
    updatedAt: editor.now,
    updatedBy: editor.userId,
    version: task.version + 1,
    revision: task.revision + 1,
  }
}
