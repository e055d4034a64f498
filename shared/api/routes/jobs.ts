import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { jobId, workspaceId } from '../schemas/ids.ts'
import * as jobs from '../schemas/jobs.ts'
import { nothing, page, paging } from '../schemas/list.ts'

const tag = 'jobs'
const inWorkspace = z.strictObject({ workspaceId })
const params = z.strictObject({ workspaceId, jobId })

export const batchTasks = route({
  name: 'batchTasks',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks:batch',
  summary: 'Change up to a hundred tasks at once',
  description:
    'All operations or none: the first that is refused refuses the batch, and `errors` say which it was. ' +
    'Each is allowed to whom the route for one task allows it; `expected` counts as If-Match there does.',
  tag,
  access: { kind: 'member', action: 'task.read' },
  params: inWorkspace,
  query: nothing,
  body: jobs.taskBatch,
  reply: { status: 200, schema: jobs.taskBatchResult },
  problems: ['forbidden', 'conflict', 'precondition-failed', 'idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'Query', 'PutItem', 'TransactWriteItems'] },
  // Twenty tasks that move in their lists: a transaction costs twice what its writes cost by themselves.
  budget: { depth: 2, calls: 2, readUnits: 30, writeUnits: 340 },
})

export const createJob = route({
  name: 'createJob',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/jobs',
  summary: 'Start a job that changes up to ten thousand tasks',
  description:
    'The tasks are changed one by one in the background, each with the rights that the caller has then. ' +
    'A dry run says what would become of each and changes none.',
  tag,
  access: { kind: 'member', action: 'job.create' },
  params: inWorkspace,
  query: nothing,
  body: jobs.jobCreate,
  maxBodyBytes: 1024 * 1024,
  reply: { status: 202, schema: jobs.job },
  problems: ['forbidden', 'idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 30 },
})

export const deleteAllTasks = route({
  name: 'deleteAllTasks',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks:deleteAll',
  summary: 'Move all tasks of a workspace into the trash',
  description: 'A job as well. `confirm` must be the name of the workspace, letter for letter.',
  tag,
  access: { kind: 'member', action: 'workspace.deleteTasks' },
  params: inWorkspace,
  query: nothing,
  body: jobs.deleteAll,
  reply: { status: 202, schema: jobs.job },
  problems: ['idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 6 },
})

export const getJob = route({
  name: 'getJob',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/jobs/{jobId}',
  summary: 'Read how far a job has come',
  tag,
  access: { kind: 'member', action: 'job.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: jobs.job },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 5, writeUnits: 0 },
})

export const listJobResults = route({
  name: 'listJobResults',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/jobs/{jobId}/results',
  summary: 'List what became of each task of a job',
  description: 'In the order in which the tasks were named. A page may hold fewer than `limit`.',
  tag,
  access: { kind: 'member', action: 'job.read' },
  params,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(jobs.jobResult) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 14, writeUnits: 0 },
})

export const cancelJob = route({
  name: 'cancelJob',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/jobs/{jobId}/cancel',
  summary: 'Cancel a job',
  description: 'What is done stays done; the rest is left as it is. Cancelling again changes nothing.',
  tag,
  access: { kind: 'member', action: 'job.cancel' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 204, schema: undefined },
  problems: [],
  uses: { table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 1 },
})
