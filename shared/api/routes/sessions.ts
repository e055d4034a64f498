import { route } from '../declaration.ts'
import { nothing } from '../schemas/list.ts'
import * as people from '../schemas/people.ts'

const tag = 'account'

export const signIn = route({
  name: 'signIn',
  method: 'POST',
  path: '/v1/auth/sign-in',
  summary: 'Sign in',
  tag,
  access: { kind: 'public', reason: 'the caller has no session yet' },
  params: nothing,
  query: nothing,
  body: people.credentials,
  reply: { status: 200, schema: people.tokens },
  problems: ['wrong-credentials', 'cross-site'],
  uses: { identity: [], table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 1, writeUnits: 1 },
})

export const refresh = route({
  name: 'refresh',
  method: 'POST',
  path: '/v1/auth/refresh',
  summary: 'Exchange the refresh token for a new access token',
  description: 'Takes the token from the body, or from the cookie on requests of our own origin.',
  tag,
  access: { kind: 'refresh', reason: 'the refresh token is the credential' },
  params: nothing,
  query: nothing,
  body: people.refreshRequest,
  reply: { status: 200, schema: people.tokens },
  problems: ['unauthenticated', 'cross-site'],
  uses: { identity: [], table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 2, writeUnits: 0 },
})

export const signOut = route({
  name: 'signOut',
  method: 'POST',
  path: '/v1/auth/sign-out',
  summary: 'End this session',
  tag,
  access: { kind: 'session', reason: 'ends only the session it is called with' },
  params: nothing,
  query: nothing,
  body: people.refreshRequest,
  reply: { status: 204, schema: undefined },
  problems: ['cross-site'],
  uses: { identity: [], table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 2, writeUnits: 1 },
})

export const signOutEverywhere = route({
  name: 'signOutEverywhere',
  method: 'POST',
  path: '/v1/auth/sign-out-everywhere',
  summary: 'End all my sessions',
  tag,
  access: { kind: 'session', reason: 'ends only sessions of the caller' },
  params: nothing,
  query: nothing,
  body: nothing,
  reply: { status: 204, schema: undefined },
  problems: [],
  uses: { identity: [], table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 2, writeUnits: 1 },
})
