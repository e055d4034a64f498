import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { templateId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'
import * as schemas from '../schemas/templates.ts'

const tag = 'templates'
const inWorkspace = z.strictObject({ workspaceId })
const params = z.strictObject({ workspaceId, templateId })

export const createTemplate = route({
  name: 'createTemplate',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/templates',
  summary: 'Create a template',
  description:
    'From a list of tasks, from a task with its subtasks, or from the open tasks of a project; 100 tasks and 200 KB at most. Of what exists, dates are kept as days after the earliest of them; people’s own reminders, reminders at fixed times, time, files and links are left out.',
  tag,
  access: { kind: 'member', action: 'template.create' },
  params: inWorkspace,
  query: nothing,
  body: schemas.templateCreate,
  reply: { status: 201, schema: schemas.template },
  problems: ['conflict', 'idempotency-mismatch'],
  etag: true,
  uses: { table: ['BatchGetItem', 'Query', 'Query:byRank', 'TransactWriteItems'] },
  // The people whom it names are read with the caller.
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 15 },
})

export const listTemplates = route({
  name: 'listTemplates',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/templates',
  summary: 'List the templates',
  tag,
  access: { kind: 'member', action: 'template.read' },
  params: inWorkspace,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(schemas.templateRow) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 42, writeUnits: 0 },
})

export const getTemplate = route({
  name: 'getTemplate',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/templates/{templateId}',
  summary: 'Get a template',
  tag,
  access: { kind: 'member', action: 'template.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: schemas.template },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const editTemplate = route({
  name: 'editTemplate',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/templates/{templateId}',
  summary: 'Edit a template',
  description: '`tasks` is the whole list. What was made of the template stays as it is.',
  tag,
  access: { kind: 'member', action: 'template.edit' },
  params,
  query: nothing,
  body: schemas.templatePatch,
  reply: { status: 200, schema: schemas.template },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 4 },
})

export const deleteTemplate = route({
  name: 'deleteTemplate',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/templates/{templateId}',
  summary: 'Delete a template',
  description: 'For good. What was made of it stays.',
  tag,
  access: { kind: 'member', action: 'template.delete' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'DeleteItem'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 4 },
})

export const applyTemplate = route({
  name: 'applyTemplate',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/templates/{templateId}/use',
  summary: 'Make tasks of a template',
  description:
    'In a project, or, of a template of kind project, in a new one: all tasks or none. Dates are counted by the calendar from `startDate`. People who have left the workspace and custom fields that the project does not have are left out. A new project is made first: should the request be cut off behind it, the same request with the same Idempotency-Key makes the tasks.',
  tag,
  access: { kind: 'member', action: 'template.use' },
  params,
  query: nothing,
  body: schemas.templateUse,
  reply: { status: 201, schema: schemas.templateMade },
  problems: ['conflict', 'idempotency-mismatch', 'in-progress'],
  uses: { table: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'TransactWriteItems'] },
  // The template is read, then the people whom it names. Ten tasks; each claims its number.
  budget: { depth: 3, calls: 14, readUnits: 12, writeUnits: 110 },
})
