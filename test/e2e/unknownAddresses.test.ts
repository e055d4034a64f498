import { describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import * as account from '../../shared/api/routes/account.ts'
import * as passwords from '../../shared/api/routes/passwords.ts'
import * as sessions from '../../shared/api/routes/sessions.ts'
import { apiFor, type Request, urlOf } from '../support/e2e/api.ts'
import { freshAddress, freshPassword, newPerson, type Person, signUp } from '../support/e2e/people.ts'

/** Everything of an answer that could tell something: bytes and headers, but for the request's own id and the clock. */
async function told(route: RouteDeclaration, { body }: Request) {
  const response = await fetch(urlOf(route.path), {
    method: route.method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const requestId = response.headers.get('x-request-id') ?? ''
  expect(requestId).not.toBe('')
  const headers = Object.fromEntries(response.headers)
  for (const own of ['date', 'x-request-id', 'apigw-requestid', 'x-amzn-requestid']) delete headers[own]
  // What remains of the address we all call from; of an account it says nothing.
  headers.ratelimit = (headers.ratelimit ?? '').replace(/(?<="address");r=\d+;t=\d+/, '')
  return { status: response.status, headers, body: (await response.text()).replaceAll(requestId, '…') }
}

const password = freshPassword()
const code = '999999'
const attempts: readonly [string, RouteDeclaration, (email: string) => object][] = [
  ['signing up', account.signUp, (email) => ({ email, password, name: 'Somebody' })],
  ['asking for the code again', account.resendCode, (email) => ({ email })],
  ['confirming with a wrong code', account.confirmSignUp, (email) => ({ email, code, password })],
  ['signing in with a wrong password', sessions.signIn, (email) => ({ email, password })],
  ['forgetting the password', passwords.forgotPassword, (email) => ({ email })],
  [
    'resetting with a wrong code',
    passwords.resetPassword,
    (email) => ({ email, code, newPassword: freshPassword() }),
  ],
]

describe.each(attempts)('%s answers to the byte the same', (_what, route, bodyFor) => {
  test.each([
    ['a confirmed account', () => confirmed().then(({ email }) => email)],
    ['an unconfirmed account', () => signUp('Unconfirmed').then(({ email }) => email)],
  ])('for %s as for an address nobody knows', async (_whose, known) => {
    const [ours, theirs] = [await known(), freshAddress('unknown')]
    expect(await told(route, { body: bodyFor(ours) })).toEqual(await told(route, { body: bodyFor(theirs) }))
  })
})

let person: Promise<Person> | undefined
const confirmed = (): Promise<Person> => {
  person ??= newPerson('Known')
  return person
}

test('a sign-up for an address that has an account changes neither its password nor its name', async () => {
  const { email, api, name, password: own } = await newPerson('Keeps')
  await apiFor().ok(account.signUp, { body: { email, password: freshPassword(), name: 'Thief' } })
  await apiFor().ok(sessions.signIn, { body: { email, password: own } })
  expect((await api.ok(account.getMe)).body.name).toBe(name)
})
