import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import * as attachments from '../schemas/attachments.ts'
import { attachmentId, taskId, workspaceId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import { attachment } from '../schemas/task.ts'

const tag = 'attachments'
const ofTask = z.strictObject({ workspaceId, taskId })
const params = z.strictObject({ workspaceId, taskId, attachmentId })

export const offerAttachment = route({
  name: 'offerAttachment',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/attachments',
  summary: 'Begin to attach a file',
  description:
    'Answers the request that uploads the file, good for 15 minutes and one upload of exactly this length and type. Nothing is attached until it is completed; an upload that is not is dropped after a day.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params: ofTask,
  query: nothing,
  body: attachments.attachmentOffer,
  reply: { status: 201, schema: attachments.uploadOffer },
  problems: ['conflict', 'idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'TransactWriteItems'], files: ['Upload'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 2 },
})

export const completeAttachment = route({
  name: 'completeAttachment',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/attachments/{attachmentId}/complete',
  summary: 'Attach an uploaded file',
  description:
    'Completing again answers the same. A deleted attachment can be completed again while its ticket lasts.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: nothing,
  body: attachments.completion,
  reply: { status: 200, schema: attachment },
  problems: ['conflict', 'upload-missing', 'upload-mismatch'],
  uses: { table: ['BatchGetItem', 'PutItem'], files: ['Accept'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})

export const downloadAttachment = route({
  name: 'downloadAttachment',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/attachments/{attachmentId}/download',
  summary: 'Get an address to download an attachment from',
  description:
    'To be followed within five seconds, by anybody who has it; a download that has begun goes on. Files are downloads in any browser, never pages.',
  tag,
  access: { kind: 'member', action: 'task.read' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: attachments.downloadOffer },
  problems: [],
  uses: { table: ['BatchGetItem'], files: ['Download'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const deleteAttachment = route({
  name: 'deleteAttachment',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/tasks/{taskId}/attachments/{attachmentId}',
  summary: 'Delete an attachment',
  description: 'The file itself is gone a moment later, for good: neither undo nor restore brings it back.',
  tag,
  access: { kind: 'member', action: 'task.edit' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: [],
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 4, writeUnits: 5 },
})
