import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { account } from '../settings.ts'
import { eventually } from '../wait.ts'
import { sqs } from './aws.ts'
import type { Cloud } from './probe.ts'

/**
 * A function of the runtime and architecture that Duely uses, from CommonJS source; `tell(value)` in the source sends
 * a value to the queue whose URL is in the variable `TOLD`.
 */
export function lambda(source: string, variables: Readonly<Record<string, unknown>> = {}) {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Role: `arn:aws:iam::${account}:role/probe`,
      Timeout: 15,
      Code: { ZipFile: `${tell}\n${source}` },
      Environment: { Variables: variables },
    },
  } as const
}

const tell = `const tell = (value) => fetch(process.env.AWS_ENDPOINT_URL, {
  method: 'POST',
  headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0' },
  body: new URLSearchParams({ Action: 'SendMessage', Version: '2012-11-05', QueueUrl: process.env.TOLD, MessageBody: JSON.stringify(value) }),
})`

/** A table with a string key `id` and a stream of both images. */
export function streamedTable(extra: Readonly<Record<string, unknown>> = {}) {
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      ...extra,
    },
  }
}

export const queue = (properties: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
})

export const mapping = (properties: Readonly<Record<string, unknown>>) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: properties,
})

export const ref = (Ref: string) => ({ Ref })
export const attribute = (resource: string, name: string) => ({ 'Fn::GetAtt': [resource, name] })

/** Takes messages off a queue until `enough` says so or the time is over; the parsed bodies in order of arrival. */
export async function told<T>(
  cloud: Cloud,
  queueUrl: string,
  enough: (values: readonly T[]) => boolean,
  withinMilliseconds = 10_000,
): Promise<readonly T[]> {
  const client = sqs(cloud)
  const values: T[] = []
  await eventually(async () => {
    const reply = await client.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
    )
    values.push(...(reply.Messages ?? []).map((message) => JSON.parse(message.Body ?? 'null') as T))
    return enough(values) || undefined
  }, withinMilliseconds)
  return values
}
