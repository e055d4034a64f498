import {
  AdminDeleteUserCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Accounts } from '../../domain/account/deletionPorts.ts'
import { answeredUnless } from './answered.ts'

/** Accounts of the user pool, by the ids that the pool gave them. */
export const cognitoAccounts = (client: CognitoIdentityProviderClient, UserPoolId: string): Accounts => ({
  remove: async (Username) => {
    await answeredUnless(client.send(new AdminDeleteUserCommand({ UserPoolId, Username })), [
      'UserNotFoundException',
    ])
  },
})
