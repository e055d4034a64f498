import { route } from '../declaration.ts'
import { nothing } from '../schemas/list.ts'
import * as people from '../schemas/people.ts'
import { throttles } from '../throttles.ts'

const tag = 'account'

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
  throttle: throttles.password,
  uses: { identity: ['AdminSetUserPassword'], table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 5, calls: 6, readUnits: 2, writeUnits: 5 },
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
  throttle: throttles.mail,
  uses: { identity: [], table: ['UpdateItem'] },
  budget: { depth: 2, calls: 2, readUnits: 0, writeUnits: 2 },
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
  throttle: throttles.code,
  uses: { identity: ['AdminGetUser'], table: ['UpdateItem', 'PutItem'] },
  // A confirmation that was cut off is made up for here; those calls are not in the budget.
  budget: { depth: 4, calls: 5, readUnits: 0, writeUnits: 5 },
})
