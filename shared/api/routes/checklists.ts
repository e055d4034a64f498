import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { checklistItemCreate, checklistItemPatch } from '../schemas/checklist.ts'
import { checklistItemId, taskId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import { task } from '../schemas/task.ts'

const tag = 'checklists'
const ofTask = z.strictObject({ workspaceId, taskId })
const params = z.strictObject({ workspaceId, taskId, itemId: checklistItemId })
const merging = 'A stale If-Match is refused only when somebody else has changed this very item since.'

export const addChecklistItem = route({
  name: 'addChecklistItem',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/checklist',
  summary: 'Add an item to the checklist',
  description: 'Behind the item `after`; `null` puts it first, and without it it stands last.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params: ofTask,
  query: nothing,
  body: checklistItemCreate,
  reply: { status: 201, schema: task },
  problems: ['conflict', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})

export const editChecklistItem = route({
  name: 'editChecklistItem',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/checklist/{itemId}',
  summary: 'Edit, tick or move an item of the checklist',
  description: `\`after\` moves it behind another item, \`null\` to the front. ${merging}`,
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: nothing,
  body: checklistItemPatch,
  reply: { status: 200, schema: task },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})

export const deleteChecklistItem = route({
  name: 'deleteChecklistItem',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/checklist/{itemId}',
  summary: 'Delete an item of the checklist',
  description: merging,
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})
