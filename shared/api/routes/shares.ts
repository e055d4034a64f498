import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { shareSet } from '../schemas/access.ts'
import { taskId, userId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import { task } from '../schemas/task.ts'

const tag = 'access'
const params = z.strictObject({ workspaceId, taskId, userId })

export const shareTask = route({
  name: 'shareTask',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/shares/{userId}',
  summary: 'Share one task with a member',
  description:
    'Lets the member look at it (`view`) or work on it (`edit`), whatever the role says. Sharing it again sets the level.',
  tag,
  access: { kind: 'member', action: 'task.share' },
  params,
  query: nothing,
  body: shareSet,
  reply: { status: 200, schema: task },
  problems: ['conflict'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
})

export const unshareTask = route({
  name: 'unshareTask',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/shares/{userId}',
  summary: 'Stop sharing a task with a member',
  tag,
  access: { kind: 'member', action: 'task.share' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: [],
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})
