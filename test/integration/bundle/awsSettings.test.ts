import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildFunctions } from '../../../infra/bundle/build.ts'
import { startRecorder } from './recorder.ts'
import { runBundle } from './runBundle.ts'

const sourceDir = join(import.meta.dirname, 'functions')
const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
}
const lambda = { AWS_REGION: 'eu-central-1', ...credentials }

let outDir: string
let dir: string
let signUp: string
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'bundle-'))
  await buildFunctions({ outDir, sourceDir, codeCache: false })
  dir = join(outDir, 'readThing')
  signUp = join(outDir, 'signUp')
})
afterAll(() => rm(outDir, { recursive: true }))

describe('a bundle in a process of its own', () => {
  it('takes endpoint, region and credentials from the environment', async () => {
    await using server = await startRecorder()
    await runBundle({ dir, environment: { ...lambda, AWS_ENDPOINT_URL: server.url } })
    const [request] = server.requests
    expect(request?.headers['x-amz-target']).toBe('DynamoDB_20120810.BatchGetItem')
    expect(request?.headers.authorization).toMatch(
      /Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/dynamodb\/aws4_request/,
    )
    expect(request?.headers['x-amz-security-token']).toBe('session')
    expect(request?.body).toMatchObject({
      RequestItems: { things: { Keys: [{ PK: { S: 'a' }, SK: { S: 'b' } }] } },
    })
  })

  it('prefers the endpoint of the service to the general one', async () => {
    await using general = await startRecorder()
    await using dynamodb = await startRecorder()
    const environment = { ...lambda, AWS_ENDPOINT_URL: general.url, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url }
    await runBundle({ dir, environment })
    expect([general.requests.length, dynamodb.requests.length]).toEqual([0, 1])
  })

  it('knows the endpoint variable of a service whose name has several words', async () => {
    await using general = await startRecorder()
    await using cognito = await startRecorder()
    const variable = 'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'
    const environment = { ...lambda, AWS_ENDPOINT_URL: general.url, [variable]: cognito.url }
    await runBundle({ dir: signUp, event: { password: 'x' }, environment })
    expect([general.requests.length, cognito.requests.length]).toEqual([0, 1])
  })

  it('reads credentials when it calls, not when it loads', async () => {
    await using server = await startRecorder()
    const environment = { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: server.url }
    const before = `Object.assign(process.env, ${JSON.stringify({ ...credentials, AWS_ACCESS_KEY_ID: 'AKIDLATER' })})`
    await runBundle({ dir, environment, before })
    expect(server.requests[0]?.headers.authorization).toContain('Credential=AKIDLATER/')
  })

  it('says which variables are missing when there are no credentials', async () => {
    await using server = await startRecorder()
    const outcome = await runBundle({
      dir,
      environment: { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: server.url },
    })
    expect(outcome.error).toBe('CredentialsProviderError')
    expect(server.requests).toHaveLength(0)
  })

  it('names itself, and passes on the trace by which AWS stops endless loops', async () => {
    await using server = await startRecorder()
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793'
    const runtime = {
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      _X_AMZN_TRACE_ID: trace,
    }
    await runBundle({ dir, environment: { ...lambda, ...runtime, AWS_ENDPOINT_URL: server.url } })
    await runBundle({ dir, environment: { ...lambda, AWS_ENDPOINT_URL: server.url } })
    const [traced, untraced] = server.requests
    expect(traced?.headers['user-agent']).toBe('aws-sdk-js duely AWS_Lambda_nodejs24.x')
    expect(traced?.headers['x-amzn-trace-id']).toBe(trace)
    expect(untraced?.headers['x-amzn-trace-id']).toBeUndefined()
  })

  it('tries again when the service fails', async () => {
    await using server = await startRecorder((response, count) => {
      if (count < 3) response.writeHead(500)
      response.end('{}')
    })
    const outcome = await runBundle({ dir, environment: { ...lambda, AWS_ENDPOINT_URL: server.url } })
    expect(server.requests).toHaveLength(3)
    expect(outcome.error).toBeUndefined()
  })

  it('obeys AWS_MAX_ATTEMPTS', async () => {
    await using server = await startRecorder((response) => response.writeHead(500).end('{}'))
    await runBundle({ dir, environment: { ...lambda, AWS_ENDPOINT_URL: server.url, AWS_MAX_ATTEMPTS: '2' } })
    expect(server.requests).toHaveLength(2)
  })

  it('gives up at the time limit of its client', async () => {
    await using server = await startRecorder(() => undefined)
    const environment = { ...lambda, AWS_ENDPOINT_URL: server.url, AWS_MAX_ATTEMPTS: '1' }
    const outcome = await runBundle({ dir: signUp, event: { password: 'x' }, environment })
    expect(outcome.error).toBe('TimeoutError')
  })
})
