import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bundleDeploymentFunction, deploymentFunction } from '../../../infra/deployment/bundle.ts'
import { environmentNames } from '../../../shared/api/environment.ts'

const keys = [{ kty: 'RSA', kid: 'one', n: 'AQAB', e: 'AQAB' }]
const endpointVariable = 'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'

/** Plays both CloudFormation, which takes answers by PUT, and the pool, which shows its keys. */
function peers(answers: Record<string, unknown>[], headers: (string | undefined)[]): Server {
  return createServer(async (request, response) => {
    if (request.method === 'PUT') {
      headers.push(request.headers['content-type'])
      answers.push(JSON.parse(await text(request)))
      response.end()
    } else if (request.url === '/pool-1/.well-known/jwks.json') response.end(JSON.stringify({ keys }))
    else response.writeHead(404).end()
  })
}

describe('the function behind the custom resources, as it is bundled', () => {
  const answers: Record<string, unknown>[] = []
  const headers: (string | undefined)[] = []
  const server = peers(answers, headers)
  const folder = bundleDeploymentFunction()
  const before = process.env[endpointVariable]
  let origin = ''
  let handler: (request: unknown) => Promise<void>

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    origin = `http://127.0.0.1:${address.port}`
    process.env[endpointVariable] = origin
    handler = (await import(pathToFileURL(`${folder}/${deploymentFunction}/index.mjs`).href)).handler
  })

  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true })
    if (before === undefined) delete process.env[endpointVariable]
    else process.env[endpointVariable] = before
  })

  async function ask(RequestType: string, ResourceProperties: Record<string, string>) {
    const ids = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Fact' }
    await handler({ ...ids, RequestType, ResponseURL: `${origin}/answer`, ResourceProperties })
    return answers.at(-1)
  }

  test('makes another cursor key of 32 bytes each time, and asks for it not to be shown', async () => {
    const first = await ask('Create', { Fact: 'cursorKey' })
    const second = await ask('Create', { Fact: 'cursorKey' })
    const keyIn = (answer: typeof first) => (Object(answer?.Data) as { Value: string }).Value
    expect(first).toMatchObject({ Status: 'SUCCESS', NoEcho: true, StackId: 'stack', RequestId: 'request' })
    expect(Buffer.from(keyIn(first), 'base64url')).toHaveLength(32)
    expect(keyIn(first)).not.toBe(keyIn(second))
  })

  test('fetches the keys of the pool, and nothing else of the answer', async () => {
    const answer = await ask('Create', { Fact: 'tokenKeys', UserPoolId: 'pool-1' })
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Value: JSON.stringify({ keys }) } })
  })

  test('fails, with the reason, when the pool shows no keys', async () => {
    const answer = await ask('Create', { Fact: 'tokenKeys', UserPoolId: 'pool-2' })
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('HTTP 404') })
  })

  test('fails on a fact that nobody knows', async () => {
    expect(await ask('Create', { Fact: 'weather' })).toMatchObject({ Status: 'FAILED' })
  })

  test('empties a bucket that goes with its stack, page by page, and says so when it cannot', async () => {
    const objects = new Set(Array.from({ length: 45 }, (_, n) => `uploads/wsp_1/tsk_1/att_${n}`))
    const methods: string[] = []
    const store = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
      methods.push(`${request.method} ${searchParams}`)
      if (!request.headers.authorization?.includes('/s3/aws4_request')) response.writeHead(403).end()
      else if (request.method === 'DELETE') {
        const isThere = objects.delete(pathname.replace('/duely/', ''))
        response.writeHead(isThere ? 204 : 500).end()
      } else {
        const page = [...objects].slice(0, 30).map((key) => `<Contents><Key>${key}</Key></Contents>`)
        response.end(`<ListBucketResult>${page.join('')}</ListBucketResult>`)
      }
    })
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve))
    const { port } = store.address() as AddressInfo
    vi.stubEnv('AWS_ENDPOINT_URL_S3', `http://127.0.0.1:${port}`)
    vi.stubEnv('AWS_REGION', 'eu-west-1')
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'test')
    vi.stubEnv(environmentNames.filesBucket, 'duely')
    for (const name of [environmentNames.filesBucketUrl, environmentNames.filesOrigin])
      vi.stubEnv(name, 'https://files.example.org')
    try {
      expect(await ask('Create', { Fact: 'passingBucket' })).toMatchObject({ Status: 'SUCCESS' })
      expect(objects.size).toBe(45)
      expect(await ask('Delete', { Fact: 'passingBucket' })).toMatchObject({ Status: 'SUCCESS' })
      expect(objects.size).toBe(0)
      expect(methods.filter((method) => method === 'GET list-type=2')).toHaveLength(3)
      store.close()
      store.closeAllConnections()
      const refused = await ask('Delete', { Fact: 'passingBucket' })
      expect(refused).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('fetch failed') })
    } finally {
      store.close()
      vi.unstubAllEnvs()
    }
  })

  test('has nothing to do on deletion of other facts', async () => {
    expect(await ask('Delete', { Fact: 'tokenKeys', UserPoolId: 'pool-2' })).toMatchObject({
      Status: 'SUCCESS',
    })
  })

  test('keeps its physical id, since another one would mean another resource', async () => {
    const answer = await ask('Create', { Fact: 'cursorKey' })
    expect(answer?.PhysicalResourceId).toBe('Fact')
  })

  test('sends no content type: the signed address of CloudFormation covers an empty one', () => {
    expect(headers.every((type) => type === '')).toBe(true)
  })
})
