import * as z from 'zod/mini'
import * as id from './ids.ts'
import { markdown, text } from './text.ts'
import { instant, moment, wallTime, zone, zonedMoment } from './time.ts'

export const statuses = ['open', 'in_progress', 'blocked', 'done', 'cancelled'] as const
export const priorities = ['none', 'low', 'medium', 'high', 'urgent'] as const
export type Status = (typeof statuses)[number]
export type Priority = (typeof priorities)[number]

const list = <T extends z.core.$ZodType>(item: T, maximum: number) =>
  z.array(item).check(
    z.maxLength(maximum),
    z.refine(
      (values: unknown[]) => new Set(values.map((value) => JSON.stringify(value))).size === values.length,
      {
        error: 'must not repeat itself',
      },
    ),
    z.meta({ uniqueItems: true }),
  )

/** Whom a reminder tells: all assignees (the creator while there are none), or the person who set it. */
const reminderFor = z.enum(['assignees', 'me'])
const leadMinutes = z.int().check(z.gte(0), z.lte(525_600))
const relativeTo = z.enum(['due', 'start'])

/** Relative to due or start (a day counts from 09:00 in its zone), or at a wall time of its own. */
export const reminderInput = z.union(
  [
    z.strictObject({ relativeTo, minutesBefore: leadMinutes, for: z._default(reminderFor, 'assignees') }),
    z.strictObject({ dateTime: wallTime, zone, for: z._default(reminderFor, 'assignees') }),
    /** An existing reminder, kept as it is. */
    z.strictObject({ id: id.reminderId }),
  ],
  { error: 'must be {relativeTo, minutesBefore}, {dateTime, zone} or the {id} of a reminder to keep' },
)
const reminderCommon = { id: id.reminderId, userId: z.nullable(id.userId) }
export const reminder = z.union([
  z.strictObject({ ...reminderCommon, relativeTo, minutesBefore: leadMinutes }),
  z.strictObject({ ...reminderCommon, dateTime: wallTime, zone }),
])
export type Reminder = z.infer<typeof reminder>
export type ReminderInput = z.infer<typeof reminderInput>

const fields = {
  title: text(1, 500),
  description: markdown(65_536),
  status: z.enum(statuses),
  priority: z.enum(priorities),
  due: z.nullable(moment),
  start: z.nullable(moment),
  estimateMinutes: z.nullable(z.int().check(z.gte(0), z.lte(10_000_000))),
  assigneeIds: list(id.userId, 50),
  tags: list(text(1, 50), 50),
  reminders: list(reminderInput, 20),
}

export const taskCreate = z.strictObject({
  title: fields.title,
  description: z._default(fields.description, ''),
  status: z._default(fields.status, 'open'),
  priority: z._default(fields.priority, 'none'),
  due: z._default(fields.due, null),
  start: z._default(fields.start, null),
  estimateMinutes: z._default(fields.estimateMinutes, null),
  assigneeIds: z._default(fields.assigneeIds, []),
  tags: z._default(fields.tags, []),
  reminders: z._default(fields.reminders, []),
})
export type TaskCreate = z.infer<typeof taskCreate>

/** JSON Merge Patch (RFC 7396): absent keeps, `null` clears where a field may be empty. */
export const taskPatch = z.partial(z.strictObject(fields))
export type TaskPatch = z.infer<typeof taskPatch>

export const taskRow = z.strictObject({
  id: id.taskId,
  workspaceId: id.workspaceId,
  projectId: id.projectId,
  key: id.taskKey,
  title: z.string(),
  status: z.enum(statuses),
  priority: z.enum(priorities),
  due: z.nullable(zonedMoment),
  /** When it becomes overdue: the wall time, or the midnight after the day; `null` without a due date. */
  dueAt: z.nullable(instant),
  assigneeIds: z.array(id.userId),
  tags: z.array(z.string()),
  createdAt: instant,
  completedAt: z.nullable(instant),
})
export type TaskRow = z.infer<typeof taskRow>

export const task = z.strictObject({
  ...taskRow.shape,
  description: z.string(),
  start: z.nullable(zonedMoment),
  estimateMinutes: z.nullable(z.int()),
  reminders: z.array(reminder),
  createdBy: id.userId,
  updatedAt: instant,
  updatedBy: id.userId,
  version: z.int(),
  allowedActions: z.array(z.string()),
})
export type TaskReply = z.infer<typeof task>

export const sorts = ['due', 'priority', 'created', 'updated'] as const
export type Sort = (typeof sorts)[number]

const statusList = z.pipe(
  z.pipe(
    z.string(),
    z.transform((value: string) => [...new Set(value.split(','))]),
  ),
  z.array(z.enum(statuses)).check(z.minLength(1)),
)

/** Filters of a task list. `status` takes several, comma-separated; due bounds need `sort=due`. */
export const taskQuery = {
  status: z._default(statusList, [...statuses]),
  sort: z._default(z.enum(sorts), 'created'),
  direction: z._default(z.enum(['asc', 'desc']), 'asc'),
  dueFrom: z.optional(instant),
  dueBefore: z.optional(instant),
}
