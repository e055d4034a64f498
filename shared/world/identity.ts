import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { cognitoIdentity } from './cognito/identity.ts'
import { userPool } from './environment.ts'

/** The user pool. Only functions that need it load it: Cognito's client costs 30 kB of bundle. */
export const identity = cognitoIdentity(new CognitoIdentityProviderClient({}), userPool())
