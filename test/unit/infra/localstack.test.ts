import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localStackResourceTypes } from '../../../infra/localstack/resourceTypes.ts'
import { localStackUrl, stages } from '../../../infra/stages.ts'
import { type CognitoPart, startCognito } from '../../../local/parts/cognito.ts'
import { localRegion } from '../../../local/parts/part.ts'
import { environmentNames as names } from '../../../shared/api/environment.ts'
import { declared, synthesise } from './support/synthesis.ts'

const { templates, resources } = synthesise(stages.localstack)
const properties = (type: string) => [...resources(type).values()].map(({ Properties }) => Properties)
const variablesOf = (fn: Readonly<Record<string, unknown>>) =>
  (fn.Environment as { Variables: Record<string, unknown> }).Variables

describe('the profile for LocalStack', () => {
  test('uses only resource types that the image can create', () => {
    const all = [...templates.values()].flatMap((t) =>
      Object.values(t.toJSON().Resources as Record<string, { Type: string }>),
    )
    const unknown = all.map(({ Type }) => Type).filter((type) => !localStackResourceTypes.has(type))
    expect(all.length).toBeGreaterThan(100)
    expect(unknown).toEqual([])
  })

  test('has every declared route as a proxy of its own function', () => {
    const methods = [...resources('AWS::ApiGateway::Method').values()]
    const declaredOnes = methods.filter(({ Properties }) => Properties.HttpMethod !== 'ANY')
    expect(declaredOnes.length).toBe(declared.routes.length)
    for (const { Properties } of methods) {
      expect(Properties.Integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' })
    }
    for (const { name } of declared.routes) {
      const own = declaredOnes.filter((method) => JSON.stringify(method).includes(`GetAtt${name}Function`))
      expect(own).toHaveLength(1)
    }
  })

  test('throttles as a whole, and more tightly where the user pool is asked; what it then answers is a problem', () => {
    const [stage] = properties('AWS::ApiGateway::Stage')
    const settings = stage?.MethodSettings as { HttpMethod: string; ResourcePath: string }[]
    expect(settings[0]).toMatchObject({ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100 })
    expect(settings.map(({ ResourcePath }) => ResourcePath)).toContain('/~1v1~1auth~1sign-in')
    const [throttled] = properties('AWS::ApiGateway::GatewayResponse')
    expect(throttled).toMatchObject({ ResponseType: 'THROTTLED', StatusCode: '429' })
    const templates = throttled?.ResponseTemplates as Record<string, string>
    expect(JSON.parse(templates['application/json'] ?? '')).toMatchObject({
      type: 'urn:duely:problem:too-many-requests',
      status: 429,
    })
  })

  test('sends other methods and unknown paths to the fallback, the root included', () => {
    const others = properties('AWS::ApiGateway::Method').filter(({ HttpMethod }) => HttpMethod === 'ANY')
    const paths = properties('AWS::ApiGateway::Resource')
    expect(others.length).toBe(paths.length + 1)
    expect(paths.map(({ PathPart }) => PathPart)).toContain('{proxy+}')
    for (const method of others) expect(JSON.stringify(method)).toContain(`${declared.fallback.name}Function`)
  })

  test('deploys anew when the list of routes changes, and only then', () => {
    const id = (count: number) => [
      ...synthesise(stages.localstack, { ...declared, routes: declared.routes.slice(0, count) })
        .resources('AWS::ApiGateway::Deployment')
        .keys(),
    ]
    expect(id(4)).toEqual(id(4))
    expect(id(4)).not.toEqual(id(5))
  })

  test('points every function at the parts on its network, and mails at the address people have', () => {
    for (const [id, { Properties }] of resources('AWS::Lambda::Function')) {
      expect(variablesOf(Properties)).toMatchObject({
        AWS_ENDPOINT_URL: 'http://localstack:4566',
        AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://cognito:9229',
      })
      if (!id.startsWith('Facts')) {
        expect(variablesOf(Properties)[names.publicUrl]).toBe(localStackUrl(stages.localstack))
      }
    }
  })

  test('keeps nothing when it is taken down', () => {
    for (const { DeletionPolicy } of resources('AWS::DynamoDB::GlobalTable').values()) {
      expect(DeletionPolicy).toBe('Delete')
    }
  })
})

describe('the local user pool', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'duely-pool-'))
  let pool: CognitoPart
  beforeAll(async () => {
    pool = await startCognito({ dataDir, sesEndpoint: 'http://127.0.0.1:1', mailSender: 'duely@example.com' })
  })
  afterAll(async () => {
    await pool.close()
    rmSync(dataDir, { recursive: true })
  })

  test('is the one that the profile names', () => {
    const { userPoolId, clientId, issuer } = pool
    expect(stages.localstack.pool).toEqual({ userPoolId, clientId, issuer })
    expect(stages.localstack.region).toBe(localRegion)
  })

  test('has its keys where functions look for them', async () => {
    const [keysUrl] = properties('AWS::Lambda::Function').flatMap(
      (fn) => variablesOf(fn)[names.tokenKeysUrl] ?? [],
    )
    const path = new URL(String(keysUrl)).pathname
    expect(await (await fetch(pool.endpoint + path)).json()).toEqual(pool.keySet)
  })
})

describe('docker-compose.localstack.yml', () => {
  const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
  const compose = read('docker-compose.localstack.yml')

  test('pins the images: the last free LocalStack, and the Node of the repository', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: { node: string } }
    const images = [...compose.matchAll(/^\s+image: (\S+)$/gm)].map(([, image]) => image)
    expect(images).toEqual(['localstack/localstack:4.14.0', `node:${devDependencies.node}-slim`])
  })

  test('publishes ports on loopback only', () => {
    const ports = [...compose.matchAll(/^\s+- (\S*\d+:\d+)$/gm)].map(([, port]) => port)
    expect(ports).toEqual(['127.0.0.1:4566:4566', '127.0.0.1:9229:9229'])
  })

  test('makes deployments fail on what LocalStack has not', () => {
    expect(compose).toMatch(/CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES: ['"]0['"]/)
  })

  test('gives the parts the names that functions use', () => {
    for (const url of [stages.localstack.awsEndpoint, stages.localstack.identityEndpoint]) {
      expect(compose).toMatch(new RegExp(`^ {2}${new URL(url).hostname}:$`, 'm'))
    }
  })
})
