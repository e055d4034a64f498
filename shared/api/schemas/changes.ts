import * as z from 'zod/mini'
import { auditEntry } from './audit.ts'
import * as id from './ids.ts'
import { taskHappening } from './record.ts'

/** A task that the reader is to forget: it was taken from them, or it is gone. */
const hidden = z.strictObject({
  type: z.literal('task.hidden'),
  sequence: z.int(),
  taskId: id.taskId,
})
export type Hidden = z.infer<typeof hidden>

/** What the reader may see has changed with their role, projects or groups: all that is kept is to be read anew. */
const accessChanged = z.strictObject({ type: z.literal('access.changed'), sequence: z.int() })

/** One event of the workspace's sequence, as one member sees it: to owners the audit log as well. */
const liveEvent = z.union([taskHappening, hidden, accessChanged, auditEntry])
export type LiveEvent = z.infer<typeof liveEvent>

/** Numbers from behind `since` up to `upTo` that a client then knows of, those it may not see included. */
export const stretch = {
  since: z.int(),
  upTo: z.int(),
  events: z.array(liveEvent),
}

export const changes = z.strictObject({
  ...stretch,
  /** Whether there are numbers behind `upTo` already. */
  more: z.boolean(),
})
export type Changes = z.infer<typeof changes>

export const changesQuery = z.strictObject({
  since: z.optional(z.coerce.number().check(z.int(), z.gte(0), z.lte(9_999_999_999))),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50),
})
