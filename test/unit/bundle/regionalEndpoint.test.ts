import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { common, root } from '../../../infra/bundle/esbuildOptions.ts'
import * as cognito from '../../../infra/bundle/plugins/replacements/cognitoEndpoint.ts'
import * as dynamodb from '../../../infra/bundle/plugins/replacements/dynamodbEndpoint.ts'

type Resolver = typeof dynamodb.defaultEndpointResolver
interface Sdk {
  readonly defaultEndpointResolver: Resolver
  readonly partitionsInfo: { readonly partitions: readonly { readonly regions: object }[] }
}

/** Regions that the SDK does not know yet, but whose partition it recognises. */
const regionsToCome = ['eu-north-9', 'mx-south-2', 'us-gov-north-1', 'cn-east-3', 'eusc-de-west-2', 'nowhere']
const bothWays = [false, true]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'endpoints-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The rules of the SDK's own client, and the partitions of AWS that it knows. */
async function sdkOf(client: string): Promise<Sdk> {
  const outfile = join(folder, `${client}.mjs`)
  const aws = '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js'
  const contents = `export * from './node_modules/@aws-sdk/${client}/dist-es/endpoint/endpointResolver.js'
    export * from './node_modules/${aws}'`
  await build({ ...common, stdin: { contents, resolveDir: root }, format: 'esm', outfile })
  return import(pathToFileURL(outfile).href)
}

const answerOf = (resolver: Resolver, parameters: Parameters<Resolver>[0]): string => {
  try {
    return resolver(parameters).url.href
  } catch (error) {
    return `${error}`.replace('EndpointError', 'Error')
  }
}

describe.each([
  ['client-dynamodb', dynamodb],
  ['client-cognito-identity-provider', cognito],
])('the endpoint of %s', (client, ours) => {
  it('is that of the SDK in every region, with FIPS and IPv6 or without', async () => {
    const theirs = await sdkOf(client)
    const known = theirs.partitionsInfo.partitions.flatMap(({ regions }) => Object.keys(regions))
    // What the list calls `aws-global` and the like is no region; a Lambda is never in one.
    const regions = [...known.filter((region) => !region.endsWith('-global')), ...regionsToCome]
    expect(regions.length).toBeGreaterThan(40)
    const answers = new Set<string>()
    for (const Region of regions) {
      for (const UseFIPS of bothWays) {
        for (const UseDualStack of bothWays) {
          const parameters = { Region, UseFIPS, UseDualStack }
          const answer = answerOf(ours.defaultEndpointResolver, parameters)
          expect([parameters, answer]).toEqual([
            parameters,
            answerOf(theirs.defaultEndpointResolver, parameters),
          ])
          answers.add(answer)
        }
      }
    }
    expect(answers.size).toBeGreaterThan(regions.length * 3)
  })

  it.each([
    ['http://127.0.0.1:8000', false, false],
    ['https://proxy.example/dynamodb', false, false],
    ['http://127.0.0.1:8000', true, false],
    ['http://127.0.0.1:8000', false, true],
  ])(
    'is %s where that is set, and with FIPS %s or IPv6 %s what the SDK makes of it',
    async (Endpoint, UseFIPS, UseDualStack) => {
      const theirs = await sdkOf(client)
      const parameters = { Endpoint, Region: 'eu-west-1', UseFIPS, UseDualStack }
      expect(answerOf(ours.defaultEndpointResolver, parameters)).toBe(
        answerOf(theirs.defaultEndpointResolver, parameters),
      )
    },
  )
})
