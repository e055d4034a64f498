import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { customFieldId, projectId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import { customFieldCreate, customFieldPatch, project } from '../schemas/project.ts'

const tag = 'projects'
const inProject = z.strictObject({ workspaceId, projectId })
const params = z.strictObject({ workspaceId, projectId, fieldId: customFieldId })

export const createCustomField = route({
  name: 'createCustomField',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/custom-fields',
  summary: 'Declare a custom field',
  description:
    'Answers the project. The type stays for good. Tasks that are created through their own route need a value where it is `required`.',
  tag,
  access: { kind: 'member', action: 'project.edit' },
  params: inProject,
  query: nothing,
  body: customFieldCreate,
  reply: { status: 201, schema: project },
  problems: ['conflict', 'idempotency-mismatch'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  // Project and field are written together, so that neither knows of a field that the other does not.
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 8 },
})

export const editCustomField = route({
  name: 'editCustomField',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/custom-fields/{fieldId}',
  summary: 'Edit a custom field',
  description: 'Answers the project. Tasks keep a value whose option is gone, until they get another.',
  tag,
  access: { kind: 'member', action: 'project.edit' },
  params,
  query: nothing,
  body: customFieldPatch,
  reply: { status: 200, schema: project },
  problems: ['conflict', 'precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 6 },
})

export const deleteCustomField = route({
  name: 'deleteCustomField',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/custom-fields/{fieldId}',
  summary: 'Delete a custom field',
  description:
    'Tasks keep their values of it and go on showing them; they may be cleared, and never set again.',
  tag,
  access: { kind: 'member', action: 'project.edit' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 6 },
})
