import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { workspaceId } from '../schemas/ids.ts'
import { paging } from '../schemas/list.ts'
import { scheduledReminders } from '../schemas/reminders.ts'

export const listReminders = route({
  name: 'listReminders',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/reminders',
  summary: 'List what is scheduled for me',
  description:
    'Soonest first: reminders that are for me alone, and those for all and the times of the due date of tasks that are assigned to me, by name or to a group I am in, or that I made and that are assigned to nobody. Of open tasks that I may read now. At most 300 of my tasks are looked at, and 300 of my groups; `complete` is false where there are more, which may then be missing. Follows the writes by a moment, and says nothing of preferences.',
  tag: 'notifications',
  access: { kind: 'member', action: 'workspace.read' },
  params: z.strictObject({ workspaceId }),
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: scheduledReminders },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  // Of somebody in two groups with 166 open tasks.
  budget: { depth: 2, calls: 4, readUnits: 60, writeUnits: 0 },
})
