import { isTooLarge, metadataBytes } from '../../api/schemas/metadata.ts'
import type { Cause, Through } from '../../api/schemas/record.ts'
import type { Scope, TaskPatch } from '../../api/schemas/task.ts'
import type { Moment, ZonedMoment } from '../../api/schemas/time.ts'
import { invalidField } from '../failure.ts'
import { overdueAt } from '../time/instants.ts'
import { mergePatch } from './mergePatch.ts'
import { changedPaths, type Path, type Tracked, versionsAfter } from './paths.ts'
import { resolveSeries, withSuccessor } from './recurring.ts'
import {
  isSameOccurrence,
  nextOccurrence,
  occurrences,
  occurrencesIn,
  resolveReminders,
  type Scheduled,
} from './reminders.ts'
import { fitting } from './size.ts'
import { isClosed, type Task, type TaskFields } from './task.ts'
import { allEnded } from './timeEntries.ts'

export interface Editor {
  readonly userId: string
  /** RFC 3339. */
  readonly now: string
  /** Zone of the workspace, for days that name none. */
  readonly zone: string
  /** What an edit of a recurring task is about. */
  readonly scope?: Scope | undefined
  /** What makes the change, when it is no edit of this task alone. */
  readonly cause?: Cause
  /** By what door the change comes; absent where it follows by itself. */
  readonly through?: Through
}

/** Gives a day without a zone the workspace's. */
export const zoned = (moment: Moment | null, zone: string): ZonedMoment | null => {
  if (moment === null) return null
  return 'date' in moment ? { date: moment.date, zone: moment.zone ?? zone } : moment
}

const patchedMetadata = (task: Task, patch: NonNullable<TaskPatch['metadata']>): TaskFields['metadata'] => {
  const metadata = mergePatch(task.metadata, patch)
  if (isTooLarge(metadata)) throw invalidField('/metadata', `must be at most ${metadataBytes} bytes of JSON`)
  return metadata
}

const patchedCustomFields = (task: Task, patch: NonNullable<TaskPatch['customFields']>) =>
  mergePatch(task.customFields, patch) as TaskFields['customFields']

const resolve = (task: Task, patch: TaskPatch, editor: Editor): Partial<TaskFields> => {
  const { due, start, reminders, recurrence: _, metadata, customFields, ...rest } = patch
  return {
    ...(rest as Partial<TaskFields>),
    ...(due !== undefined && { due: zoned(due, editor.zone) }),
    ...(start !== undefined && { start: zoned(start, editor.zone) }),
    ...(metadata !== undefined && { metadata: patchedMetadata(task, metadata) }),
    ...(customFields !== undefined && { customFields: patchedCustomFields(task, customFields) }),
    ...(reminders !== undefined && {
      reminders: resolveReminders(reminders, task.reminders, {
        userId: editor.userId,
        now: Date.parse(editor.now),
      }),
    }),
  }
}

/** Fields that decide when the task has something to say. */
const scheduling: readonly Path[] = [
  'due',
  'start',
  'reminders',
  'status',
  'trashedAt',
  'archivedAt',
] satisfies (keyof Tracked)[]

/** What follows from the due date. An escalation stands for as long as the date does, and the task is open. */
const dueOf = (fields: Scheduled & Partial<Pick<Task, 'dueAt'>>): Pick<Task, 'dueAt' | 'escalateAt'> => {
  const dueAt = fields.due && overdueAt(fields.due)
  const isKept = dueAt === fields.dueAt && !isClosed(fields.status)
  return { dueAt, escalateAt: isKept ? fields.escalateAt : null }
}

/** What follows from the fields and is never edited by itself. */
export const derive = (
  fields: Scheduled & Partial<Pick<Task, 'dueAt'>>,
  remindedUntil: string,
): Pick<Task, 'dueAt' | 'escalateAt' | 'remindAt' | 'remindedUntil'> => {
  const ofDue = dueOf(fields)
  return { ...ofDue, remindedUntil, remindAt: nextOccurrence({ ...fields, ...ofDue }, remindedUntil) }
}

const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString()

/**
 * Where a changed schedule counts from: now, so that what has passed is not told; but just before the first thing that
 * was due under the old schedule, still stands in the new one, and has not been swept yet.
 */
const restart = (before: Task, after: Task, now: string): string => {
  const { remindAt, remindedUntil } = before
  const owed = occurrencesIn(before, remindedUntil, now).filter(
    ({ at }) => remindAt !== null && at >= remindAt,
  )
  const standing = occurrences(after)
  const first = owed.find((one) => standing.some((other) => isSameOccurrence(one, other)))
  return first === undefined ? now : justBefore(first.at)
}

/**
 * Whether a task lies in the time index where its fields put it. One does not that was stored before due dates told
 * anything, or before its zone changed its rules: the next change puts it right, from then on.
 */
const isInPlace = (task: Task): boolean => task.remindAt === nextOccurrence(task, task.remindedUntil)

/** What a change of the status brings along. */
const withStatus = (before: Task, after: Task, now: string): Task => {
  if (before.status === after.status) return after
  const isTold = after.completedAt !== before.completedAt
  return {
    ...after,
    completedAt: isTold ? after.completedAt : after.status === 'done' ? now : null,
    // A column stands for one status: with another the task goes to that one's first, but where it was given one.
    columns: Object.fromEntries(
      Object.entries(after.columns).filter(([projectId, id]) => before.columns[projectId] !== id),
    ),
  }
}

/** Nothing runs in the trash. */
const withLife = (before: Task, after: Task, now: string): Task =>
  before.trashedAt === null && after.trashedAt !== null
    ? { ...after, timeEntries: allEnded(after.timeEntries, now) }
    : after

const settled = (before: Task, after: Task, now: string): Task => {
  const edited = withLife(before, withStatus(before, after, now), now)
  return { ...edited, ...dueOf(edited) }
}

/**
 * The task with other values in some fields: the one way in which a version comes from the one before.
 * The very same object when nothing changes.
 */
export const revise = (task: Task, values: Partial<Tracked>, editor: Editor): Task => {
  const edited = settled(task, { ...task, ...values }, editor.now)
  const changed = changedPaths(task, edited)
  if (changed.length === 0) return task
  const version = task.version + 1
  const isRescheduled = changed.some((path) => scheduling.includes(path)) || !isInPlace(task)
  const remindedUntil = isRescheduled ? restart(task, edited, editor.now) : task.remindedUntil
  return {
    ...edited,
    ...derive(edited, remindedUntil),
    updatedAt: editor.now,
    updatedBy: editor.userId,
    cause: editor.cause ?? null,
    through: editor.through ?? 'system',
    version,
    revision: task.revision + 1,
    fieldVersions: versionsAfter(task.fieldVersions, changed, edited, version),
  }
}

/**
 * The task after a patch; the very same object when nothing changes.
 * @throws Failure `invalid-request` for what only the whole task shows to be wrong, `conflict` for one too large
 */
export const applyPatch = (task: Task, patch: TaskPatch, editor: Editor): Task => {
  const values = resolve(task, patch, editor)
  const inSeries = { ...values, ...resolveSeries(task, patch, values, editor) }
  return fitting(task, revise(task, withSuccessor(task, inSeries, editor), editor))
}

/** Into the trash: out of every list, its reminders silent; the table drops it at `purgeAt`. */
export const trash = (task: Task, editor: Editor): Task =>
  revise(task, { trashedAt: editor.now, trashedWith: task.id }, editor)
