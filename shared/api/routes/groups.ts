import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import * as groups from '../schemas/groups.ts'
import { groupId, taskId, userId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'

const tag = 'groups'
const inWorkspace = z.strictObject({ workspaceId })
const params = z.strictObject({ workspaceId, groupId })
const ofMember = z.strictObject({ workspaceId, groupId, userId })

export const createGroup = route({
  name: 'createGroup',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/groups',
  summary: 'Create a group',
  description:
    'Tasks can be assigned to it. No two groups of a workspace have the same name, however it is written; there are 100 at most.',
  tag,
  access: { kind: 'member', action: 'group.create' },
  params: inWorkspace,
  query: nothing,
  body: groups.groupCreate,
  reply: { status: 201, schema: groups.group },
  problems: ['conflict', 'idempotency-mismatch'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 6, writeUnits: 8 },
})

export const listGroups = route({
  name: 'listGroups',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/groups',
  summary: 'List the groups',
  tag,
  access: { kind: 'member', action: 'group.read' },
  params: inWorkspace,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(groups.group) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 8, writeUnits: 0 },
})

export const getGroup = route({
  name: 'getGroup',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/groups/{groupId}',
  summary: 'Get a group',
  tag,
  access: { kind: 'member', action: 'group.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: groups.group },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const editGroup = route({
  name: 'editGroup',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/groups/{groupId}',
  summary: 'Rename a group',
  tag,
  access: { kind: 'member', action: 'group.edit' },
  params,
  query: nothing,
  body: groups.groupPatch,
  reply: { status: 200, schema: groups.group },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  // With the names of 55 groups; of a hundred they come to some 10 KB.
  budget: { depth: 2, calls: 2, readUnits: 6, writeUnits: 4 },
})

export const deleteGroup = route({
  name: 'deleteGroup',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/groups/{groupId}',
  summary: 'Delete a group',
  description:
    'For good. A moment later nobody is in it any more. Tasks keep its id, which stands for nobody then.',
  tag,
  access: { kind: 'member', action: 'group.delete' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 6, writeUnits: 6 },
})

export const listGroupMembers = route({
  name: 'listGroupMembers',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/groups/{groupId}/members',
  summary: 'List who is in a group',
  description: 'Those who are suspended are left out, so that a page may be shorter than its limit.',
  tag,
  access: { kind: 'member', action: 'group.read' },
  params,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(groups.groupMember) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  // The names are those of the members, which are read behind the page.
  budget: { depth: 2, calls: 3, readUnits: 60, writeUnits: 0 },
})

export const addGroupMember = route({
  name: 'addGroupMember',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/groups/{groupId}/members/{userId}',
  summary: 'Put a member into a group',
  description:
    'From then on whatever is assigned to the group is assigned to the member, also what was so before. A group has 500 members at most, a person is in 50 groups at most.',
  tag,
  access: { kind: 'member', action: 'group.edit' },
  params: ofMember,
  query: nothing,
  body: nothing,
  reply: { status: 200, schema: groups.groupMember },
  problems: ['conflict'],
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  // Group, place in it and member: the member carries the groups, so that no other request reads them.
  budget: { depth: 2, calls: 2, readUnits: 6, writeUnits: 8 },
})

export const removeGroupMember = route({
  name: 'removeGroupMember',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/groups/{groupId}/members/{userId}',
  summary: 'Take a member out of a group',
  description: 'What is assigned to the group is no longer theirs. Whoever is not in it stays so.',
  tag,
  access: { kind: 'member', action: 'group.edit' },
  params: ofMember,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: [],
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 6, writeUnits: 8 },
})

export const listTaskGroups = route({
  name: 'listTaskGroups',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/assigned-groups',
  summary: 'Name the groups that a task is assigned to',
  description: 'For whoever may read the task, guests included. Groups that have been deleted are left out.',
  tag,
  access: { kind: 'member', action: 'task.read' },
  params: z.strictObject({ workspaceId, taskId }),
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: z.strictObject({ items: z.array(groups.groupName) }) },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 2, calls: 2, readUnits: 6, writeUnits: 0 },
})
