import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildFunctions } from '../../../infra/bundle/build.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { runBundle } from './runBundle.ts'

const sourceDir = join(import.meta.dirname, 'functions')
const lambda = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }

let outDir: string
let dir: string
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'bundle-dynamodb-'))
  await buildFunctions({ outDir, sourceDir, names: ['writeThing'], codeCache: false })
  dir = join(outDir, 'writeThing')
})
afterAll(() => rm(outDir, { recursive: true }))

const write = (server: Recorder, together = false) =>
  runBundle({
    dir,
    event: { together },
    environment: { ...lambda, AWS_ENDPOINT_URL: server.url, AWS_MAX_ATTEMPTS: '2' },
  })
const refuse = (response: ServerResponse, name: string, more: object = {}) =>
  response.writeHead(400).end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, ...more }))

describe('a bundle that writes to DynamoDB', () => {
  it('sends an item as DynamoDB takes it', async () => {
    await using server = await startRecorder()
    expect((await write(server)).result).toBe('written')
    const [request] = server.requests
    expect(request?.headers['content-type']).toBe('application/x-amz-json-1.0')
    expect(request?.body).toEqual({
      TableName: 'things',
      Item: {
        PK: { S: 'a' },
        SK: { S: 'b' },
        n: { N: '1' },
        bytes: { B: 'AQI=' },
        tags: { L: [{ S: 'x' }] },
      },
    })
  })

  it('learns which item stood in the way of a condition', async () => {
    const more = { message: 'The conditional request failed', Item: { PK: { S: 'a' }, n: { N: '2' } } }
    await using server = await startRecorder((response) =>
      refuse(response, 'ConditionalCheckFailedException', more),
    )
    expect((await write(server)).result).toEqual({ message: more.message, present: more.Item })
    expect(server.requests).toHaveLength(1)
  })

  it('learns why each write of a transaction was cancelled', async () => {
    const reasons = [
      { Code: 'ConditionalCheckFailed', Message: 'no', Item: { PK: { S: 'a' } } },
      { Code: 'None' },
    ]
    const more = { Message: 'Transaction cancelled', CancellationReasons: reasons }
    await using server = await startRecorder((response) =>
      refuse(response, 'TransactionCanceledException', more),
    )
    expect((await write(server, true)).result).toEqual({ message: more.Message, reasons })
    expect(server.requests).toHaveLength(1)
  })

  it('repeats a transaction under its first token, so that it is done once', async () => {
    await using server = await startRecorder((response, count) => {
      if (count === 1) response.writeHead(500)
      response.end('{}')
    })
    expect((await write(server, true)).result).toBe('written')
    const [first, second] = server.requests.map(({ body }) => body as { ClientRequestToken: string })
    expect(first?.ClientRequestToken).toMatch(/^[0-9a-f-]{36}$/)
    expect(second).toEqual(first)
  })

  it.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
    'tries again after %s, and gives up after as many times as the environment says',
    async (name) => {
      await using busy = await startRecorder((response) => refuse(response, name))
      expect((await write(busy)).error).toBe(name)
      expect(busy.requests).toHaveLength(2)
      await using relieved = await startRecorder((response, count) =>
        count < 2 ? refuse(response, name) : response.end('{}'),
      )
      expect((await write(relieved)).result).toBe('written')
    },
  )

  it('does not try again what DynamoDB refuses for good', async () => {
    await using server = await startRecorder((response) => refuse(response, 'ValidationException'))
    expect((await write(server)).error).toBe('ValidationException')
    expect(server.requests).toHaveLength(1)
  })
})

describe('without an endpoint of its own, a bundle', () => {
  /** Calls nobody: a request ends in an error that bears the name of its host. */
  const before = `process.getBuiltinModule('node:https').request = ({ host }) => {
    const request = new (process.getBuiltinModule('node:events'))()
    queueMicrotask(() => request.emit('error', Object.assign(new Error('stopped'), { name: host })))
    return Object.assign(request, { setTimeout() {}, end() {} })
  }`
  const hostIn = async (environment: Record<string, string>) =>
    (await runBundle({ dir, before, environment: { ...lambda, ...environment } })).error

  it.each([
    ['eu-central-1', 'dynamodb.eu-central-1.amazonaws.com'],
    ['cn-north-1', 'dynamodb.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'dynamodb.us-gov-west-1.amazonaws.com'],
    ['eusc-de-east-1', 'dynamodb.eusc-de-east-1.amazonaws.eu'],
  ])('in %s calls %s', async (AWS_REGION, host) => {
    expect(await hostIn({ AWS_REGION })).toBe(host)
  })

  it('calls endpoints with FIPS or IPv6 when the environment says so', async () => {
    const AWS_REGION = 'us-east-1'
    expect(await hostIn({ AWS_REGION, AWS_USE_FIPS_ENDPOINT: 'true' })).toBe(
      'dynamodb-fips.us-east-1.amazonaws.com',
    )
    expect(await hostIn({ AWS_REGION, AWS_USE_DUALSTACK_ENDPOINT: 'true' })).toBe(
      'dynamodb.us-east-1.api.aws',
    )
  })

  it('calls the region when told not to look at configured endpoints', async () => {
    const configured = {
      AWS_ENDPOINT_URL: 'https://other.example',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    }
    expect(await hostIn(configured)).toBe('dynamodb.eu-central-1.amazonaws.com')
    expect(await hostIn({ AWS_ENDPOINT_URL: 'https://other.example' })).toBe('other.example')
  })
})
