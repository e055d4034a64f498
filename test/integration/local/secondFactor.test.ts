import {
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shownBy } from '../../support/totp.ts'
import { startPool } from '../account/pool.ts'

const clock = { now: Date.now() }
let pool: Awaited<ReturnType<typeof startPool>>
beforeAll(async () => {
  pool = await startPool(() => clock.now)
})
afterAll(() => pool.close())

const password = 'correct horse battery'
const account = { name: 'Ana', language: 'en', zone: 'UTC' } as const

const member = async (email: string) => {
  await pool.identity.signUp({ ...account, email }, password)
  await pool.identity.confirm(email, String((await pool.codesTo(email)).at(-1)), password)
  const AuthParameters = { USERNAME: email, PASSWORD: password }
  const signIn = () =>
    pool.client.send(
      new InitiateAuthCommand({
        ClientId: pool.ids.clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters,
      }),
    )
  const AccessToken = (await signIn()).AuthenticationResult?.AccessToken
  const prefer = (Enabled: boolean) =>
    pool.client.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId: pool.ids.poolId,
        Username: email,
        SoftwareTokenMfaSettings: { Enabled, PreferredMfa: Enabled },
      }),
    )
  const associate = async () =>
    String((await pool.client.send(new AssociateSoftwareTokenCommand({ AccessToken }))).SecretCode)
  const verify = (UserCode: string) =>
    pool.client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }))
  return { email, signIn, prefer, associate, verify }
}

const answer = (Session: string | undefined, USERNAME: string | undefined, code: string) =>
  pool.client.send(
    new RespondToAuthChallengeCommand({
      ClientId: pool.ids.clientId,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session,
      ChallengeResponses: { USERNAME: String(USERNAME), SOFTWARE_TOKEN_MFA_CODE: code },
    }),
  )

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.name,
  )

const enrolled = async (email: string) => {
  const one = await member(email)
  const secret = await one.associate()
  await one.verify(await shownBy(secret, clock.now))
  await one.prefer(true)
  clock.now += 30_000
  const challenge = async () => {
    const { Session, ChallengeParameters } = await one.signIn()
    return { session: Session, username: ChallengeParameters?.USER_ID_FOR_SRP }
  }
  return { ...one, secret, challenge }
}

test('a verified authenticator is asked for by preference only, and that takes a verified one', async () => {
  const { associate, verify, prefer, signIn } = await member('preference@example.org')
  expect(await rejection(verify('123456'))).toBe('SoftwareTokenMFANotFoundException')
  const secret = await associate()
  expect(await rejection(prefer(true))).toBe('InvalidParameterException')
  const shown = await shownBy(secret, clock.now)
  expect(await rejection(verify(shown === '000000' ? '111111' : '000000'))).toBe(
    'EnableSoftwareTokenMFAException',
  )
  await verify(shown)
  expect((await signIn()).AuthenticationResult).toBeDefined()
  await prefer(true)
  expect(await signIn()).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' })
  await prefer(false)
  expect((await signIn()).AuthenticationResult).toBeDefined()
})

test('a code is good once, and no earlier one behind it', async () => {
  const { secret, challenge } = await enrolled('once@example.org')
  const [first, second] = [await challenge(), await challenge()]
  const [earlier, present] = [await shownBy(secret, clock.now - 30_000), await shownBy(secret, clock.now)]
  expect(await rejection(answer(first.session, first.username, earlier))).toBe('ExpiredCodeException')
  const { AuthenticationResult } = await answer(first.session, first.username, present)
  expect(AuthenticationResult).toMatchObject({ ExpiresIn: 900, TokenType: 'Bearer' })
  expect(await rejection(answer(second.session, second.username, present))).toBe('ExpiredCodeException')
  const { accessToken } = await pool.identity.refresh(String(AuthenticationResult?.RefreshToken))
  expect((await pool.verify(`Bearer ${accessToken}`)).userId).toBe(first.username)
})

test('a challenge is answered within three minutes, once, and by whom it was given to', async () => {
  const { secret, challenge } = await enrolled('session@example.org')
  const other = await enrolled('other@example.org')
  const shown = async () => {
    clock.now += 30_000
    return shownBy(secret, clock.now)
  }
  const { username } = await challenge()
  expect(await rejection(answer('made up', username, await shown()))).toBe('NotAuthorizedException')
  const theirs = await other.challenge()
  expect(await rejection(answer(theirs.session, username, await shown()))).toBe('NotAuthorizedException')
  const late = await challenge()
  clock.now += 180_000
  expect(await rejection(answer(late.session, username, await shown()))).toBe('NotAuthorizedException')
  const { session } = await challenge()
  await answer(session, username, await shown())
  expect(await rejection(answer(session, username, await shown()))).toBe('NotAuthorizedException')
})
