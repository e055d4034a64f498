import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { invitationId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'
import * as people from '../schemas/people.ts'

const tag = 'invitations'
const params = z.strictObject({ workspaceId })

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
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})

export const listInvitations = route({
  name: 'listInvitations',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/invitations',
  summary: 'List the invitations that wait to be accepted',
  description:
    'Of an address it shows the first character and the domain. A page may be shorter than its limit.',
  tag,
  access: { kind: 'member', action: 'member.invite' },
  params,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(people.openInvitation) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 4, writeUnits: 0 },
})

export const revokeInvitation = route({
  name: 'revokeInvitation',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/invitations/{invitationId}',
  summary: 'Take an invitation back',
  tag,
  access: { kind: 'member', action: 'member.invite' },
  params: z.strictObject({ workspaceId, invitationId }),
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: [],
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 2 },
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
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const acceptInvitation = route({
  name: 'acceptInvitation',
  method: 'POST',
  path: '/v1/me/invitations/{workspaceId}/{invitationId}/accept',
  summary: 'Accept an invitation',
  description:
    'The verified address of the account must be the one invited. Valid once, as long as whoever invited may do so, and not for who has been taken out or has left since it was made.',
  tag,
  access: { kind: 'session', reason: 'the verified address of the caller is compared with the invited one' },
  params: z.strictObject({ workspaceId, invitationId }),
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: people.membership },
  problems: ['not-found', 'conflict'],
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  // An invitation falls with the right of its inviter, whom only the invitation names.
  budget: { depth: 3, calls: 3, readUnits: 6, writeUnits: 8 },
})
