import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { projectId, taskId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import { task } from '../schemas/task.ts'
import { text } from '../schemas/text.ts'

const tag = 'life'
const params = z.strictObject({ workspaceId, taskId })

export const archiveTask = route({
  name: 'archiveTask',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/archive',
  summary: 'Archive a task',
  description:
    'Takes it out of the ordinary lists and of the statistics and silences its reminders; its subtasks follow a moment later.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 16 },
})

export const unarchiveTask = route({
  name: 'unarchiveTask',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/unarchive',
  summary: 'Bring a task back from the archive',
  description: 'What was archived along with the task above it comes back along with that one.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed', 'conflict', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  // A subtask has the task above it looked at first.
  budget: { depth: 3, calls: 3, readUnits: 5, writeUnits: 16 },
})

export const restoreTask = route({
  name: 'restoreTask',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/restore',
  summary: 'Bring a task back from the trash',
  description:
    'With the same ids; its subtasks follow a moment later. What was deleted along with the task above it comes back along with that one. Reminders whose time has passed stay silent.',
  tag,
  access: { kind: 'member', action: 'task.delete' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed', 'conflict', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 3, calls: 3, readUnits: 5, writeUnits: 16 },
})

export const purgeTask = route({
  name: 'purgeTask',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/trash/{taskId}',
  summary: 'Drop a deleted task for good',
  description:
    'At once instead of after 30 days, with everything below it that lies in the trash. Its history stays; its human id finds nothing any more. Nothing brings it back, and a repeated request finds nothing: 404.',
  tag,
  access: { kind: 'member', action: 'task.purge' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['precondition-failed', 'conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 6 },
})

export const undoChange = route({
  name: 'undoChange',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/undo',
  summary: 'Undo a change',
  description:
    'Takes back what made `version`, as the history shows it, unless something later has changed the same fields and was not undone itself: then 409 with base, mine, theirs and the version of each. Of a creation that is the trash, of a deletion the way back, of a completion also the next occurrence nobody has touched. It needs the right to what is taken back. An undo can be undone.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: nothing,
  body: z.strictObject({ version: z.int().check(z.gte(1), z.lte(9_999_999_999)) }),
  reply: { status: 200, schema: task },
  problems: ['conflict', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query', 'TransactWriteItems'] },
  // An ordinary change. One of the place among other tasks is taken back as deep as it was made.
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 17 },
})

export const duplicateTask = route({
  name: 'duplicateTask',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/duplicate',
  summary: 'Make a copy of a task',
  description:
    'With its subtasks unless `subtasks` is false: at most 100 tasks, all of them or none. A copy has the fields and the checklist, and begins open; it has neither time, files, links nor history. In another project it stands at the top and leaves custom fields behind.',
  tag,
  access: { kind: 'member', action: 'task.create' },
  params,
  query: nothing,
  body: z.strictObject({
    projectId: z.optional(projectId),
    title: z.optional(text(1, 500)),
    subtasks: z._default(z.boolean(), true),
  }),
  reply: { status: 201, schema: task },
  problems: ['conflict', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'TransactWriteItems'] },
  // Two reads for each level of subtasks.
  budget: { depth: 5, calls: 10, readUnits: 14, writeUnits: 50 },
})
