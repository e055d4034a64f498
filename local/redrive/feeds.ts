import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { Sha256 } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'
import type { DynamoDBBatchResponse } from 'aws-lambda'
import { triggers } from '../../shared/api/triggers.ts'
import { loadFunction } from '../functions.ts'
import { createInvoke } from '../lambda/invoke.ts'
import type { Feed } from './feedAgain.ts'

const lambdaUrl = (region: string): URL =>
  new URL(
    process.env.AWS_ENDPOINT_URL_LAMBDA ||
      process.env.AWS_ENDPOINT_URL ||
      `https://lambda.${region}.amazonaws.com`,
  )

/** By Lambda's Invoke (API version 2015-03-31), with region and credentials of a client that has them. */
export const byLambda =
  ({ config }: DynamoDBStreamsClient): Feed =>
  async (functionName, event) => {
    const region = await config.region()
    const url = lambdaUrl(region)
    const request = new HttpRequest({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port !== '' && { port: Number(url.port) }),
      path: `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`,
      headers: { host: url.host, 'content-type': 'application/json' },
      body: JSON.stringify(event),
    })
    const signer = new SignatureV4({
      service: 'lambda',
      region,
      credentials: config.credentials,
      sha256: Sha256,
    })
    const { headers, path, body } = (await signer.sign(request)) as HttpRequest
    const answer = await fetch(new URL(path, url), { method: 'POST', headers, body })
    if (!answer.ok || answer.headers.has('x-amz-function-error'))
      throw new Error(`${functionName} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
    return (await answer.json()) as DynamoDBBatchResponse
  }

/** In this process, with the environment of the embedded runtime. */
export const inProcess = (): Feed => {
  const seconds = new Map(triggers.map(({ name, timeoutSeconds }) => [name, timeoutSeconds]))
  const invoke = createInvoke(loadFunction, (name) => seconds.get(name) ?? 60)
  return async (functionName, event) => (await invoke(functionName, event)) as DynamoDBBatchResponse
}
