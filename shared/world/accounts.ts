import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { cognitoAccounts } from './cognito/accounts.ts'
import { userPool } from './environment.ts'

/** What removes accounts from the user pool. Only the worker of jobs may. */
export const accounts = () => cognitoAccounts(new CognitoIdentityProviderClient({}), userPool().poolId)
