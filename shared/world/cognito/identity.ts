import {
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  type AuthenticationResultType,
  ChangePasswordCommand,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Identity } from '../../domain/ports.ts'
import { answered, answeredUnless } from './answered.ts'
import { accountFrom, attributesOf } from './attributes.ts'
import * as refusals from './refusals.ts'

export interface PoolSettings {
  readonly poolId: string
  readonly clientId: string
}

/** A member of an answer that Cognito always sends. */
export const sent = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('Cognito’s answer is incomplete')
  return value
}

const tokensOf = ({ AccessToken, ExpiresIn }: AuthenticationResultType) => ({
  accessToken: sent(AccessToken),
  expiresIn: sent(ExpiresIn),
})

export const grantOf = (result: AuthenticationResultType) => ({
  ...tokensOf(result),
  refreshToken: sent(result.RefreshToken),
})

/** The challenge that we can answer; another one, such as to choose a new password, is as good as a refusal. */
const challengeOf = ({ ChallengeName, ChallengeParameters, Session }: InitiateAuthCommandOutput) => {
  if (ChallengeName !== 'SOFTWARE_TOKEN_MFA') throw refusals.challenged()
  return { session: sent(Session), username: sent(ChallengeParameters?.USER_ID_FOR_SRP) }
}

/** The user pool as the domain sees it, through Cognito's public client operations, `AdminGetUser` and `AdminSetUserPassword`. */
export const cognitoIdentity = (
  client: CognitoIdentityProviderClient,
  { poolId: UserPoolId, clientId: ClientId }: PoolSettings,
): Identity => {
  const find = (Username: string) => client.send(new AdminGetUserCommand({ UserPoolId, Username }))
  const authenticate = (
    AuthFlow: 'USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH',
    AuthParameters: Record<string, string>,
  ) => client.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }))
  const setPassword = async (Username: string, Password: string) => {
    const command = new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true })
    await answered(client.send(command), refusals.newPasswordRefusals)
  }

  return {
    setPassword,
    signUp: async (account, Password) => {
      const UserAttributes = attributesOf(account)
      const command = new SignUpCommand({ ClientId, Username: account.email, Password, UserAttributes })
      const answer = await answeredUnless(
        client.send(command),
        refusals.signUpSecrets,
        refusals.signUpRefusals,
      )
      return answer && sent(answer.UserSub)
    },
    confirm: async (Username, ConfirmationCode, Password) => {
      const command = new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode })
      await answered(client.send(command), refusals.codeRefusals)
      await setPassword(Username, Password)
      const { UserAttributes } = await answered(find(Username))
      return accountFrom(UserAttributes)
    },
    resendCode: async (Username) => {
      const command = new ResendConfirmationCodeCommand({ ClientId, Username })
      await answeredUnless(client.send(command), refusals.codeRequestSecrets)
    },
    signIn: async (USERNAME, PASSWORD) => {
      const answer = await answered(
        authenticate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD }),
        refusals.signInRefusals,
      )
      const { AuthenticationResult } = answer
      return AuthenticationResult === undefined ? challengeOf(answer) : grantOf(AuthenticationResult)
    },
    refresh: async (REFRESH_TOKEN) => {
      const { AuthenticationResult } = await answered(
        authenticate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN }),
        refusals.refreshRefusals,
      )
      return tokensOf(sent(AuthenticationResult))
    },
    revoke: async (Token) => {
      await answeredUnless(client.send(new RevokeTokenCommand({ ClientId, Token })), refusals.nothingToRevoke)
    },
    changePassword: async (AccessToken, PreviousPassword, ProposedPassword) => {
      const command = new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword })
      await answered(client.send(command), refusals.changePasswordRefusals)
    },
    forgotPassword: async (Username) => {
      const command = new ForgotPasswordCommand({ ClientId, Username })
      await answeredUnless(client.send(command), refusals.codeRequestSecrets)
    },
    resetPassword: async (Username, ConfirmationCode, Password) => {
      // Looked up before, so that nothing but the write is left to do once the password has changed.
      const found = await answeredUnless(find(Username), ['UserNotFoundException'])
      const command = new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password })
      await answered(client.send(command), { ...refusals.codeRefusals, ...refusals.newPasswordRefusals })
      return accountFrom(sent(found).UserAttributes)
    },
  }
}
