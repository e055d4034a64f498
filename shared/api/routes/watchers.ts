import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { taskId, userId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import { task } from '../schemas/task.ts'

const tag = 'tasks'
const path = '/v1/workspaces/{workspaceId}/tasks/{taskId}/watchers/{userId}'
const params = z.strictObject({ workspaceId, taskId, userId: z.union([userId, z.literal('@me')]) })
const note = '`@me` stands for the caller, who need only be able to read the task; others need `task.edit`.'

export const addWatcher = route({
  name: 'addWatcher',
  method: 'PUT',
  path,
  summary: 'Watch a task',
  description: note,
  tag,
  access: { kind: 'member', action: 'task.read' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: task },
  problems: ['conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
})

export const removeWatcher = route({
  name: 'removeWatcher',
  method: 'DELETE',
  path,
  summary: 'Stop watching a task',
  description: `Whoever does not watch it stays so. ${note}`,
  tag,
  access: { kind: 'member', action: 'task.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: [],
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})
