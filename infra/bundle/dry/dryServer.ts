import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface DryServer extends AsyncDisposable {
  readonly url: string
}

/**
 * Answers every AWS request at once as an empty table and a Cognito that refuses would: enough to run a
 * function through its first calls. Listens on the loopback address only.
 */
export async function startDryServer(): Promise<DryServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { status, body } = answer(
        String(request.headers['x-amz-target']),
        Buffer.concat(chunks).toString(),
      )
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => stop(server) }
}

async function stop(server: ReturnType<typeof createServer>): Promise<void> {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
}

function answer(target: string, body: string): { status: number; body: object } {
  if (target.startsWith('AWSCognitoIdentityProviderService.')) return refusal
  if (target.endsWith('.BatchGetItem')) {
    const tables = Object.keys(JSON.parse(body).RequestItems)
    return {
      status: 200,
      body: { Responses: Object.fromEntries(tables.map((table) => [table, []])), UnprocessedKeys: {} },
    }
  }
  if (target.endsWith('.Query')) return { status: 200, body: { Items: [], Count: 0, ScannedCount: 0 } }
  return { status: 200, body: {} }
}

const refusal = { status: 400, body: { __type: 'NotAuthorizedException', message: 'Dry run' } }
