import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { taskId, workspaceId } from '../schemas/ids.ts'
import { nothing, paging } from '../schemas/list.ts'
import * as structure from '../schemas/structure.ts'
import { task, taskQuery } from '../schemas/task.ts'

const tag = 'structure'
const params = z.strictObject({ workspaceId, taskId })

export const setTaskParent = route({
  name: 'setTaskParent',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/parent',
  summary: 'Put a task under another one',
  description:
    'With all its subtasks; `null` puts it at the top. Eight levels at most, and never under itself. What the subtasks have of it follows a moment later.',
  tag,
  access: { kind: 'member', action: 'task.move' },
  params,
  query: nothing,
  body: structure.parentPut,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed', 'conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'TransactWriteItems'] },
  // Read, and written under one version of the structure: the tasks above together with the first level below, then
  // one level below after the other. Here one level, of three subtasks (docs/decisions/0013).
  budget: { depth: 4, calls: 7, readUnits: 14, writeUnits: 18 },
})

export const listSubtasks = route({
  name: 'listSubtasks',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/subtasks',
  summary: 'List the subtasks of a task',
  description: 'Those right below it, and what all tasks below it come to. Follows the writes by a moment.',
  tag,
  access: { kind: 'member', action: 'task.read' },
  params,
  query: z.strictObject({ ...taskQuery, ...paging }),
  body: undefined,
  reply: { status: 200, schema: structure.subtasks },
  problems: ['invalid-cursor'],
  uses: {
    table: [
      'BatchGetItem',
      'Query:byDue',
      'Query:byPriority',
      'Query:byCreated',
      'Query:byUpdated',
      'Query:byRank',
    ],
  },
  budget: { depth: 1, calls: 6, readUnits: 16, writeUnits: 0 },
})

const link = z.strictObject({ workspaceId, taskId, otherTaskId: taskId })

export const linkTask = route({
  name: 'linkTask',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/links/{otherTaskId}',
  summary: 'Link a task to another one',
  description:
    'Both tasks show the link, each from its side; it takes the place of one that there is. Links that would make tasks wait for one another in a circle are refused. A task has at most 100.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params: link,
  query: nothing,
  body: structure.linkPut,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed', 'conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  // One read for each step of the chain of tasks that wait for one another; here one (docs/decisions/0013).
  budget: { depth: 3, calls: 3, readUnits: 10, writeUnits: 20 },
})

export const unlinkTask = route({
  name: 'unlinkTask',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/links/{otherTaskId}',
  summary: 'Take the link between two tasks away',
  description: 'Tasks that are not linked stay as they are.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params: link,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 8, writeUnits: 20 },
})
