import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { tokenId } from '../schemas/ids.ts'
import { nothing } from '../schemas/list.ts'
import * as tokens from '../schemas/tokens.ts'

const tag = 'tokens'
const params = z.strictObject({ tokenId })

export const createToken = route({
  name: 'createToken',
  method: 'POST',
  path: '/v1/me/tokens',
  summary: 'Make a personal access token',
  description:
    'For programs that act in my name. The answer is the only one that shows it. It does what its scopes say as far as my role allows it, in one workspace or in all of mine, and never more than I may; it makes no tokens and no sessions, and changes no password. At most fifty at a time. It ends when it expires or is revoked, when all my sessions are ended, and when my password changes.',
  tag,
  access: { kind: 'session', reason: 'makes only tokens of the caller' },
  params: nothing,
  query: nothing,
  body: tokens.tokenCreate,
  reply: { status: 201, schema: tokens.tokenMade },
  problems: ['conflict', 'idempotency-mismatch'],
  uses: { table: ['BatchGetItem', 'Query', 'TransactWriteItems'] },
  budget: { depth: 2, calls: 3, readUnits: 4, writeUnits: 4 },
})

export const listTokens = route({
  name: 'listTokens',
  method: 'GET',
  path: '/v1/me/tokens',
  summary: 'List my personal access tokens',
  description: 'All that have not expired, the newest first; without the tokens themselves.',
  tag,
  access: { kind: 'session', reason: 'lists only tokens of the caller' },
  params: nothing,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: tokens.tokenList },
  problems: [],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 3, writeUnits: 0 },
})

export const getToken = route({
  name: 'getToken',
  method: 'GET',
  path: '/v1/me/tokens/{tokenId}',
  summary: 'Read what one of my personal access tokens may do',
  tag,
  access: { kind: 'session', reason: 'reads only a token of the caller' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: tokens.tokenRow },
  problems: [],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 1, calls: 2, readUnits: 3, writeUnits: 0 },
})

export const revokeToken = route({
  name: 'revokeToken',
  method: 'DELETE',
  path: '/v1/me/tokens/{tokenId}',
  summary: 'End one of my personal access tokens at once',
  tag,
  access: { kind: 'session', reason: 'ends only a token of the caller' },
  params,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: [],
  uses: { table: ['BatchGetItem', 'Query', 'DeleteItem'] },
  budget: { depth: 2, calls: 3, readUnits: 3, writeUnits: 2 },
})
