import { route } from '../declaration.ts'
import { nothing } from '../schemas/list.ts'
import * as mfa from '../schemas/mfa.ts'
import { throttles } from '../throttles.ts'

const tag = 'account'
const access = { kind: 'session', reason: 'touches only the second factor of the caller' } as const
const identity = ['AdminSetUserMFAPreference'] as const
const problems = ['wrong-credentials', 'conflict'] as const

export const getMfa = route({
  name: 'getMfa',
  method: 'GET',
  path: '/v1/me/mfa',
  summary: 'Read whether a second factor protects my account',
  tag,
  access,
  params: nothing,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: mfa.mfaState },
  problems: [],
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 2, writeUnits: 0 },
})

export const enrolTotp = route({
  name: 'enrolTotp',
  method: 'POST',
  path: '/v1/me/mfa/totp',
  summary: 'Begin to enrol an authenticator app',
  description:
    'The answer is the only one that shows the secret. Nothing changes until a first code confirms it; beginning anew replaces the secret.',
  tag,
  access,
  params: nothing,
  query: nothing,
  body: mfa.passwordProof,
  reply: { status: 200, schema: mfa.totpEnrolment },
  problems,
  throttle: throttles.password,
  uses: { identity, table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 4, calls: 5, readUnits: 2, writeUnits: 4 },
})

export const confirmTotp = route({
  name: 'confirmTotp',
  method: 'POST',
  path: '/v1/me/mfa/totp/confirm',
  summary: 'Switch the second factor on with a first code',
  description:
    'From now on signing in takes a code as well. The answer is the only one that shows the ten recovery codes, each of which stands once for a code. Sessions and tokens that live go on.',
  tag,
  access,
  params: nothing,
  query: nothing,
  body: mfa.codeProof,
  reply: { status: 200, schema: mfa.recoveryCodes },
  problems: [...problems, 'invalid-code'],
  throttle: throttles.password,
  uses: { identity, table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 5, calls: 6, readUnits: 2, writeUnits: 5 },
})

export const renewRecoveryCodes = route({
  name: 'renewRecoveryCodes',
  method: 'POST',
  path: '/v1/me/mfa/recovery-codes',
  summary: 'Replace my recovery codes',
  description: 'Those made before are worthless at once.',
  tag,
  access,
  params: nothing,
  query: nothing,
  body: mfa.codeProof,
  reply: { status: 200, schema: mfa.recoveryCodes },
  problems: [...problems, 'invalid-code'],
  throttle: throttles.password,
  uses: { identity, table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 5, calls: 6, readUnits: 2, writeUnits: 5 },
})

export const disableTotp = route({
  name: 'disableTotp',
  method: 'DELETE',
  path: '/v1/me/mfa/totp',
  summary: 'Switch the second factor off',
  description: 'Takes the password and either a code or a recovery code.',
  tag,
  access,
  params: nothing,
  query: nothing,
  body: mfa.fullProof,
  reply: { status: 204, schema: undefined },
  problems: [...problems, 'invalid-code', 'mfa-required'],
  throttle: throttles.password,
  uses: { identity, table: ['BatchGetItem', 'UpdateItem'] },
  budget: { depth: 5, calls: 6, readUnits: 2, writeUnits: 5 },
})
