import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { liveTicket } from '../live.ts'
import { workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'

export const createLiveTicket = route({
  name: 'createLiveTicket',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/live-tickets',
  summary: 'Get a ticket for one live connection to the workspace',
  description:
    'Good once and for a minute. Open a WebSocket at `url` and offer the subprotocols `duely.v1` and `ticket.` with the ticket behind it.',
  tag: 'live',
  access: { kind: 'member', action: 'workspace.read' },
  params: z.strictObject({ workspaceId }),
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: liveTicket },
  problems: [],
  uses: { table: ['BatchGetItem'], live: ['Address'] },
  budget: { depth: 1, calls: 1, readUnits: 3, writeUnits: 0 },
})
