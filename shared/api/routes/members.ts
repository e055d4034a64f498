import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { userId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'
import * as people from '../schemas/people.ts'

const tag = 'members'
const params = z.strictObject({ workspaceId, userId })

export const listMembers = route({
  name: 'listMembers',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/members',
  summary: 'List the members',
  description: 'Owners and admins see those who are suspended, too.',
  tag,
  access: { kind: 'member', action: 'member.read' },
  params: z.strictObject({ workspaceId }),
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
  description: 'Only owners make or unmake owners; the last active one keeps the role.',
  tag,
  access: { kind: 'member', action: 'member.edit' },
  params,
  query: nothing,
  body: people.memberPatch,
  reply: { status: 200, schema: people.member },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems', 'UpdateItem'] },
  // The number of owners and the role change together, so that two demotions at once cannot both pass.
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
})

export const suspendMember = route({
  name: 'suspendMember',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/members/{userId}/suspend',
  summary: 'Suspend a member',
  description:
    'Who is suspended is answered as if they were no member, and gets no mails. Role and work stay. Owners are suspended by owners only, nobody by themselves, and the last active owner by nobody.',
  tag,
  access: { kind: 'member', action: 'member.suspend' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: people.member },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
})

export const reinstateMember = route({
  name: 'reinstateMember',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/members/{userId}/reinstate',
  summary: 'Let a suspended member in again',
  description: 'With the role from before. Owners are reinstated by owners only.',
  tag,
  access: { kind: 'member', action: 'member.suspend' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: people.member },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 5 },
})

export const transferOwnership = route({
  name: 'transferOwnership',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/members/{userId}/transfer-ownership',
  summary: 'Hand the workspace over',
  description: 'You become an admin and the other member an owner, both or none.',
  tag,
  access: { kind: 'member', action: 'member.edit' },
  params,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: people.member },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 6 },
})

export const removeMember = route({
  name: 'removeMember',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/members/{userId}',
  summary: 'Remove a member, or leave',
  description:
    '`@me` stands for the caller: everybody may leave but the last active owner. Owners are removed by owners only. Tasks stay as they are.',
  tag,
  access: { kind: 'member', action: 'member.remove' },
  params: z.strictObject({ workspaceId, userId: z.union([userId, z.literal('@me')]) }),
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  // Who did it is written together with the deletion.
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 7 },
})
