import {
  AdminGetUserCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import {
  confirmedAccount,
  createPool,
  firstPassword,
  mailedCode,
  type Pool,
  signIn,
  signUp,
} from './accounts.ts'
import { mfaFinding } from './mfa.ts'
import { check, judge, type Probe, refusal } from './probe.ts'
import { tokenFindings } from './tokens.ts'

const secondPassword = 'Battery-staple-2'
const wrongCode = '000000'

/** Accounts in a user pool: sign-up and confirmation, passwords, tokens. */
export const probeIdentity: Probe = async (cloud) => {
  const pool = await createPool(cloud)
  return [
    ...(await accountFindings(pool)),
    ...(await passwordFindings(pool)),
    ...(await tokenFindings(pool)),
    await mfaFinding(pool),
  ]
}

async function accountFindings(pool: Pool) {
  const { client, ClientId, UserPoolId } = pool
  const confirm = (Username: string, ConfirmationCode: string) =>
    client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }))
  return [
    await check('identity-sign-up', async () => {
      const tokens = await signIn(pool, await confirmedAccount(pool))
      return judge(Boolean(tokens.AccessToken && tokens.RefreshToken), 'code read from the mail')
    }),
    await check('identity-wrong-code', async () => {
      const name = await refusal(confirm(await signUp(pool), wrongCode))
      return judge(name === 'CodeMismatchException', name)
    }),
    await check('identity-resend', async () => {
      const address = await signUp(pool)
      await client.send(new ResendConfirmationCodeCommand({ ClientId, Username: address }))
      await confirm(address, await mailedCode(pool, address, 2))
      return judge(true, 'second mail, its code confirms')
    }),
    await check('identity-admin-get', async () => {
      const address = await confirmedAccount(pool)
      const user = await client.send(new AdminGetUserCommand({ UserPoolId, Username: address }))
      const value = (name: string) => user.UserAttributes?.find((attribute) => attribute.Name === name)?.Value
      const seen = `${user.UserStatus}, email_verified ${value('email_verified')}`
      const whole = value('email') === address && value('sub') === user.Username
      return judge(
        whole && seen === 'CONFIRMED, email_verified true',
        `${seen}, username is sub: ${value('sub') === user.Username}`,
      )
    }),
  ]
}

async function passwordFindings(pool: Pool) {
  const { client, ClientId } = pool
  return [
    await check('identity-wrong-password', async () => {
      const known = await refusal(signIn(pool, await confirmedAccount(pool), secondPassword))
      const unknown = await refusal(signIn(pool, 'nobody@example.com'))
      const seen = `${known}, unknown address ${unknown}`
      return judge(known === 'NotAuthorizedException' && unknown === known, seen)
    }),
    await check('identity-change-password', async () => {
      const address = await confirmedAccount(pool)
      const { AccessToken } = await signIn(pool, address)
      const change = { AccessToken, PreviousPassword: 'not-the-Password-3', ProposedPassword: secondPassword }
      const wrong = await refusal(client.send(new ChangePasswordCommand(change)))
      await client.send(new ChangePasswordCommand({ ...change, PreviousPassword: firstPassword }))
      const old = await refusal(signIn(pool, address))
      await signIn(pool, address, secondPassword)
      return judge(
        wrong === 'NotAuthorizedException' && wrong === old,
        `wrong previous: ${wrong}; old after: ${old}`,
      )
    }),
    await check('identity-forgot-password', async () => {
      const address = await confirmedAccount(pool)
      await client.send(new ForgotPasswordCommand({ ClientId, Username: address }))
      const code = await mailedCode(pool, address, 2)
      const reset = { ClientId, Username: address, Password: secondPassword }
      const wrong = await refusal(
        client.send(new ConfirmForgotPasswordCommand({ ...reset, ConfirmationCode: wrongCode })),
      )
      await client.send(new ConfirmForgotPasswordCommand({ ...reset, ConfirmationCode: code }))
      await signIn(pool, address, secondPassword)
      const unknown = await refusal(
        client.send(new ForgotPasswordCommand({ ClientId, Username: 'nobody@example.com' })),
      )
      const seen = `wrong code: ${wrong}; unknown address: ${unknown}`
      return judge(wrong === 'CodeMismatchException' && unknown === 'accepted', seen)
    }),
  ]
}
