import {
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { JwtVerifier } from 'aws-jwt-verify'
import { expect, onTestFinished, test } from 'vitest'
import { startCognito } from '../../../local/parts/cognito.ts'
import { clientOptions } from '../../../local/parts/part.ts'
import { startSes } from '../../../local/parts/ses.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const address = 'Ana@Example.org'
const password = 'correct horse battery'

async function startPool(dataDir = temporaryDirectory(), now = Date.now) {
  const ses = await startSes({ dataDir })
  const cognito = await startCognito({
    dataDir,
    sesEndpoint: ses.endpoint,
    mailSender: 'no-reply@example.org',
    now,
  })
  const client = new CognitoIdentityProviderClient(clientOptions(cognito.endpoint))
  const stop = async () => {
    client.destroy()
    await cognito.close()
    await ses.close()
  }
  onTestFinished(stop)
  const codes = async () => {
    const { emails } = (await (await fetch(`${ses.endpoint}/store`)).json()) as {
      emails: { destination: { to: string[] }; body: { text: string } }[]
    }
    return emails.map(({ destination, body }) => ({ to: destination.to, code: /\d{6}/.exec(body.text)?.[0] }))
  }
  const ids = { ClientId: cognito.clientId, Username: address }
  const signIn = (secret = password, username = address) =>
    client.send(
      new InitiateAuthCommand({
        ClientId: cognito.clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: username, PASSWORD: secret },
      }),
    )
  const refresh = (token: string | undefined) =>
    client.send(
      new InitiateAuthCommand({
        ClientId: cognito.clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: String(token) },
      }),
    )
  const signUp = () => client.send(new SignUpCommand({ ...ids, Password: password }))
  const confirm = async () =>
    client.send(new ConfirmSignUpCommand({ ...ids, ConfirmationCode: String((await codes()).at(-1)?.code) }))
  return { cognito, client, ids, codes, signUp, confirm, signIn, refresh, stop }
}

const claimsOf = (token: string | undefined) =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => `${error.name}: ${error.message}`,
  )

test('the sign-up code arrives by mail and confirms the account', async () => {
  const pool = await startPool()
  await pool.signUp()
  const [mail] = await pool.codes()
  expect(mail?.to).toEqual(['ana@example.org'])
  expect(await rejection(pool.signIn())).toMatch(/^UserNotConfirmedException/)
  await pool.confirm()
  const { AuthenticationResult: tokens } = await pool.signIn()
  expect(tokens).toMatchObject({ ExpiresIn: 900, TokenType: 'Bearer' })
  const { UserAttributes } = await pool.client.send(new GetUserCommand({ AccessToken: tokens?.AccessToken }))
  expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' })
})

test('a resent code replaces the first one', async () => {
  const pool = await startPool()
  await pool.signUp()
  await pool.client.send(new ResendConfirmationCodeCommand(pool.ids))
  const [first, second] = await pool.codes()
  expect(second?.code).toMatch(/^\d{6}$/)
  if (first?.code !== second?.code) {
    const early = new ConfirmSignUpCommand({ ...pool.ids, ConfirmationCode: first?.code })
    expect(await rejection(pool.client.send(early))).toMatch(/^CodeMismatchException/)
  }
  await pool.confirm()
  const again = pool.client.send(new ResendConfirmationCodeCommand(pool.ids))
  expect(await rejection(again)).toBe('InvalidParameterException: User is already confirmed.')
})

test('tokens carry origin_jti and auth_time, constant across refreshes and different for each sign-in', async () => {
  let time = Date.now()
  const pool = await startPool(temporaryDirectory(), () => time)
  await pool.signUp()
  await pool.confirm()
  const first = (await pool.signIn()).AuthenticationResult
  const other = (await pool.signIn()).AuthenticationResult
  time += 60_000
  const refreshed = (await pool.refresh(first?.RefreshToken)).AuthenticationResult
  const [before, after] = [claimsOf(first?.AccessToken), claimsOf(refreshed?.AccessToken)]
  expect(after.origin_jti).toBe(before.origin_jti)
  expect(after.auth_time).toBe(before.auth_time)
  expect(after.iat).toBe(Number(before.iat) + 60)
  expect(after.jti).not.toBe(before.jti)
  expect(claimsOf(other?.AccessToken).origin_jti).not.toBe(before.origin_jti)
  expect(before).toMatchObject({
    token_use: 'access',
    client_id: pool.cognito.clientId,
    username: before.sub,
  })
})

test('access tokens verify against the published key set', async () => {
  const pool = await startPool()
  await pool.signUp()
  await pool.confirm()
  const token = String((await pool.signIn()).AuthenticationResult?.AccessToken)
  const verifier = JwtVerifier.create({
    issuer: pool.cognito.issuer,
    audience: null,
    jwksUri: pool.cognito.keySetUrl,
  })
  const published = await (await fetch(pool.cognito.keySetUrl)).json()
  verifier.cacheJwks(published as Parameters<typeof verifier.cacheJwks>[0])
  expect(await verifier.verify(token)).toMatchObject({ exp: expect.any(Number), token_use: 'access' })
  await expect(verifier.verify(`${token.slice(0, -8)}AAAAAAAA`)).rejects.toThrow()
})

test('nothing tells whether an address is known, as with PreventUserExistenceErrors', async () => {
  const pool = await startPool()
  await pool.signUp()
  await pool.confirm()
  const nobody = { ...pool.ids, Username: 'ada@elsewhere.org' }
  const denied = 'NotAuthorizedException: Incorrect username or password.'
  expect(await rejection(pool.signIn('wrong password 123'))).toBe(denied)
  expect(await rejection(pool.signIn(password, nobody.Username))).toBe(denied)
  const known = await pool.client.send(new ForgotPasswordCommand(pool.ids))
  const unknown = await pool.client.send(new ForgotPasswordCommand(nobody))
  expect(known.CodeDeliveryDetails).toMatchObject({ Destination: 'a***@e***', DeliveryMedium: 'EMAIL' })
  expect(unknown.CodeDeliveryDetails).toEqual(known.CodeDeliveryDetails)
  expect((await pool.codes()).filter(({ to }) => to[0] === nobody.Username)).toEqual([])
})

test('the reset code sets a new password; short passwords are refused everywhere', async () => {
  const pool = await startPool()
  const short = new SignUpCommand({ ...pool.ids, Password: 'elevenchars' })
  expect(await rejection(pool.client.send(short))).toMatch(/^InvalidPasswordException/)
  await pool.signUp()
  await pool.confirm()
  await pool.client.send(new ForgotPasswordCommand(pool.ids))
  const code = String((await pool.codes()).at(-1)?.code)
  const reset = (ConfirmationCode: string, Password: string) =>
    pool.client.send(new ConfirmForgotPasswordCommand({ ...pool.ids, ConfirmationCode, Password }))
  const wrong = code === '000000' ? '000001' : '000000'
  expect(await rejection(reset(wrong, 'a new long password'))).toMatch(/^CodeMismatchException/)
  expect(await rejection(reset(code, 'short'))).toMatch(/^InvalidPasswordException/)
  await reset(code, 'a new long password')
  expect(await rejection(reset(code, 'a third long password'))).toMatch(/^ExpiredCodeException/)
  expect(await rejection(pool.signIn())).toMatch(/^NotAuthorizedException/)
  const token = (await pool.signIn('a new long password')).AuthenticationResult?.AccessToken
  const change = {
    AccessToken: token,
    PreviousPassword: 'not this one',
    ProposedPassword: 'a fourth long password',
  }
  expect(await rejection(pool.client.send(new ChangePasswordCommand(change)))).toMatch(
    /^NotAuthorizedException/,
  )
})

test('revoking one refresh token or signing out everywhere ends those sign-ins', async () => {
  const pool = await startPool()
  await pool.signUp()
  await pool.confirm()
  const [one, two, three] = await Promise.all([pool.signIn(), pool.signIn(), pool.signIn()])
  const tokensOf = (reply: typeof one) => reply.AuthenticationResult
  const revoke = { ClientId: pool.cognito.clientId, Token: tokensOf(one)?.RefreshToken }
  await pool.client.send(new RevokeTokenCommand(revoke))
  await pool.client.send(new RevokeTokenCommand(revoke))
  expect(await rejection(pool.refresh(tokensOf(one)?.RefreshToken))).toMatch(/^NotAuthorizedException/)
  const revoked = new GetUserCommand({ AccessToken: tokensOf(one)?.AccessToken })
  expect(await rejection(pool.client.send(revoked))).toBe(
    'NotAuthorizedException: Access Token has been revoked',
  )
  await pool.refresh(tokensOf(two)?.RefreshToken)
  await pool.client.send(new GlobalSignOutCommand({ AccessToken: tokensOf(two)?.AccessToken }))
  expect(await rejection(pool.refresh(tokensOf(three)?.RefreshToken))).toMatch(/^NotAuthorizedException/)
})

test('accounts, sign-ins and the signing key outlive a restart; a refresh token ends after thirty days', async () => {
  const dataDir = temporaryDirectory()
  const before = await startPool(dataDir)
  await before.signUp()
  await before.confirm()
  const tokens = (await before.signIn()).AuthenticationResult
  await before.stop()
  let time = Date.now()
  const after = await startPool(dataDir, () => time)
  expect(after.cognito.keySet).toEqual(before.cognito.keySet)
  await after.client.send(new GetUserCommand({ AccessToken: tokens?.AccessToken }))
  await after.refresh(tokens?.RefreshToken)
  time += 30 * 24 * 3600 * 1000
  expect(await rejection(after.refresh(tokens?.RefreshToken))).toBe(
    'NotAuthorizedException: Invalid Refresh Token',
  )
})
