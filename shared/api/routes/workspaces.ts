import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { invitationId, userId, workspaceId } from '../schemas/ids.ts'
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
  // The workspace and its first owner stand or fall together: the one transaction of this group.
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

export const listMembers = route({
  name: 'listMembers',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/members',
  summary: 'List the members',
  tag,
  access: { kind: 'member', action: 'member.read' },
  params,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(people.member) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 8, writeUnits: 0 },
})

export const editMember = route({
  name: 'editMember',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/members/{userId}',
  summary: 'Give a member another role',
  description: 'Only owners make or unmake owners; the last owner keeps the role.',
  tag,
  access: { kind: 'member', action: 'member.edit' },
  params: z.strictObject({ workspaceId, userId }),
  query: nothing,
  body: people.memberPatch,
  reply: { status: 200, schema: people.member },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems', 'UpdateItem'] },
  // The number of owners and the role change together, so that two demotions at once cannot both pass.
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
})

export const invite = route({
  name: 'invite',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/invitations',
  summary: 'Invite somebody by mail address',
  description: 'Answers the same whether or not the address has an account. Valid for 14 days.',
  tag,
  access: { kind: 'member', action: 'member.invite' },
  params,
  query: nothing,
  body: people.invitationCreate,
  reply: { status: 201, schema: people.invitation },
  problems: ['idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 4 },
})

export const getInvitation = route({
  name: 'getInvitation',
  method: 'GET',
  path: '/v1/me/invitations/{workspaceId}/{invitationId}',
  summary: 'Read an invitation to my verified address',
  tag,
  access: { kind: 'session', reason: 'the verified address of the caller is compared with the invited one' },
  params: z.strictObject({ workspaceId, invitationId }),
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: people.invitation },
  problems: ['not-found'],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 3, writeUnits: 0 },
})

export const acceptInvitation = route({
  name: 'acceptInvitation',
  method: 'POST',
  path: '/v1/me/invitations/{workspaceId}/{invitationId}/accept',
  summary: 'Accept an invitation',
  description: 'The verified address of the account must be the one invited. Valid once.',
  tag,
  access: { kind: 'session', reason: 'the verified address of the caller is compared with the invited one' },
  params: z.strictObject({ workspaceId, invitationId }),
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: people.membership },
  problems: ['not-found', 'conflict'],
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})
