import { route } from '../declaration.ts'
import { nothing } from '../schemas/list.ts'
import * as people from '../schemas/people.ts'

const tag = 'account'
const none = { depth: 0, calls: 0, readUnits: 0, writeUnits: 0 }
const noSignIn = 'the caller has no session yet'

export const signUp = route({
  name: 'signUp',
  method: 'POST',
  path: '/v1/auth/sign-up',
  summary: 'Open an account',
  description: 'Mails a confirmation code. Answers the same for an address that already has an account.',
  tag,
  access: { kind: 'public', reason: noSignIn },
  params: nothing,
  query: nothing,
  body: people.signUp,
  reply: { status: 202, schema: undefined },
  problems: ['invalid-password'],
  uses: { identity: [], table: ['PutItem'] },
  budget: { depth: 1, calls: 1, readUnits: 0, writeUnits: 1 },
})

export const confirmSignUp = route({
  name: 'confirmSignUp',
  method: 'POST',
  path: '/v1/auth/confirm',
  summary: 'Confirm the address with the code from the mail',
  description:
    'Opens the account for sign-in with the password given here, and sends the welcome mail. Somebody else may have signed up with the address before: only who holds the code decides the password.',
  tag,
  access: { kind: 'public', reason: noSignIn },
  params: nothing,
  query: nothing,
  body: people.confirmation,
  reply: { status: 204, schema: undefined },
  problems: ['invalid-code', 'invalid-password'],
  // A person that a cut-off sign-up left out is put; that call is not in the budget.
  uses: { identity: ['AdminGetUser', 'AdminSetUserPassword'], table: ['UpdateItem', 'PutItem'] },
  budget: { depth: 1, calls: 1, readUnits: 0, writeUnits: 1 },
})

export const resendCode = route({
  name: 'resendCode',
  method: 'POST',
  path: '/v1/auth/resend-code',
  summary: 'Mail the confirmation code again',
  description: 'Answers the same whether or not the address is known.',
  tag,
  access: { kind: 'public', reason: noSignIn },
  params: nothing,
  query: nothing,
  body: people.addressOnly,
  reply: { status: 202, schema: undefined },
  problems: [],
  uses: { identity: [] },
  budget: none,
})

export const signIn = route({
  name: 'signIn',
  method: 'POST',
  path: '/v1/auth/sign-in',
  summary: 'Sign in',
  tag,
  access: { kind: 'public', reason: noSignIn },
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

export const changePassword = route({
  name: 'changePassword',
  method: 'POST',
  path: '/v1/auth/change-password',
  summary: 'Change my password',
  description: 'Ends all my other sessions.',
  tag,
  access: { kind: 'session', reason: 'changes only the password of the caller, who proves the current one' },
  params: nothing,
  query: nothing,
  body: people.passwordChange,
  reply: { status: 204, schema: undefined },
  problems: ['wrong-credentials', 'invalid-password'],
  uses: { identity: [], table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 2, writeUnits: 1 },
})

export const forgotPassword = route({
  name: 'forgotPassword',
  method: 'POST',
  path: '/v1/auth/forgot-password',
  summary: 'Mail a code that resets the password',
  description: 'Answers the same whether or not the address is known.',
  tag,
  access: { kind: 'public', reason: 'the caller cannot sign in' },
  params: nothing,
  query: nothing,
  body: people.addressOnly,
  reply: { status: 202, schema: undefined },
  problems: [],
  uses: { identity: [] },
  budget: none,
})

export const resetPassword = route({
  name: 'resetPassword',
  method: 'POST',
  path: '/v1/auth/reset-password',
  summary: 'Set a new password with the code from the mail',
  description: 'Ends all sessions of the account.',
  tag,
  access: { kind: 'public', reason: 'the code from the mail is the credential' },
  params: nothing,
  query: nothing,
  body: people.passwordReset,
  reply: { status: 204, schema: undefined },
  problems: ['invalid-code', 'invalid-password'],
  uses: { identity: ['AdminGetUser'], table: ['UpdateItem', 'PutItem'] },
  // A confirmation that was cut off is made up for here; those calls are not in the budget.
  budget: { depth: 1, calls: 1, readUnits: 0, writeUnits: 1 },
})

export const getMe = route({
  name: 'getMe',
  method: 'GET',
  path: '/v1/me',
  summary: 'Read my profile',
  tag,
  access: { kind: 'session', reason: 'reads only the profile of the caller' },
  params: nothing,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: people.profile },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 2, writeUnits: 0 },
})

export const editMe = route({
  name: 'editMe',
  method: 'PATCH',
  path: '/v1/me',
  summary: 'Edit my profile: name, language, time zone',
  tag,
  access: { kind: 'session', reason: 'edits only the profile of the caller' },
  params: nothing,
  query: nothing,
  body: people.profilePatch,
  reply: { status: 200, schema: people.profile },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 2, writeUnits: 1 },
})
