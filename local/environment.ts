import { environmentNames, queueUrlVariable } from '../shared/api/environment.ts'
import { livePath } from './live/live.ts'
import type { CognitoPart } from './parts/cognito.ts'
import type { FilesPart } from './parts/files/files.ts'
import { localRegion, type Part } from './parts/part.ts'
import type { SqsPart } from './parts/sqs.ts'

interface LocalFacts {
  readonly tableName: string
  readonly baseUrl: string
  readonly cursorKey: string
  readonly mailSender: string
  readonly queues: readonly string[]
  readonly dynamoDb: Part
  readonly sqs: SqsPart
  readonly ses: Part
  readonly cognito: CognitoPart
  readonly files: FilesPart
  readonly live: Part
}

/** The same place under the name that people type as well. */
export const otherSpelling = (baseUrl: string): string => baseUrl.replace('127.0.0.1', 'localhost')

/** Variables of the surroundings that could lead the AWS SDK to a real account. */
const foreign = ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL', 'AWS_DEFAULT_REGION', 'AWS_ROLE_ARN']

/** Takes over the environment of a runtime, and lets nothing of the surroundings lead to a real account. */
export function adoptEnvironment(variables: Readonly<Record<string, string>>): void {
  for (const name of foreign) delete process.env[name]
  Object.assign(process.env, variables)
}

/**
 * Sets the environment that functions read, as infrastructure does on AWS, and answers it. It is that of the whole
 * process: one runtime per process.
 */
export function setEnvironment(facts: LocalFacts): Record<string, string> {
  const variables = { ...awsVariables(facts), ...productVariables(facts) }
  adoptEnvironment(variables)
  return variables
}

const awsVariables = ({ dynamoDb, sqs, ses, cognito, files }: LocalFacts) => ({
  AWS_REGION: localRegion,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
  AWS_ENDPOINT_URL_SQS: sqs.endpoint,
  AWS_ENDPOINT_URL_SES: ses.endpoint,
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint,
  AWS_ENDPOINT_URL_S3: files.endpoint,
})

const productVariables = ({
  tableName,
  baseUrl,
  cursorKey,
  mailSender,
  queues,
  sqs,
  cognito,
  files,
  live,
}: LocalFacts) => ({
  [environmentNames.table]: tableName,
  [environmentNames.userPool]: cognito.userPoolId,
  [environmentNames.userPoolClient]: cognito.clientId,
  [environmentNames.tokenIssuer]: cognito.issuer,
  [environmentNames.tokenKeys]: JSON.stringify(cognito.keySet),
  [environmentNames.tokenKeysUrl]: cognito.keySetUrl,
  [environmentNames.publicUrl]: baseUrl,
  [environmentNames.allowedOrigins]: otherSpelling(baseUrl),
  [environmentNames.cursorKey]: cursorKey,
  [environmentNames.mailSender]: mailSender,
  [environmentNames.filesBucket]: files.bucket,
  [environmentNames.filesBucketUrl]: files.bucketUrl,
  [environmentNames.filesOrigin]: files.endpoint,
  [environmentNames.liveUrl]: `${baseUrl.replace('http', 'ws')}${livePath}`,
  [environmentNames.liveEndpoint]: live.endpoint,
  ...Object.fromEntries(queues.map((queue) => [queueUrlVariable(queue), sqs.queueUrl(queue)])),
})
