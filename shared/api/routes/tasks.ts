import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { projectId, taskId, taskKey, userId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'
import { taskHappening, taskVerification } from '../schemas/record.ts'
import * as tasks from '../schemas/task.ts'

const tag = 'tasks'
const inProject = z.strictObject({ workspaceId, projectId })
const params = z.strictObject({ workspaceId, taskId })
const listQuery = z.strictObject({ ...tasks.taskQuery, ...paging })
const projectListQuery = z.strictObject({ ...tasks.projectTaskQuery, ...paging })
const listNote =
  'Sorted by due, priority, created, updated or, in a project, by rank. Lists follow the writes by a moment; reads by id are strong.'

export const createTask = route({
  name: 'createTask',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/tasks',
  summary: 'Create a task',
  tag,
  access: { kind: 'member', action: 'task.create' },
  params: inProject,
  query: nothing,
  body: tasks.taskCreate,
  reply: { status: 201, schema: tasks.task },
  problems: ['idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem'] },
  // Up to 50 assignees are looked up as members in the same batch.
  budget: { depth: 2, calls: 4, readUnits: 9, writeUnits: 10 },
})

export const listProjectTasks = route({
  name: 'listProjectTasks',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/tasks',
  summary: 'List the tasks of a project',
  description: `${listNote} \`customField=fld_…:value\` keeps tasks with that value (an empty one: without any), up to five of them comma-separated; at most 500 tasks are looked at for a page, so that one may be short, or empty, and yet have a next.`,
  tag,
  access: { kind: 'member', action: 'task.read' },
  params: inProject,
  query: projectListQuery,
  body: undefined,
  reply: { status: 200, schema: page(tasks.taskRow) },
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
  // One query for each status asked for; their pages are merged.
  budget: { depth: 1, calls: 6, readUnits: 28, writeUnits: 0 },
})

export const listAssignedTasks = route({
  name: 'listAssignedTasks',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/members/{userId}/tasks',
  summary: 'List the tasks assigned to a member',
  description: `By name, or to a group the member is in at the time; each once. ${listNote} \`@me\` stands for the caller.`,
  tag,
  access: { kind: 'member', action: 'task.read' },
  params: z.strictObject({ workspaceId, userId: z.union([userId, z.literal('@me')]) }),
  query: listQuery,
  body: undefined,
  reply: { status: 200, schema: page(tasks.taskRow) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query:byDue', 'Query:byPriority', 'Query:byCreated', 'Query:byUpdated'] },
  // Of somebody in two groups; in none it is one round trip of six calls.
  budget: { depth: 2, calls: 16, readUnits: 34, writeUnits: 0 },
})

export const listSharedTasks = route({
  name: 'listSharedTasks',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/members/{userId}/shared-tasks',
  summary: 'List the tasks shared with a member one by one',
  description: `${listNote} \`@me\` stands for the caller.`,
  tag,
  access: { kind: 'member', action: 'task.read' },
  params: z.strictObject({ workspaceId, userId: z.union([userId, z.literal('@me')]) }),
  query: listQuery,
  body: undefined,
  reply: { status: 200, schema: page(tasks.taskRow) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query:byDue', 'Query:byPriority', 'Query:byCreated', 'Query:byUpdated'] },
  budget: { depth: 1, calls: 6, readUnits: 8, writeUnits: 0 },
})

export const getTask = route({
  name: 'getTask',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}',
  summary: 'Read a task',
  tag,
  access: { kind: 'member', action: 'task.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: tasks.task },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const findTask = route({
  name: 'findTask',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/task-keys/{key}',
  summary: 'Find a task by its human id',
  tag,
  // Whether the caller may read the task shows once it has been found.
  access: { kind: 'member', action: 'workspace.read' },
  params: z.strictObject({ workspaceId, key: taskKey }),
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: z.strictObject({ id: taskId, key: taskKey }) },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const editTask = route({
  name: 'editTask',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}',
  summary: 'Edit a task',
  description:
    'JSON Merge Patch. A stale If-Match merges when the edited fields are disjoint; otherwise 412 with base, mine and theirs. `scope` says whether an edit of a task that recurs is about this occurrence or about the following ones too; without it, moving due or start is about this one, everything else about all.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: z.strictObject({ scope: z.optional(z.enum(tasks.scopes)) }),
  body: tasks.taskPatch,
  reply: { status: 200, schema: tasks.task },
  problems: ['precondition-failed', 'conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 7, writeUnits: 15 },
})

export const completeTask = route({
  name: 'completeTask',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/complete',
  summary: 'Complete a task',
  description: 'Completing a task that is done already changes nothing and answers the same.',
  tag,
  access: { kind: 'member', action: 'task.complete' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: tasks.task },
  problems: ['precondition-failed', 'idempotency-mismatch'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 14 },
})

export const delegateTask = route({
  name: 'delegateTask',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/delegate',
  summary: 'Hand an assignment on to somebody else',
  description:
    'Of the caller, or of `from` for those who may assign any task. The note and the chain of hands stand in the history.',
  tag,
  access: { kind: 'member', action: 'task.assign' },
  params,
  query: nothing,
  body: tasks.delegation,
  reply: { status: 200, schema: tasks.task },
  problems: ['conflict', 'precondition-failed', 'idempotency-mismatch'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 14 },
})

export const deleteTask = route({
  name: 'deleteTask',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}',
  summary: 'Delete a task',
  description: 'Moves it to the trash, where it is purged after 30 days. Deleting it again answers 404.',
  tag,
  access: { kind: 'member', action: 'task.delete' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 14 },
})

export const listTaskHistory = route({
  name: 'listTaskHistory',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/history',
  summary: 'List what happened to a task and to its comments, newest first',
  description: 'Follows the writes by a moment.',
  tag,
  access: { kind: 'member', action: 'task.read' },
  params,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(taskHappening) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 3, readUnits: 30, writeUnits: 0 },
})

export const verifyTaskHistory = route({
  name: 'verifyTaskHistory',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/history:verify',
  summary: 'Check that the history of a task is as it was written',
  description:
    'From the newest entry on, up to 50 changes and 50 events of comments in one call, each against the log of the workspace; `next` goes on from there.',
  tag,
  access: { kind: 'member', action: 'task.read' },
  params,
  query: z.strictObject({ cursor: paging.cursor }),
  body: undefined,
  reply: { status: 200, schema: taskVerification },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 2, calls: 4, readUnits: 80, writeUnits: 0 },
})
