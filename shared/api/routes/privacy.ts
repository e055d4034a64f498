import { route } from '../declaration.ts'
import { nothing } from '../schemas/list.ts'
import * as privacy from '../schemas/privacy.ts'
import { throttles } from '../throttles.ts'

const tag = 'account'

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
  // Of somebody who owns nothing. Ownerships are read once more, and given up in the same transaction.
  budget: { depth: 5, calls: 7, readUnits: 3, writeUnits: 5 },
})
