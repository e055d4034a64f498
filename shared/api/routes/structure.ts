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
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: nothing,
  body: structure.parentPut,
  reply: { status: 200, schema: task },
  problems: ['precondition-failed', 'conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'TransactWriteItems'] },
  // The tasks above are read strongly before the write, and those below are counted level by level.
  budget: { depth: 4, calls: 6, readUnits: 10, writeUnits: 30 },
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
  budget: { depth: 1, calls: 6, readUnits: 30, writeUnits: 0 },
})
