import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { nothing, page, paging } from '../schemas/list.ts'
import * as people from '../schemas/people.ts'
import * as sessions from '../schemas/sessions.ts'
import { throttles } from '../throttles.ts'

const tag = 'account'

export const signIn = route({
  name: 'signIn',
  method: 'POST',
  path: '/v1/auth/sign-in',
  summary: 'Sign in',
  description:
    'Where a second factor is on, the right password alone is answered with `mfa-required`: send the same request with the `code` that the authenticator shows, which is good once, or with a `recoveryCode`, which is used up. The last one switches the second factor off.',
  tag,
  access: { kind: 'public', reason: 'the caller has no session yet' },
  params: nothing,
  query: nothing,
  body: people.credentials,
  reply: { status: 200, schema: people.tokens },
  problems: ['wrong-credentials', 'mfa-required', 'invalid-code'],
  refreshCookie: ['set'],
  throttle: throttles.password,
  // A recovery code is one write more, which is not in the budget.
  uses: {
    identity: ['AdminGetUser', 'AdminSetUserMFAPreference'],
    table: ['UpdateItem', 'BatchGetItem', 'PutItem'],
  },
  // The session with its place in the list, and Cognito's refresh token, which has some 1,800 characters.
  budget: { depth: 5, calls: 7, readUnits: 1, writeUnits: 9 },
})

export const refresh = route({
  name: 'refresh',
  method: 'POST',
  path: '/v1/auth/refresh',
  summary: 'Exchange the refresh token for a new access token and the next refresh token',
  description:
    'Takes the token from the body, or from the cookie on requests of our own origin, and answers the next one the same way. A token works once, and again for 30 seconds; used after that it ends the session.',
  tag,
  access: { kind: 'refresh', reason: 'the refresh token is the credential' },
  params: nothing,
  query: nothing,
  body: people.refreshRequest,
  reply: { status: 200, schema: people.tokens },
  problems: ['unauthenticated'],
  refreshCookie: ['taken', 'set', 'cleared'],
  throttle: { none: 'a refresh token is no password: nobody can guess one' },
  uses: { identity: [], table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 3, writeUnits: 2 },
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
  problems: [],
  refreshCookie: ['taken', 'cleared'],
  uses: { identity: [], table: ['BatchGetItem', 'UpdateItem'] },
  // With Cognito's refresh token, if the caller's is handed in.
  budget: { depth: 2, calls: 2, readUnits: 3, writeUnits: 2 },
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
  refreshCookie: ['cleared'],
  uses: { identity: [], table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 2, writeUnits: 1 },
})

export const listSessions = route({
  name: 'listSessions',
  method: 'GET',
  path: '/v1/me/sessions',
  summary: 'List my sessions',
  description:
    'Those that live, the newest first. `lastUsedAt` is that of the last refresh. The list trails by a moment.',
  tag,
  access: { kind: 'session', reason: 'lists only sessions of the caller' },
  params: nothing,
  query: z.strictObject(paging),
  body: undefined,
  reply: { status: 200, schema: page(sessions.session) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query:byPerson'] },
  budget: { depth: 1, calls: 2, readUnits: 6, writeUnits: 0 },
})

export const endSession = route({
  name: 'endSession',
  method: 'DELETE',
  path: '/v1/me/sessions/{sessionId}',
  summary: 'End one of my sessions',
  description: 'It is refused from the next request on, on whatever device.',
  tag,
  access: { kind: 'session', reason: 'ends only a session of the caller' },
  params: z.strictObject({ sessionId: sessions.sessionId }),
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: [],
  refreshCookie: ['cleared'],
  uses: { table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 3, writeUnits: 2 },
})

export const endOtherSessions = route({
  name: 'endOtherSessions',
  method: 'POST',
  path: '/v1/me/sessions/end-others',
  summary: 'End all my other sessions',
  description:
    'All but the one it is called with, and with them all personal access tokens; `sign-out-everywhere` ends that one as well.',
  tag,
  access: { kind: 'session', reason: 'ends only sessions of the caller' },
  params: nothing,
  query: nothing,
  body: nothing,
  reply: { status: 204, schema: undefined },
  problems: [],
  uses: { table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 2, writeUnits: 1 },
})
