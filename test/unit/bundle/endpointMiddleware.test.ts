import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { endpointMiddleware } from '@smithy/core/endpoints'
import { afterEach, expect, it, vi } from 'vitest'
import { bindEndpointMiddleware } from '../../../infra/bundle/plugins/replacements/endpointMiddleware.ts'

afterEach(() => vi.unstubAllEnvs())

const instructions = {
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
  UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
} as const

/** Where a client made with `settings` would go by `middleware`. */
async function endpointBy(
  middleware: (of: never) => unknown,
  settings: DynamoDBClientConfig,
): Promise<string> {
  const { config } = new DynamoDBClient({ region: 'eu-west-1', ...settings })
  const context: { endpointV2?: { url: URL } } = {}
  const handle = middleware({ config, instructions } as never) as (
    next: () => Promise<void>,
    of: object,
  ) => (args: object) => Promise<void>
  await handle(async () => undefined, context)({ input: {} })
  return context.endpointV2?.url.href ?? ''
}

const other = 'http://other.example:8000/prefix'

it.each([
  ['nothing', {}, {}, 'https://dynamodb.eu-west-1.amazonaws.com/'],
  ['an endpoint', { endpoint: other }, {}, other],
  [
    'an endpoint and another in the environment',
    { endpoint: other },
    { AWS_ENDPOINT_URL: 'http://x' },
    other,
  ],
  ['one in the environment', {}, { AWS_ENDPOINT_URL: other }, other],
  [
    'one in the environment for the service',
    {},
    { AWS_ENDPOINT_URL: 'http://x', AWS_ENDPOINT_URL_DYNAMODB: other },
    other,
  ],
  [
    'one in the environment, not to be looked at',
    { ignoreConfiguredEndpointUrls: true },
    { AWS_ENDPOINT_URL: other },
    'https://dynamodb.eu-west-1.amazonaws.com/',
  ],
  ['FIPS', { useFipsEndpoint: true }, {}, 'https://dynamodb-fips.eu-west-1.amazonaws.com/'],
  ['IPv6', { useDualstackEndpoint: true }, {}, 'https://dynamodb.eu-west-1.api.aws/'],
])(
  'a client that is given %s goes where it goes with the SDK',
  async (_, settings, environment, expected) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    expect(await endpointBy(bindEndpointMiddleware() as never, settings)).toBe(expected)
    expect(await endpointBy(endpointMiddleware as never, settings)).toBe(expected)
  },
)
