import * as z from 'zod/mini'
import * as id from './ids.ts'
import { assignee, priorities, statuses } from './task.ts'
import { instant } from './time.ts'

/** One change of one field. A field that was or became empty carries `null`. */
export const change = z.strictObject({ field: z.string(), from: z.unknown(), to: z.unknown() })

/**
 * Of tasks that were written together: how many of them are newly assigned to whom. Stands with the first task of
 * each person, and is empty with the others.
 */
const told = z.optional(z.record(assignee, z.int()))
/** The first of them: what all that they tell together is known by. */
const toldWith = z.optional(id.taskId)

/** What made a change, when it was not an edit of this task alone. */
export const cause = z.nullable(
  z.union([
    z.strictObject({ kind: z.literal('bulk'), id: z.string(), told, toldWith }),
    z.strictObject({ kind: z.literal('undo'), version: z.int() }),
    z.strictObject({ kind: z.literal('delegated'), from: assignee, to: id.userId, note: z.string() }),
    z.strictObject({ kind: z.enum(['cascade', 'recurrence']), taskId: id.taskId }),
    /** Of the archive, for so many days: then it went into the trash. */
    z.strictObject({ kind: z.literal('retention'), days: z.int() }),
    z.strictObject({ kind: z.literal('duplicate'), taskId: id.taskId, told, toldWith }),
    z.strictObject({ kind: z.literal('template'), templateId: id.templateId, told, toldWith }),
  ]),
)
export type Cause = z.infer<typeof cause>

/**
 * By what door a change came: the web app, an access token, a mail, an assistant; `system`: it followed from another
 * change, or from time.
 */
export const through = z.enum(['web', 'token', 'mail', 'agent', 'system'])
export type Through = z.infer<typeof through>

const happening = {
  sequence: z.int(),
  taskId: id.taskId,
  at: instant,
  by: z.nullable(id.userId),
  /** Absent of changes from before it was noted. */
  through: z.optional(through),
  changes: z.array(change),
}

/** One event of the workspace's gapless sequence, as the task's history shows it. */
export const historyEntry = z.strictObject({
  ...happening,
  type: z.enum(['task.created', 'task.changed', 'task.deleted', 'task.restored', 'task.purged']),
  taskVersion: z.int(),
  cause,
})
export type HistoryEntry = z.infer<typeof historyEntry>

/**
 * The same about a comment. Of a text it tells length in characters and a digest that says nothing without the
 * comment: whoever deletes a comment takes its text along.
 */
export const commentEntry = z.strictObject({
  ...happening,
  type: z.enum([
    'comment.created',
    'comment.edited',
    'comment.deleted',
    'comment.resolved',
    'comment.reopened',
    'comment.reacted',
  ]),
  commentId: id.commentId,
})
export type CommentEntry = z.infer<typeof commentEntry>

/** Whatever happened to a task. */
export const taskHappening = z.union([historyEntry, commentEntry])
export type TaskHappening = z.infer<typeof taskHappening>

export const taskVerification = z.strictObject({
  /** Whether everything looked at in this call is as it was written, and no version is missing. */
  valid: z.boolean(),
  checked: z.int(),
  /** With the newest entries: how many versions the history lacks so far. It trails the writes by a moment. */
  behind: z.optional(z.int()),
  /** The number of the first entry that is not what it was, or next to which others are missing. */
  brokenAt: z.optional(z.int()),
  next: z.optional(z.string()),
})
export type TaskVerification = z.infer<typeof taskVerification>

const counts = <K extends string>(names: readonly K[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.int()])) as Record<K, z.ZodMiniNumberFormat>)

/** Counters kept by the stream consumer; they trail a write by a moment. */
export const statistics = z.strictObject({
  total: z.int(),
  byStatus: counts(statuses),
  byPriority: counts(priorities),
})
export type Statistics = z.infer<typeof statistics>
