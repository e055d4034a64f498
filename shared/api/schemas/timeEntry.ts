import * as z from 'zod/mini'
import * as id from './ids.ts'
import { timeEntry } from './task.ts'
import { text } from './text.ts'
import { instant } from './time.ts'

/** A month, with all its hours: what one entry holds at most. */
export const mostMinutes = 44_640

const minutes = z.int().check(z.gte(1), z.lte(mostMinutes))
const note = text(0, 500)

export const timerStart = z.strictObject({ note: z._default(note, '') })

/** Without `startedAt` it has just ended. */
export const timeEntryCreate = z.strictObject({
  minutes,
  startedAt: z.optional(instant),
  note: z._default(note, ''),
  userId: z.optional(id.userId),
})
export type TimeEntryCreate = z.infer<typeof timeEntryCreate>

/** Minutes for an entry that runs end it. */
export const timeEntryPatch = z.partial(z.strictObject({ minutes, startedAt: instant, note }))
export type TimeEntryPatch = z.infer<typeof timeEntryPatch>

export const timeEntryOfTask = z.strictObject({ ...timeEntry.shape, taskId: id.taskId })
export type TimeEntryReply = z.infer<typeof timeEntryOfTask>

/** The timer that runs, if one does. */
export const timerState = z.strictObject({
  timer: z.nullable(z.strictObject({ taskId: id.taskId, timeEntryId: id.timeEntryId })),
})
