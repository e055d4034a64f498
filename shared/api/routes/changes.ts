import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { changes, changesQuery } from '../schemas/changes.ts'
import { workspaceId } from '../schemas/ids.ts'

export const listChanges = route({
  name: 'listChanges',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/changes',
  summary: 'List what has happened since a number of the workspace’s sequence',
  description:
    'In order, and without gaps: the answer stands for all numbers behind `since` up to `upTo`, although I see only what I may. Without `since` it tells where the sequence stands: take that first, then the lists, then go on from there. `task.hidden` tells to forget a task, `access.changed` to take the lists anew. The last thirty days; `gone` says where to begin after more.',
  tag: 'changes',
  access: { kind: 'member', action: 'workspace.read' },
  params: z.strictObject({ workspaceId }),
  query: changesQuery,
  body: undefined,
  reply: { status: 200, schema: changes },
  problems: ['gone'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 2, calls: 3, readUnits: 73, writeUnits: 0 },
})
