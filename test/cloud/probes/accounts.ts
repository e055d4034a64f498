import { randomUUID } from 'node:crypto'
import {
  type AuthenticationResultType,
  type CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { readMails } from '../mailbox.ts'
import { eventually } from '../wait.ts'
import { cognito } from './aws.ts'
import type { Cloud } from './probe.ts'
import { ref } from './resources.ts'
import { createStack } from './stack.ts'

const resources = {
  Pool: {
    Type: 'AWS::Cognito::UserPool',
    Properties: {
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
    },
  },
  Client: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: ref('Pool'),
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    },
  },
}

export const firstPassword = 'Correct-horse-1'

export interface Pool {
  readonly cloud: Cloud
  readonly client: CognitoIdentityProviderClient
  readonly UserPoolId: string
  readonly ClientId: string
}

export async function createPool(cloud: Cloud): Promise<Pool> {
  const { outputs } = await createStack(cloud, 'probe-identity', resources, {
    pool: ref('Pool'),
    client: ref('Client'),
  })
  return { cloud, client: cognito(cloud), UserPoolId: outputs.pool ?? '', ClientId: outputs.client ?? '' }
}

/** An address that signed up with the first password, not yet confirmed. */
export async function signUp(pool: Pool): Promise<string> {
  const address = `${randomUUID()}@example.com`
  const UserAttributes = [{ Name: 'email', Value: address }]
  const request = { ClientId: pool.ClientId, Username: address, Password: firstPassword, UserAttributes }
  await pool.client.send(new SignUpCommand(request))
  return address
}

export async function confirmedAccount(pool: Pool): Promise<string> {
  const Username = await signUp(pool)
  const ConfirmationCode = await mailedCode(pool, Username)
  await pool.client.send(new ConfirmSignUpCommand({ ClientId: pool.ClientId, Username, ConfirmationCode }))
  return Username
}

/** The code in the latest of the mails to an address, of which there must be so many. */
export async function mailedCode(pool: Pool, address: string, mails = 1): Promise<string> {
  const code = await eventually(async () => {
    const received = (await readMails(pool.cloud.url)).filter((mail) => mail.To.includes(address))
    const text = received.length >= mails ? received.at(-1)?.BodyText || received.at(-1)?.BodyHtml : undefined
    return /\b\d{6}\b/.exec(text ?? '')?.[0]
  }, 3_000)
  if (code === undefined) throw new Error(`no code in mail ${mails} to the address`)
  return code
}

export function signIn(
  pool: Pool,
  address: string,
  password = firstPassword,
): Promise<AuthenticationResultType> {
  return authenticate(pool, 'USER_PASSWORD_AUTH', { USERNAME: address, PASSWORD: password })
}

export function refresh(pool: Pool, token: string | undefined): Promise<AuthenticationResultType> {
  return authenticate(pool, 'REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: token ?? '' })
}

async function authenticate(
  pool: Pool,
  AuthFlow: 'USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH',
  AuthParameters: Record<string, string>,
): Promise<AuthenticationResultType> {
  const request = { ClientId: pool.ClientId, AuthFlow, AuthParameters }
  const { AuthenticationResult, ChallengeName } = await pool.client.send(new InitiateAuthCommand(request))
  if (!AuthenticationResult) throw new Error(`challenge ${ChallengeName}`)
  return AuthenticationResult
}

/** The claims of a token, unverified. */
export function claims(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >
}
