import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { projectId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import { quickAddBody, quickAddReply } from '../schemas/quickAdd.ts'

export const quickAdd = route({
  name: 'quickAdd',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/quick-add',
  summary: 'Make tasks of lines of text',
  description:
    'One task for each line, indented lines are subtasks: `Pay rent every 1st 9am !high @ana #home +finance //note`. The answer names what was recognised and where. As long as something was not understood nothing is made, unless `keepUnknown` leaves it in the titles; `dryRun` makes nothing at all. A line in quotes is a title as it is.',
  tag: 'tasks',
  access: { kind: 'member', action: 'task.create' },
  params: z.strictObject({ workspaceId, projectId }),
  query: nothing,
  body: quickAddBody,
  reply: { status: 200, schema: quickAddReply },
  problems: ['conflict', 'idempotency-mismatch', 'in-progress'],
  uses: { table: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'TransactWriteItems'] },
  // Of three lines. One that names another project has the last number of that one read before the write.
  budget: { depth: 2, calls: 7, readUnits: 20, writeUnits: 40 },
})
