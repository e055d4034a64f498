import * as z from 'zod/mini'
import { checklistText } from './checklist.ts'
import * as id from './ids.ts'

import { projectCreate } from './project.ts'
import { recurrenceInput } from './recurrence.ts'
import { fields, filledCustomFields, list, relativeReminder, taskRow } from './task.ts'
import { text } from './text.ts'
import { date, instant, timeOfDay, zone } from './time.ts'

export const templateKinds = ['task', 'project'] as const
const mostTasks = 100

/** Days after the start date, by the calendar; without a time of day a day. The zone is the workspace's unless given. */
const relativeMoment = z.strictObject({
  inDays: z.int().check(z.gte(-3_650), z.lte(3_650)),
  time: z.optional(timeOfDay),
  zone: z.optional(zone),
})
export type RelativeMoment = z.infer<typeof relativeMoment>

const templateTask = z.strictObject({
  title: fields.title,
  description: z._default(fields.description, ''),
  priority: z._default(fields.priority, 'none'),
  estimateMinutes: z._default(fields.estimateMinutes, null),
  tags: z._default(fields.tags, []),
  checklist: z._default(z.array(checklistText).check(z.maxLength(100)), []),
  due: z._default(z.nullable(relativeMoment), null),
  start: z._default(z.nullable(relativeMoment), null),
  reminders: z._default(list(relativeReminder, 20), []),
  recurrence: z._default(z.nullable(recurrenceInput), null),
  assigneeIds: z._default(fields.assigneeIds, []),
  assigneeGroupIds: z._default(fields.assigneeGroupIds, []),
  customFields: z._default(filledCustomFields, {}),
  /** Position in the list of the task above, which comes before; `null`: at the top. */
  parent: z._default(z.nullable(z.int().check(z.gte(0), z.lt(mostTasks))), null),
})
export type TemplateTask = z.infer<typeof templateTask>

const name = text(1, 100)
const description = text(0, 2_000)
const tasks = z.array(templateTask).check(z.minLength(1), z.maxLength(mostTasks))
const own = { name, description: z._default(description, '') }

export const templateCreate = z.union(
  [
    z.strictObject({ ...own, kind: z.enum(templateKinds), tasks }),
    z.strictObject({ ...own, fromTaskId: id.taskId }),
    z.strictObject({ ...own, fromProjectId: id.projectId }),
  ],
  { error: 'must have kind and tasks, or fromTaskId, or fromProjectId, and a name' },
)
export type TemplateCreate = z.infer<typeof templateCreate>

export const templatePatch = z.partial(z.strictObject({ name, description, tasks }))
export type TemplatePatch = z.infer<typeof templatePatch>

export const templateRow = z.strictObject({
  id: id.templateId,
  workspaceId: id.workspaceId,
  kind: z.enum(templateKinds),
  name: z.string(),
  description: z.string(),
  /** How many tasks it makes. */
  count: z.int(),
  createdAt: instant,
  createdBy: id.userId,
  updatedAt: instant,
  version: z.int(),
  allowedActions: z.array(z.string()),
})
export type TemplateRow = z.infer<typeof templateRow>

export const template = z.strictObject({ ...templateRow.shape, tasks: z.array(templateTask) })
export type TemplateReply = z.infer<typeof template>

/** `titles` by position: what some tasks are called this time. */
export const templateUse = z.strictObject({
  projectId: z.optional(id.projectId),
  newProject: z.optional(z.omit(projectCreate, { escalation: true })),
  startDate: date,
  titles: z._default(
    z.record(
      z.string().check(z.regex(/^(0|[1-9]\d?)$/, { error: 'must be the position of a task' })),
      fields.title,
    ),
    {},
  ),
})
export type TemplateUse = z.infer<typeof templateUse>

export const templateMade = z.strictObject({ projectId: id.projectId, items: z.array(taskRow) })
export type TemplateMade = z.infer<typeof templateMade>
