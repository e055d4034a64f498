import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { projectId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'
import * as schemas from '../schemas/project.ts'
import { statistics } from '../schemas/record.ts'

const tag = 'projects'
const inWorkspace = z.strictObject({ workspaceId })
const params = z.strictObject({ workspaceId, projectId })

export const createProject = route({
  name: 'createProject',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/projects',
  summary: 'Create a project',
  description: 'Its key begins the human ids of its tasks (`OPS-42`) and is unique in the workspace.',
  tag,
  access: { kind: 'member', action: 'project.create' },
  params: inWorkspace,
  query: nothing,
  body: schemas.projectCreate,
  reply: { status: 201, schema: schemas.project },
  problems: ['conflict', 'idempotency-mismatch'],
  etag: true,
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
  // A unique name: the key and the project are written together.
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 10 },
})

export const listProjects = route({
  name: 'listProjects',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/projects',
  summary: 'List the projects',
  tag,
  access: { kind: 'member', action: 'project.read' },
  params: inWorkspace,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(schemas.project) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 17, writeUnits: 0 },
})

export const getProject = route({
  name: 'getProject',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}',
  summary: 'Read a project',
  tag,
  access: { kind: 'member', action: 'project.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: schemas.project },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const editProject = route({
  name: 'editProject',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}',
  summary: 'Edit a project',
  description:
    'JSON Merge Patch. `columns` replaces the board: those with an id stay, with their status and perhaps another name; the others are new. Each status keeps a column. Tasks of a column that is gone stand in the first of their status.',
  tag,
  access: { kind: 'member', action: 'project.edit' },
  params,
  query: nothing,
  body: schemas.projectPatch,
  reply: { status: 200, schema: schemas.project },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 2 },
})

export const getStatistics = route({
  name: 'getStatistics',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/statistics',
  summary: 'Count the tasks of the workspace by status and priority',
  tag,
  access: { kind: 'member', action: 'statistics.read' },
  params: inWorkspace,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: statistics },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const getProjectStatistics = route({
  name: 'getProjectStatistics',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/projects/{projectId}/statistics',
  summary: 'Count the tasks of a project by status and priority',
  tag,
  access: { kind: 'member', action: 'statistics.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: statistics },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 5, writeUnits: 0 },
})
