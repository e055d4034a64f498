import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { exportId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import * as privacy from '../schemas/privacy.ts'
import { throttles } from '../throttles.ts'

const tag = 'account'

export const createExport = route({
  name: 'createExport',
  method: 'POST',
  path: '/v1/me/exports',
  summary: 'Ask for a copy of all my data',
  description:
    'It is built in the background. One at a time, and three a day; each is kept for seven days. What it holds of a workspace is what the caller may read there while it is built.',
  tag,
  access: {
    kind: 'session',
    reason: 'copies only what is the caller’s own, or what they may read and took part in',
  },
  params: nothing,
  query: nothing,
  body: nothing,
  reply: { status: 202, schema: privacy.exportReply },
  problems: ['conflict', 'idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 3, writeUnits: 1 },
})

export const getExport = route({
  name: 'getExport',
  method: 'GET',
  path: '/v1/me/exports/{exportId}',
  summary: 'See whether my export is ready, and where to download it',
  tag,
  access: { kind: 'session', reason: 'reads only exports of the caller' },
  params: z.strictObject({ exportId }),
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: privacy.exportReply },
  problems: [],
  uses: { table: ['BatchGetItem'], files: ['DownloadExport'] },
  budget: { depth: 1, calls: 1, readUnits: 3, writeUnits: 0 },
})

export const deleteMe = route({
  name: 'deleteMe',
  method: 'DELETE',
  path: '/v1/me',
  summary: 'Delete my account',
  description:
    'Takes a code or a recovery code as well where a second factor is on. All sessions and tokens end at once and for good; within minutes name and address are gone everywhere, and the address may open a new account. ' +
    'Tasks stay with their teams. Refused as long as the caller is the last active owner of a workspace: `workspaces` of the problem names them.',
  tag,
  access: { kind: 'session', reason: 'deletes only the account of the caller, who proves the password' },
  params: nothing,
  query: nothing,
  body: privacy.accountDeletion,
  reply: { status: 204, schema: undefined },
  problems: ['wrong-credentials', 'mfa-required', 'invalid-code', 'conflict'],
  refreshCookie: ['cleared'],
  throttle: throttles.password,
  uses: {
    identity: ['AdminSetUserMFAPreference'],
    table: ['BatchGetItem', 'Query:byPerson', 'UpdateItem', 'TransactWriteItems'],
  },
  // Of somebody who owns nothing. Ownerships are read twice more, and given up in the same transaction.
  budget: { depth: 5, calls: 7, readUnits: 3, writeUnits: 5 },
})
