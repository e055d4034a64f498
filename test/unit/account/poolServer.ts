import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { onTestFinished } from 'vitest'
import { clientOptions } from '../../../local/parts/part.ts'
import { cognitoAuthenticators } from '../../../shared/world/cognito/authenticators.ts'
import { cognitoIdentity } from '../../../shared/world/cognito/identity.ts'

type Answer = object | { readonly exception: string }

/** A server that answers Cognito operations as told, and the identity that talks to it through the real SDK. */
export const poolServer = async (answers: Readonly<Record<string, Answer>>) => {
  const asked: { operation: string; request: Record<string, unknown> }[] = []
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
    asked.push({ operation, request: JSON.parse(await text(request)) })
    const answer = answers[operation] ?? { exception: 'NoSuchAnswerException' }
    const isError = 'exception' in answer
    response.writeHead(isError ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(isError ? { __type: answer.exception, message: 'no' } : answer))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const client = new CognitoIdentityProviderClient({
    ...clientOptions(`http://127.0.0.1:${port}`),
    maxAttempts: 1,
  })
  onTestFinished(async () => {
    client.destroy()
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })
  const pool = { poolId: 'eu-west-1_Test', clientId: 'client' }
  return {
    identity: cognitoIdentity(client, pool),
    authenticators: cognitoAuthenticators(client, pool),
    asked,
  }
}
