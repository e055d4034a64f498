import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { SESClient } from '@aws-sdk/client-ses'
import { SQSClient } from '@aws-sdk/client-sqs'
import { region } from '../settings.ts'
import type { Cloud } from './probe.ts'

const settings = (cloud: Cloud) => ({
  endpoint: cloud.url,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
})

export const dynamodb = (cloud: Cloud) => new DynamoDBClient(settings(cloud))
export const streams = (cloud: Cloud) => new DynamoDBStreamsClient(settings(cloud))
export const sqs = (cloud: Cloud) => new SQSClient(settings(cloud))
export const ses = (cloud: Cloud) => new SESClient(settings(cloud))
export const cognito = (cloud: Cloud) => new CognitoIdentityProviderClient(settings(cloud))

/** Header by which the emulator tells the service of a request that no SDK client of ours makes; nothing is signed. */
export const serviceHeader = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
})
