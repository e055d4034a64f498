import { route } from '../declaration.ts'
import { nothing } from '../schemas/list.ts'
import * as people from '../schemas/people.ts'
import { throttles } from '../throttles.ts'

const tag = 'account'
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
  throttle: throttles.mail,
  uses: { identity: [], table: ['UpdateItem', 'PutItem'] },
  budget: { depth: 3, calls: 3, readUnits: 0, writeUnits: 3 },
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
  throttle: throttles.code,
  uses: {
    identity: ['AdminGetUser', 'AdminSetUserPassword'],
    table: ['BatchGetItem', 'UpdateItem', 'PutItem'],
  },
  budget: { depth: 4, calls: 6, readUnits: 1, writeUnits: 5 },
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
  throttle: throttles.mail,
  uses: { identity: [], table: ['UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 0, writeUnits: 2 },
})

export const getMe = route({
  name: 'getMe',
  method: 'GET',
  path: '/v1/me',
  summary: 'Read my profile',
  tag,
  access: { kind: 'session', reason: 'reads only the profile of the caller', tokens: 'all' },
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

export const resumeMail = route({
  name: 'resumeMail',
  method: 'POST',
  path: '/v1/me/mail:resume',
  summary: 'Have mails sent to my address again',
  description:
    'After mails to it have come back, none are sent any more; the story of a notice says so. After one was reported as spam, only when seven days have passed.',
  tag,
  access: { kind: 'session', reason: 'is about the address of the caller alone' },
  params: nothing,
  query: nothing,
  body: undefined,
  reply: { status: 204, schema: undefined },
  problems: ['conflict'],
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 3, calls: 3, readUnits: 3, writeUnits: 1 },
})
