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
    z.strictObject({ kind: z.literal('duplicate'), taskId: id.taskId, told, toldWith }),
    z.strictObject({ kind: z.literal('template'), templateId: id.templateId, told, toldWith }),
  ]),
)
export type Cause = z.infer<typeof cause>

/** One event of the workspace's gapless sequence, as the task's history shows it. */
export const historyEntry = z.strictObject({
  sequence: z.int(),
  type: z.enum(['task.created', 'task.changed', 'task.deleted', 'task.restored', 'task.purged']),
  taskId: id.taskId,
  taskVersion: z.int(),
  at: instant,
  by: z.nullable(id.userId),
  changes: z.array(change),
  cause,
})
export type HistoryEntry = z.infer<typeof historyEntry>

const counts = <K extends string>(names: readonly K[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.int()])) as Record<K, z.ZodMiniNumberFormat>)

/** Counters kept by the stream consumer; they trail a write by a moment. */
export const statistics = z.strictObject({
  total: z.int(),
  byStatus: counts(statuses),
  byPriority: counts(priorities),
})
export type Statistics = z.infer<typeof statistics>
