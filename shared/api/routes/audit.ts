import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import * as audit from '../schemas/audit.ts'
import { workspaceId } from '../schemas/ids.ts'
import { page, paging } from '../schemas/list.ts'

const tag = 'audit'
const params = z.strictObject({ workspaceId })

export const listAudit = route({
  name: 'listAudit',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/audit',
  summary: 'List who did what to the workspace, its members and their access',
  description:
    'The newest first. A page by `type` or `actor` looks at no more than 500 entries: it may be shorter than its limit, even empty, and go on all the same. The log trails by a moment.',
  tag,
  access: { kind: 'member', action: 'audit.read' },
  params,
  query: z.strictObject({ ...paging, ...audit.auditFilters }),
  body: undefined,
  reply: { status: 200, schema: page(audit.auditEntry) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 11, writeUnits: 0 },
})

export const verifyAudit = route({
  name: 'verifyAudit',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/audit:verify',
  summary: 'Check that the audit log is as it was written',
  description:
    'From the oldest entry on, up to 500 in one call; `next` goes on from there. The whole log is verified when every call up to the last has answered `valid: true`.',
  tag,
  access: { kind: 'member', action: 'audit.read' },
  params,
  query: z.strictObject({ cursor: paging.cursor }),
  body: undefined,
  reply: { status: 200, schema: audit.verification },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 23, writeUnits: 0 },
})

export const verifyHistory = route({
  name: 'verifyHistory',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/history:verify',
  summary: 'Check that all that has happened in the workspace is as it was written',
  description:
    'Changes of tasks, comments and the audit log, from the oldest event on, up to 200 in one call; `next` goes on from there. All of it is verified when every call up to the last has answered `valid: true`.',
  tag,
  access: { kind: 'member', action: 'audit.read' },
  params,
  query: z.strictObject({ cursor: paging.cursor }),
  body: undefined,
  reply: { status: 200, schema: audit.verification },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 30, writeUnits: 0 },
})
