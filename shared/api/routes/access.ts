import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import * as access from '../schemas/access.ts'
import { projectId, userId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'

const tag = 'access'
const params = z.strictObject({ workspaceId, projectId, userId })

export const listProjectMembers = route({
  name: 'listProjectMembers',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/members',
  summary: 'List who has which role in a project',
  description: 'Those who may see the project, each with the role that counts there.',
  tag,
  access: { kind: 'member', action: 'member.read' },
  params: z.strictObject({ workspaceId, projectId }),
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(access.projectMember) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 10, writeUnits: 0 },
})

export const setProjectRole = route({
  name: 'setProjectRole',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/members/{userId}',
  summary: 'Give a member another role in a project',
  description:
    'It takes the place of the role in the workspace there, be it weaker or stronger. Owners and admins have the same role everywhere.',
  tag,
  access: { kind: 'member', action: 'project.edit' },
  params,
  query: nothing,
  body: access.projectRoleSet,
  reply: { status: 200, schema: access.projectMember },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 2 },
})

export const removeProjectRole = route({
  name: 'removeProjectRole',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/members/{userId}',
  summary: 'Let the role in the workspace count in a project again',
  tag,
  access: { kind: 'member', action: 'project.edit' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 2 },
})

export const explainPermissions = route({
  name: 'explainPermissions',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/permissions:explain',
  summary: 'Say which rule lets or stops somebody',
  description: 'Of the caller, or of anybody for those who may edit members..',
  tag,
  access: { kind: 'member', action: 'workspace.read' },
  params: z.strictObject({ workspaceId }),
  query: access.explainQuery,
  body: undefined,
  reply: { status: 200, schema: access.explanation },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 6, writeUnits: 0 },
})
