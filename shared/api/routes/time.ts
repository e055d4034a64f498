import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { taskId, timeEntryId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import {
  timeEntryCreate,
  timeEntryOfTask,
  timeEntryPatch,
  timerStart,
  timerState,
} from '../schemas/timeEntry.ts'

const tag = 'time'
const ofTask = z.strictObject({ workspaceId, taskId })
const params = z.strictObject({ workspaceId, taskId, timeEntryId })
const others = 'Time of others is for those who may `task.timeOfOthers`.'
const merging = 'A stale If-Match is refused only when somebody else has changed this very entry since.'

export const startTimer = route({
  name: 'startTimer',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/timer/start',
  summary: 'Start my timer on a task',
  description:
    'One runs for each person in a workspace: 409 names the one that does. Deleting its task ends it.',
  tag,
  access: { kind: 'member', action: 'task.time' },
  params: ofTask,
  query: nothing,
  body: timerStart,
  reply: { status: 201, schema: timeEntryOfTask },
  problems: ['conflict', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems', 'Query'] },
  // One running timer for each person: the task and the person's slot are written together.
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 11 },
})

export const stopTimer = route({
  name: 'stopTimer',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/timer/stop',
  summary: 'Stop my timer on a task',
  description: 'Rounded to the nearest minute, and at least one.',
  tag,
  access: { kind: 'member', action: 'task.time' },
  params: ofTask,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: timeEntryOfTask },
  problems: ['conflict', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'TransactWriteItems', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 11 },
})

export const getTimer = route({
  name: 'getTimer',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/members/{userId}/timer',
  summary: 'See which of my timers runs',
  description: 'Of `@me` alone. Trails by a moment when a timer ended with its task or by an edit.',
  tag,
  access: { kind: 'member', action: 'task.time' },
  params: z.strictObject({ workspaceId, userId: z.literal('@me') }),
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: timerState },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const addTimeEntry = route({
  name: 'addTimeEntry',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/time-entries',
  summary: 'Add time spent on a task',
  description: `Mine, unless \`userId\` says whose. ${others} Without \`startedAt\` it has just ended.`,
  tag,
  access: { kind: 'member', action: 'task.time' },
  params: ofTask,
  query: nothing,
  body: timeEntryCreate,
  reply: { status: 201, schema: timeEntryOfTask },
  problems: ['conflict', 'idempotency-mismatch', 'in-progress'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
})

export const editTimeEntry = route({
  name: 'editTimeEntry',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/time-entries/{timeEntryId}',
  summary: 'Correct time spent on a task',
  description: `\`minutes\` end an entry that runs. ${others} ${merging}`,
  tag,
  access: { kind: 'member', action: 'task.time' },
  params,
  query: nothing,
  body: timeEntryPatch,
  reply: { status: 200, schema: timeEntryOfTask },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})

export const deleteTimeEntry = route({
  name: 'deleteTimeEntry',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/time-entries/{timeEntryId}',
  summary: 'Delete time spent on a task',
  description: `${others} ${merging}`,
  tag,
  access: { kind: 'member', action: 'task.time' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})
