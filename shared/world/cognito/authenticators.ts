import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  type CognitoIdentityProviderClient,
  RespondToAuthChallengeCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { type Authenticators, wrongCode } from '../../domain/account/mfa.ts'
import { answered } from './answered.ts'
import { accountFrom } from './attributes.ts'
import { grantOf, type PoolSettings, sent } from './identity.ts'
import * as refusals from './refusals.ts'

/** The authenticators (TOTP, RFC 6238) that the user pool keeps. */
export const cognitoAuthenticators = (
  client: CognitoIdentityProviderClient,
  { poolId: UserPoolId, clientId: ClientId }: PoolSettings,
): Authenticators => ({
  enrol: async (AccessToken) => {
    const command = new AssociateSoftwareTokenCommand({ AccessToken })
    const { SecretCode } = await answered(client.send(command), refusals.enrolRefusals)
    return sent(SecretCode)
  },
  verify: async (AccessToken, UserCode) => {
    const command = new VerifySoftwareTokenCommand({ AccessToken, UserCode })
    const { Status } = await answered(client.send(command), refusals.totpRefusals)
    if (Status !== 'SUCCESS') throw wrongCode()
  },
  require: async (Username, Enabled) => {
    const SoftwareTokenMfaSettings = { Enabled, PreferredMfa: Enabled }
    const command = new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username, SoftwareTokenMfaSettings })
    await answered(client.send(command))
  },
  userIdOf: async (Username) => {
    const { UserAttributes } = await answered(client.send(new AdminGetUserCommand({ UserPoolId, Username })))
    return accountFrom(UserAttributes).id
  },
  answer: async ({ session: Session, username: USERNAME }, SOFTWARE_TOKEN_MFA_CODE) => {
    const ChallengeResponses = { USERNAME, SOFTWARE_TOKEN_MFA_CODE }
    const challenge = { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session, ChallengeResponses } as const
    const command = new RespondToAuthChallengeCommand({ ClientId, ...challenge })
    const { AuthenticationResult } = await answered(client.send(command), refusals.totpRefusals)
    return grantOf(sent(AuthenticationResult))
  },
})
