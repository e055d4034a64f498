import { Readable } from 'node:stream'
import * as cognito from '@aws-sdk/client-cognito-identity-provider'
import * as dynamodb from '@aws-sdk/client-dynamodb'
import { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  AwsJson1_0Protocol,
  AwsJson1_1Protocol,
} from '../../../infra/bundle/plugins/replacements/jsonProtocol.ts'
import { valuesOf } from './support/shapes.ts'

interface Operation {
  readonly name: string
  readonly input: never
  readonly output: never
}
interface Request {
  readonly method: string
  readonly path: string
  readonly headers: object
  readonly body: Uint8Array
}
interface Protocol {
  serializeRequest(operation: Operation, input: never, context: never): Promise<Request>
  deserializeResponse(operation: Operation, context: never, response: never): Promise<unknown>
}
interface Reply {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: string
}

const always = <Value>(values: fc.Arbitrary<Value>, holds: (value: Value) => Promise<void>) => {
  // A property must not answer anything but true; what `expect` answers is something else.
  const property = fc.asyncProperty(values, async (value) => {
    await holds(value)
  })
  return fc.assert(property, { numRuns: 30 })
}

const region = 'eu-west-1'
const clients = {
  dynamodb: { own: new dynamodb.DynamoDBClient({ region }), exported: dynamodb, Ours: AwsJson1_0Protocol },
  cognito: {
    own: new cognito.CognitoIdentityProviderClient({ region }),
    exported: cognito,
    Ours: AwsJson1_1Protocol,
  },
}

describe.each(Object.entries(clients))('the protocol of %s', (_, { own, exported, Ours }) => {
  const { protocolSettings } = own.config as unknown as {
    protocolSettings: ConstructorParameters<typeof Ours>[0]
  }
  const theirs = own.config.protocol as unknown as Protocol
  const ours = new Ours(protocolSettings) as unknown as Protocol
  const operations = Object.values(exported)
    .filter((one: unknown): one is unknown[] => Array.isArray(one) && one[0] === 9)
    .map(([, , name, , input, output]) => ({ name, input, output }) as Operation)

  const sent = async (protocol: Protocol, operation: Operation, input: unknown, path = '/') => {
    const endpoint = async () => ({ protocol: 'https:', hostname: 'host.example', port: 81, path })
    const context = { ...own.config, endpoint } as never
    const { body, ...request } = await protocol.serializeRequest(operation, input as never, context)
    const json = new TextDecoder().decode(body)
    // Tokens are made up where they are missing, each time others.
    return { ...request, json: json.replaceAll(/"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/g, '"token"') }
  }

  const received = async (protocol: Protocol, operation: Operation, { body, ...reply }: Reply) => {
    const response = { ...reply, headers: { ...reply.headers }, body: Readable.from([Buffer.from(body)]) }
    try {
      return await protocol.deserializeResponse(operation, own.config as never, response as never)
    } catch (error) {
      const { name, message, constructor: of } = error as Error
      return { thrown: { ...(error as object), name, message, of } }
    }
  }

  const bodiesOf = (schema: never) =>
    valuesOf(NormalizedSchema.of(schema), 'wire').map((all) => JSON.stringify(all))
  const compare = async (operation: Operation, reply: Reply) =>
    expect(await received(ours, operation, reply)).toEqual(await received(theirs, operation, reply))

  it('sends every operation as the SDK does', async () => {
    expect(operations.length).toBeGreaterThan(50)
    for (const operation of operations) {
      const same = async (input: unknown) =>
        expect(await sent(ours, operation, input)).toEqual(await sent(theirs, operation, input))
      await always(valuesOf(NormalizedSchema.of(operation.input), 'given'), same)
    }
  })

  it.each(['', '/', '/prefix', '/prefix/'])(
    'sends to an endpoint with path "%s" as the SDK does',
    async (path) => {
      const [operation] = operations as [Operation]
      expect(await sent(ours, operation, {}, path)).toEqual(await sent(theirs, operation, {}, path))
    },
  )

  it('reads the answers of every operation as the SDK does', async () => {
    const headers = { 'x-amzn-requestid': 'id', 'x-amz-id-2': 'extended' }
    for (const operation of operations) {
      const same = (body: string) => compare(operation, { statusCode: 200, headers, body })
      await always(bodiesOf(operation.output), same)
      await same('')
    }
  })

  const [operation] = operations as [Operation]
  const named = (id: string): Record<string, string>[] => [
    { __type: id },
    { __type: id.split('#')[1] as string },
    { __type: `${id}:http://internal.amazon.com/` },
    { code: id },
  ]

  it('throws every error as the SDK does', async () => {
    const errors = [...(protocolSettings.errorTypeRegistries[1]?.schemas.entries() ?? [])]
    expect(errors.length).toBeGreaterThan(30)
    const statuses = fc.constantFrom(400, 403, 500, 503)
    for (const [id, schema] of errors) {
      const replies = fc.tuple(bodiesOf(schema as never), statuses, fc.constantFrom(...named(id)))
      await always(replies, ([body, statusCode, name]) => {
        const full = JSON.stringify({ ...name, ...JSON.parse(body) })
        return compare(operation, { statusCode, headers: {}, body: full })
      })
    }
  })

  it.each([
    ['an error that it has no class for', { body: '{"__type":"NewException","message":"no","Detail":1}' }],
    ['an error named by a header', { headers: { 'x-amzn-errortype': 'InternalServerError:x' }, body: '{}' }],
    ['an error without a name', { body: '{"Message":"no"}' }],
    ['an error without a body', { body: '' }],
    ['an error that is not JSON', { body: '<html>Bad gateway</html>' }],
    ['an error that is no object', { body: 'null' }],
  ])('throws %s as the SDK does', async (_, reply) => {
    await compare(operation, { statusCode: 502, headers: {}, ...reply })
    await compare(operation, { statusCode: 400, headers: {}, ...reply })
  })
})

it('an attribute may be called __proto__, over which the SDK falls', async () => {
  const { own, Ours } = clients.dynamodb
  const { protocolSettings } = own.config as unknown as { protocolSettings: never }
  const ours = new Ours(protocolSettings)
  const [, , name, , input, output] = dynamodb.GetItem$ as never as [
    never,
    never,
    string,
    never,
    never,
    never,
  ]
  const body = Readable.from([Buffer.from('{"Item":{"a":{"M":{"__proto__":{"N":"1"}}}}}')])
  const response = { statusCode: 200, headers: {}, body }
  const answer = await ours.deserializeResponse({ name, input, output }, own.config as never, response)
  expect(JSON.stringify(answer)).toContain('{"Item":{"a":{"M":{"__proto__":{"N":"1"}}}}')
})
