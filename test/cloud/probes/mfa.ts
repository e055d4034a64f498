import {
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { shownBy } from '../../support/totp.ts'
import { confirmedAccount, firstPassword, type Pool, signIn } from './accounts.ts'
import { check, judge, refusal } from './probe.ts'

const challengeOf = ({ client, ClientId }: Pool, USERNAME: string) =>
  client.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: firstPassword },
    }),
  )

const answer = async (pool: Pool, address: string, code: string) => {
  const { Session, ChallengeParameters } = await challengeOf(pool, address)
  const USERNAME = ChallengeParameters?.USER_ID_FOR_SRP ?? address
  const command = new RespondToAuthChallengeCommand({
    ClientId: pool.ClientId,
    ChallengeName: 'SOFTWARE_TOKEN_MFA',
    Session,
    ChallengeResponses: { USERNAME, SOFTWARE_TOKEN_MFA_CODE: code },
  })
  return pool.client.send(command)
}

/** An authenticator enrolled and asked for, its codes good once. */
export const mfaFinding = (pool: Pool) =>
  check('identity-mfa', async () => {
    const address = await confirmedAccount(pool)
    const { AccessToken } = await signIn(pool, address)
    const { client, UserPoolId } = pool
    const { SecretCode = '' } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }))
    const now = await shownBy(SecretCode, Date.now())
    const next = await shownBy(SecretCode, Date.now() + 30_000)
    const wrong = now === '000000' ? '111111' : '000000'
    const first = await refusal(client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: wrong })))
    await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: now }))
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true }
    const preference = { UserPoolId, Username: address, SoftwareTokenMfaSettings }
    await client.send(new AdminSetUserMFAPreferenceCommand(preference))
    const { ChallengeName } = await challengeOf(pool, address)
    const refused = await refusal(answer(pool, address, wrong))
    const { AuthenticationResult } = await answer(pool, address, next)
    const again = await refusal(answer(pool, address, next))
    const isRight =
      first !== 'accepted' &&
      ChallengeName === 'SOFTWARE_TOKEN_MFA' &&
      refused === 'CodeMismatchException' &&
      AuthenticationResult?.RefreshToken !== undefined &&
      again === 'ExpiredCodeException'
    return judge(
      isRight,
      `wrong first code: ${first}; then asked: ${ChallengeName}; wrong: ${refused}; used again: ${again}`,
    )
  })
