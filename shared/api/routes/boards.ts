import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { projectId, taskId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import * as structure from '../schemas/structure.ts'
import { task } from '../schemas/task.ts'

const tag = 'boards'
const params = z.strictObject({ workspaceId, taskId })
const inProject = z.strictObject({ workspaceId, taskId, projectId })

export const positionTask = route({
  name: 'positionTask',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/position',
  summary: 'Put a task between two others of a project',
  description:
    'Between `after` and `before`; `null` stands for an end of the list. A column gives the task its status. One write, however long the list.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: nothing,
  body: structure.position,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed', 'conflict', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 8, writeUnits: 10 },
})

export const moveTask = route({
  name: 'moveTask',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/project',
  summary: 'Move a task to another project',
  description:
    'It gets a human id of that project; its old one keeps finding it. Only the task itself moves, its subtasks stay where they are. Values of custom fields stay with it.',
  tag,
  access: { kind: 'member', action: 'task.move' },
  params,
  query: nothing,
  body: structure.move,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 4, readUnits: 8, writeUnits: 16 },
})

export const addTaskProject = route({
  name: 'addTaskProject',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/projects/{projectId}',
  summary: 'Let a task stand in a further project',
  description: 'At the end of its list. A task stands in at most ten projects.',
  tag,
  access: { kind: 'member', action: 'task.move' },
  params: inProject,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed', 'conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 6, writeUnits: 8 },
})

export const removeTaskProject = route({
  name: 'removeTaskProject',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/projects/{projectId}',
  summary: 'Take a task out of a further project',
  tag,
  access: { kind: 'member', action: 'task.move' },
  params: inProject,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed', 'conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 6, writeUnits: 8 },
})
