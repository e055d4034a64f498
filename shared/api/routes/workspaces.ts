import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'
import * as people from '../schemas/people.ts'

const tag = 'workspaces'
const params = z.strictObject({ workspaceId })

export const createWorkspace = route({
  name: 'createWorkspace',
  method: 'POST',
  path: '/v1/workspaces',
  summary: 'Create a workspace and become its owner',
  tag,
  access: { kind: 'session', reason: 'anybody who is signed in may found a workspace' },
  params: nothing,
  query: nothing,
  body: people.workspaceCreate,
  reply: { status: 201, schema: people.workspace },
  problems: ['idempotency-mismatch'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  // The workspace and its first owner stand or fall together.
  budget: { depth: 2, calls: 2, readUnits: 2, writeUnits: 7 },
})

export const listWorkspaces = route({
  name: 'listWorkspaces',
  method: 'GET',
  path: '/v1/workspaces',
  summary: 'List the workspaces I belong to',
  tag,
  access: { kind: 'session', reason: 'lists only memberships of the caller', tokens: 'unbound' },
  params: nothing,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(people.membership) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query:byPerson'] },
  budget: { depth: 1, calls: 2, readUnits: 6, writeUnits: 0 },
})

export const getWorkspace = route({
  name: 'getWorkspace',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}',
  summary: 'Read a workspace',
  tag,
  access: { kind: 'member', action: 'workspace.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: people.workspace },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const editWorkspace = route({
  name: 'editWorkspace',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}',
  summary: 'Rename a workspace or move it to another time zone',
  tag,
  access: { kind: 'member', action: 'workspace.edit' },
  params,
  query: nothing,
  body: people.workspacePatch,
  reply: { status: 200, schema: people.workspace },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 1 },
})
