import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { peopleStore } from '../data/stores/people.ts'
import { workspaceStore } from '../data/stores/workspaces.ts'
import { cognitoIdentity } from './cognito/identity.ts'
import { userPool } from './environment.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/**
 * What the account routes work with. Only their functions load it: Cognito's client costs 30 kB of bundle,
 * for which the stores they do not need stay out.
 */
export const world = {
  settings,
  people: peopleStore(table),
  workspaces: workspaceStore(table),
  identity: cognitoIdentity(new CognitoIdentityProviderClient({}), userPool()),
}
