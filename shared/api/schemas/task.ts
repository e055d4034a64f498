import * as z from 'zod/mini'
import { shareLevels } from './access.ts'
import { checklistText } from './checklist.ts'
import * as id from './ids.ts'
import { metadata } from './metadata.ts'
import { recurrence, recurrenceInput } from './recurrence.ts'
import { markdown, text } from './text.ts'
import { instant, moment, wallTime, zone, zonedMoment } from './time.ts'

export const statuses = ['open', 'in_progress', 'blocked', 'done', 'cancelled'] as const
export const priorities = ['none', 'low', 'medium', 'high', 'urgent'] as const
export type Status = (typeof statuses)[number]
export type Priority = (typeof priorities)[number]

/** A list of different things. */
export const list = <T extends z.core.$ZodType>(item: T, maximum: number) =>
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

export const relativeReminder = z.strictObject({
  relativeTo,
  minutesBefore: leadMinutes,
  for: z._default(reminderFor, 'assignees'),
})

/** Relative to due or start (a day counts from 09:00 in its zone), or at a wall time of its own. */
export const reminderInput = z.union(
  [
    relativeReminder,
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

/** Value of a custom field; what it must be, its declaration in the project says. */
const customValue = z.union([text(1, 1_000), z.number().check(z.gte(-1e15), z.lte(1e15))], {
  error: 'must be text of 1 to 1,000 characters, or a number from -1e15 to 1e15',
})
const customValues = <T extends z.core.$ZodType>(value: T) =>
  z
    .record(id.customFieldId, value)
    .check(z.refine((values) => Object.keys(values).length <= 50, { error: 'must have at most 50 members' }))
export type CustomValue = z.infer<typeof customValue>
export const filledCustomFields = customValues(customValue)

/** People whom one task may have. */
export const mostAssignees = 50
export const mostWatchers = 50

export const fields = {
  title: text(1, 500),
  description: markdown(65_536),
  status: z.enum(statuses),
  priority: z.enum(priorities),
  due: z.nullable(moment),
  start: z.nullable(moment),
  estimateMinutes: z.nullable(z.int().check(z.gte(0), z.lte(10_000_000))),
  assigneeIds: list(id.userId, mostAssignees),
  assigneeGroupIds: list(id.groupId, 10),
  watcherIds: list(id.userId, mostWatchers),
  tags: list(text(1, 50), 50),
  reminders: list(reminderInput, 20),
  recurrence: z.nullable(recurrenceInput),
  metadata,
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
  assigneeGroupIds: z._default(fields.assigneeGroupIds, []),
  tags: z._default(fields.tags, []),
  watcherIds: z._default(fields.watcherIds, []),
  reminders: z._default(fields.reminders, []),
  parentId: z._default(z.nullable(id.taskId), null),
  recurrence: z._default(fields.recurrence, null),
  metadata: z._default(fields.metadata, {}),
  customFields: z._default(filledCustomFields, {}),
  checklist: z.optional(
    z
      .array(z.strictObject({ text: checklistText, done: z._default(z.boolean(), false) }))
      .check(z.maxLength(100)),
  ),
})
export type TaskCreate = z.infer<typeof taskCreate>

/** JSON Merge Patch (RFC 7396): absent keeps, `null` clears where a field may be empty. */
export const taskPatch = z.partial(
  z.strictObject({ ...fields, customFields: customValues(z.nullable(customValue)) }),
)
export type TaskPatch = z.infer<typeof taskPatch>

/** Who is assigned: one person, or everybody in a group. */
export const assignee = z.union([id.userId, id.groupId], {
  error: 'must be the id of a person or of a group',
})

/** An assignment handed on: `from` the caller, or the one group that makes the caller an assignee, unless it says whose. */
export const delegation = z.strictObject({
  to: id.userId,
  from: z.optional(assignee),
  note: z._default(text(0, 1_000), ''),
})
export type Delegation = z.infer<typeof delegation>

/**
 * What an edit of a recurring task is about: this occurrence alone, or the following ones too. Without it, moving
 * due or start is about this one, and everything else about the following ones too.
 */
export const scopes = ['this', 'future'] as const
export type Scope = (typeof scopes)[number]

export const linkKinds = ['blocks', 'blockedBy', 'relatesTo', 'duplicates', 'duplicatedBy'] as const
export type LinkKind = (typeof linkKinds)[number]

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
  /** Whoever is in one of them at the time is an assignee as well. */
  assigneeGroupIds: z.array(id.groupId),
  tags: z.array(z.string()),
  parentId: z.nullable(id.taskId),
  /** Column of each project's board; a project without one shows the task in the first column of its status. */
  columns: z.record(id.projectId, id.columnId),
  customFields: z.record(id.customFieldId, customValue),
  createdAt: instant,
  completedAt: z.nullable(instant),
  archivedAt: z.nullable(instant),
  trashedAt: z.nullable(instant),
})
export type TaskRow = z.infer<typeof taskRow>

export const timeEntry = z.strictObject({
  id: id.timeEntryId,
  userId: id.userId,
  startedAt: instant,
  /** `null` while it runs. */
  minutes: z.nullable(z.int()),
  note: z.string(),
})

export const attachment = z.strictObject({
  id: id.attachmentId,
  name: z.string(),
  mediaType: z.string(),
  /** Bytes. */
  size: z.int(),
  uploadedBy: id.userId,
  uploadedAt: instant,
})

export const task = z.strictObject({
  ...taskRow.shape,
  description: z.string(),
  start: z.nullable(zonedMoment),
  estimateMinutes: z.nullable(z.int()),
  reminders: z.array(reminder),
  watcherIds: z.array(id.userId),
  recurrence: z.nullable(recurrence),
  /** The next occurrence, once this one is done. It appears a moment later. */
  successorId: z.nullable(id.taskId),
  metadata,
  checklist: z.array(z.strictObject({ id: id.checklistItemId, text: z.string(), done: z.boolean() })),
  timeEntries: z.array(timeEntry),
  /** Sum of the time entries that have ended. */
  spentMinutes: z.int(),
  attachments: z.array(attachment),
  /** Whom it was shared with one by one. */
  shares: z.array(z.strictObject({ userId: id.userId, level: z.enum(shareLevels) })),
  links: z.array(z.strictObject({ taskId: id.taskId, kind: z.enum(linkKinds) })),
  /** All projects it stands in, its own first. */
  projectIds: z.array(id.projectId),
  /** From the top of the hierarchy down to its parent. */
  ancestorIds: z.array(id.taskId),
  /** When the trash drops it for good. */
  purgeAt: z.nullable(instant),
  createdBy: id.userId,
  updatedAt: instant,
  updatedBy: id.userId,
  version: z.int(),
  allowedActions: z.array(z.string()),
})
export type TaskReply = z.infer<typeof task>

export const sorts = ['due', 'priority', 'created', 'updated', 'rank'] as const
export type Sort = (typeof sorts)[number]

/** Where a task stands in its life. Lists show one of these at a time. */
export const lifeStates = ['active', 'archived', 'trashed'] as const
export type LifeState = (typeof lifeStates)[number]

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
  state: z._default(z.enum(lifeStates), 'active'),
  dueFrom: z.optional(instant),
  dueBefore: z.optional(instant),
}

/** Commas may stand in values: a new filter begins where a comma and the id of a field follow one another. */
const fieldFilters = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(6_000)),
    z.transform((value: string) => value.split(/,(?=fld_\w{26}:)/)),
  ),
  z
    .array(
      z.string().check(z.regex(/^fld_\w{26}:/, { error: 'must be {fieldId}:{value}, such as fld_…:Rail' })),
    )
    .check(z.maxLength(5)),
)

/** Of a project's list also by values of its custom fields, all of which must fit. */
export const projectTaskQuery = { ...taskQuery, customField: z.optional(fieldFilters) }
