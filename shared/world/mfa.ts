import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { mfaStore } from '../data/stores/mfa.ts'
import { world as accountWorld } from './account.ts'
import { cognitoAuthenticators } from './cognito/authenticators.ts'
import { userPool } from './environment.ts'
import { table } from './table.ts'

/** What the routes work with that know somebody by a second factor. */
export const world = {
  ...accountWorld,
  people: { ...accountWorld.people, ...mfaStore(table) },
  authenticators: cognitoAuthenticators(new CognitoIdentityProviderClient({}), userPool()),
}
