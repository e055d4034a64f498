import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { taskId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import { recurrence, recurrenceInput } from '../schemas/recurrence.ts'
import { text } from '../schemas/text.ts'
import { moment, zonedMoment } from '../schemas/time.ts'

const tag = 'recurrence'
/** The rule in English, and the next five due dates, each counted as if the one before were done in time. */
const outlook = { text: z.string(), occurrences: z.array(zonedMoment) }

export const previewRecurrence = route({
  name: 'previewRecurrence',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/recurrence-preview',
  summary: 'See what a rule comes to before a task has it',
  description:
    'Of a `recurrence`, or of a `phrase` in English such as `every other monday`. Answers the rule as a task takes it, the rule in words, and the five dates that follow `due`.',
  tag,
  access: { kind: 'member', action: 'workspace.read' },
  params: z.strictObject({ workspaceId }),
  query: nothing,
  body: z.strictObject({
    recurrence: z.optional(recurrenceInput),
    phrase: z.optional(text(1, 200)),
    due: moment,
  }),
  reply: { status: 200, schema: z.strictObject({ recurrence, ...outlook }) },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const listOccurrences = route({
  name: 'listOccurrences',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/occurrences',
  summary: 'List the next occurrences of a task that recurs',
  description: 'The five due dates that follow the present one; none for a task that does not recur.',
  tag,
  access: { kind: 'member', action: 'task.read' },
  params: z.strictObject({ workspaceId, taskId }),
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: z.strictObject(outlook) },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})
