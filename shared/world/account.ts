import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { cognitoIdentity } from './cognito/identity.ts'
import { userPool } from './environment.ts'
import { world as http } from './http.ts'

/** What the account routes work with. Only their functions load it: the client costs 35 kB of bundle. */
export const world = { ...http, identity: cognitoIdentity(new CognitoIdentityProviderClient({}), userPool()) }
