import * as z from 'zod/mini'
import * as id from './ids.ts'
import { priorities } from './task.ts'
import { markdown } from './text.ts'
import { moment } from './time.ts'

/** Lines to add. With `keepUnknown`, what was not understood stays in the titles; without, it refuses them all. */
export const quickAddBody = z.strictObject({
  text: markdown(16_384),
  dryRun: z._default(z.boolean(), false),
  keepUnknown: z._default(z.boolean(), false),
})
export type QuickAddBody = z.infer<typeof quickAddBody>

/** Where in the request's text: offsets in UTF-16 code units, as JavaScript counts; `end` is behind the last. */
const span = { start: z.int(), end: z.int(), text: z.string() }
const recurrence = z.strictObject({ rule: z.string(), from: z.enum(['schedule', 'completion']) })
const reminder = z.strictObject({
  relativeTo: z.enum(['due']),
  minutesBefore: z.int(),
  for: z.enum(['assignees', 'me']),
})

const token = z.union([
  /** Names as typed (`@me` for the caller); `date` is a day, `time` is `09:00`, `dateTime` a wall time. */
  z.strictObject({
    kind: z.enum(['assignee', 'tag', 'project', 'description', 'date', 'time', 'dateTime']),
    ...span,
    value: z.string(),
  }),
  z.strictObject({ kind: z.enum(['priority']), ...span, value: z.enum(priorities) }),
  z.strictObject({ kind: z.enum(['estimate']), ...span, value: z.int() }),
  z.strictObject({ kind: z.enum(['recurrence']), ...span, value: recurrence }),
  z.strictObject({ kind: z.enum(['reminder']), ...span, value: reminder }),
])
export type QuickAddToken = z.infer<typeof token>

const notUnderstood = z.strictObject({ ...span, reason: z.string() })
export type NotUnderstood = z.infer<typeof notUnderstood>

/** One task, as a line of the text names it. A field that no token names is absent. */
const line = z.strictObject({
  /** The line without its line break; `start` is its offset in the text. */
  text: z.string(),
  start: z.int(),
  /** Level below the first line, and the index in `lines` of the task that this one is a subtask of. */
  indent: z.int(),
  parent: z.nullable(z.int()),
  title: z.string(),
  description: z.optional(z.string()),
  priority: z.optional(z.enum(priorities)),
  due: z.optional(moment),
  recurrence: z.optional(recurrence),
  estimateMinutes: z.optional(z.int()),
  project: z.optional(z.string()),
  assignees: z.array(z.string()),
  tags: z.array(z.string()),
  reminders: z.array(reminder),
  /** By offset; spans never overlap, those of `notUnderstood` included. */
  tokens: z.array(token),
  notUnderstood: z.array(notUnderstood),
})
export type QuickAddLine = z.infer<typeof line>

export const quickAddReply = z.strictObject({
  lines: z.array(line),
  /** One for each line, in their order; none after a dry run. */
  created: z.array(z.strictObject({ id: id.taskId, key: id.taskKey })),
})
export type QuickAddReply = z.infer<typeof quickAddReply>
