import * as z from 'zod/mini'
import * as id from './ids.ts'
import { list, statuses } from './task.ts'
import { text } from './text.ts'
import { instant } from './time.ts'

export const customFieldTypes = ['text', 'number', 'date', 'choice', 'person'] as const
const label = text(1, 50)
const options = list(label, 50)

/** The type is settled for good; `options` are for choices only. */
export const customFieldCreate = z.strictObject({
  name: label,
  type: z.enum(customFieldTypes),
  options: z._default(options, []),
  required: z._default(z.boolean(), false),
})
export type CustomFieldCreate = z.infer<typeof customFieldCreate>
export const customFieldPatch = z.partial(z.strictObject({ name: label, options, required: z.boolean() }))
export type CustomFieldPatch = z.infer<typeof customFieldPatch>
export const customField = z.strictObject({
  id: id.customFieldId,
  name: z.string(),
  type: z.enum(customFieldTypes),
  options: z.array(z.string()),
  /** A new task of the project needs a value, and keeps one. */
  required: z.boolean(),
})
export type CustomField = z.infer<typeof customField>

/** A column of the board, bound to one status. One without an id is a new one. */
const columnInput = z.strictObject({ id: z.optional(id.columnId), name: label, status: z.enum(statuses) })
export type ColumnInput = z.infer<typeof columnInput>
export const column = z.strictObject({ id: id.columnId, name: z.string(), status: z.enum(statuses) })
export type Column = z.infer<typeof column>

const daysAsMinutes = (days: number): number => days * 1_440

/**
 * Who else learns that a task is overdue, so long after it became so: a person, or with `null` whoever manages the
 * project. Between a quarter of an hour and 90 days.
 */
export const escalation = z.strictObject({
  afterMinutes: z.int().check(z.minimum(15), z.maximum(daysAsMinutes(90))),
  userId: z.nullable(id.userId),
})
export type Escalation = z.infer<typeof escalation>

const name = text(1, 100)
const description = text(0, 2_000)
export const projectCreate = z.strictObject({
  name,
  key: id.projectKey,
  description: z._default(description, ''),
  escalation: z._default(z.nullable(escalation), null),
})
/** `columns` is the whole list, in the order of the board. */
export const projectPatch = z.partial(
  z.strictObject({
    name,
    description,
    columns: z.array(columnInput).check(z.maxLength(50)),
    escalation: z.nullable(escalation),
  }),
)
export type ProjectPatch = z.infer<typeof projectPatch>
export const project = z.strictObject({
  id: id.projectId,
  workspaceId: id.workspaceId,
  key: id.projectKey,
  name: z.string(),
  description: z.string(),
  columns: z.array(column),
  customFields: z.array(customField),
  escalation: z.nullable(escalation),
  createdAt: instant,
  createdBy: id.userId,
  updatedAt: instant,
  version: z.int(),
  allowedActions: z.array(z.string()),
})
export type ProjectReply = z.infer<typeof project>
