import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { queueNames } from '../../../shared/api/declaration.ts'
import { environmentNames, queueUrlVariable } from '../../../shared/api/environment.ts'
import { dryEventOf } from './dryEvent.ts'
import { startDryServer } from './dryServer.ts'

/** What a function needs to run once outside AWS: variables, an event it takes as real, and somebody to answer. */
export interface DryRun extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>
  eventOf(name: string): object
}

const region = 'eu-west-1'
const pool = `${region}_DryRun000`
const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool}`
const client = 'dryrunclient0000000000000a'
const person = '00000000-0000-4000-8000-000000000000'

/** Starts the answering server; dispose of the result to stop it. */
export async function createDryRun(): Promise<DryRun> {
  const server = await startDryServer()
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'dry-run', alg: 'RS256', use: 'sig' }
  const token = accessToken(privateKey)
  return {
    environment: {
      ...awsVariables(server.url),
      ...ownVariables(server.url, JSON.stringify({ keys: [key] })),
    },
    eventOf: (name) => dryEventOf(name, token),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const awsVariables = (url: string) => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'dryrun',
  AWS_SECRET_ACCESS_KEY: 'dryrun',
  AWS_SESSION_TOKEN: 'dryrun',
  AWS_ENDPOINT_URL: url,
})

function ownVariables(url: string, keys: string): Record<string, string> {
  const names = environmentNames
  return {
    [names.table]: 'dry-run',
    [names.userPool]: pool,
    [names.userPoolClient]: client,
    [names.tokenIssuer]: issuer,
    [names.tokenKeys]: keys,
    [names.tokenKeysUrl]: `${issuer}/.well-known/jwks.json`,
    [names.publicUrl]: 'https://dry.run.example.com',
    [names.allowedOrigins]: 'https://dry.run.example.com',
    [names.cursorKey]: Buffer.alloc(32, 1).toString('base64'),
    [names.mailSender]: 'dry.run@example.com',
    [names.filesBucket]: 'dry-run',
    [names.filesBucketUrl]: `${url}/dry-run`,
    [names.filesOrigin]: url,
    ...Object.fromEntries(queueNames.map((name) => [queueUrlVariable(name), `${url}/000000000000/${name}`])),
  }
}

/** An access token as Cognito issues it, RS256. */
function accessToken(privateKey: KeyObject): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    sub: person,
    iss: issuer,
    client_id: client,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    username: person,
    auth_time: now,
    iat: now,
    exp: now + 3600,
    origin_jti: person,
    jti: person,
  }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'RS256', kid: 'dry-run' })}.${part(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
}
