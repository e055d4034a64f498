import * as z from 'zod/mini'
import * as id from './ids.ts'
import { page } from './list.ts'
import { instant, zonedMoment } from './time.ts'

/** Something that a task will tell the caller. */
const scheduledReminder = z.strictObject({
  at: instant,
  kind: z.enum(['reminder', 'dueSoon', 'due', 'overdue']),
  /** Of what is a reminder of the task. */
  reminderId: z.optional(id.reminderId),
  task: z.strictObject({
    id: id.taskId,
    key: id.taskKey,
    title: z.string(),
    due: z.nullable(zonedMoment),
  }),
})
export type ScheduledReminder = z.infer<typeof scheduledReminder>

export const scheduledReminders = z.strictObject({
  ...page(scheduledReminder).shape,
  /** False when there are more tasks than are looked at: something may be missing. */
  complete: z.boolean(),
})
