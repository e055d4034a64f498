import { decorateServiceException, ServiceException } from '@smithy/core/client'
import { HttpRequest, loadJsonRpcErrorCode } from '@smithy/core/protocols'
import { fromWire, type SchemaRef, toWire } from './jsonShapes.ts'

interface Settings {
  readonly defaultNamespace: string
  readonly serviceTarget: string
  /** The first has the client's base exception, the second those of the service. */
  readonly errorTypeRegistries: readonly Registry[]
}
interface Registry {
  readonly schemas: ReadonlyMap<string, ErrorSchema>
  readonly exceptions: ReadonlyMap<ErrorSchema, ErrorClass>
}
type ErrorSchema = Extract<SchemaRef, readonly [number, string, ...unknown[]]>
type ErrorClass = new (options: never) => ServiceException
interface Operation {
  readonly name: string
  readonly input: SchemaRef
  readonly output: SchemaRef
}
interface Endpoint {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
}
interface RequestContext {
  readonly endpoint: () => Promise<Endpoint>
}
interface ResponseContext {
  readonly streamCollector: (body: unknown) => Promise<Uint8Array>
}
interface Response {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: unknown
}
type Fields = Record<string, unknown>

const metadataOf = ({ statusCode, headers }: Response) => ({
  httpStatusCode: statusCode,
  requestId: headers['x-amzn-requestid'] ?? headers['x-amzn-request-id'] ?? headers['x-amz-request-id'],
  extendedRequestId: headers['x-amz-id-2'],
  cfId: headers['x-amz-cf-id'],
})

/** The parsed body; no object when it is empty. */
async function parsed({ body }: Response, { streamCollector }: ResponseContext): Promise<Fields> {
  const bytes = await streamCollector(body)
  return bytes.length === 0 ? {} : { ...JSON.parse(Buffer.from(bytes).toString()) }
}

/** An error as the class that the client has for it, or the client's base class under the name that the service gave. */
function exceptionOf(settings: Settings, response: Response, data: Fields): ServiceException {
  const name = loadJsonRpcErrorCode(response, data) ?? 'Unknown'
  const [base, modeled] = settings.errorTypeRegistries
  const schema = modeled?.schemas.get(`${settings.defaultNamespace}#${name}`)
  const common = {
    $metadata: metadataOf(response),
    $fault: response.statusCode < 500 ? 'client' : 'server',
  } as const
  data.message ??= data.Message ?? 'UnknownError'
  if (!schema) {
    const Base = base?.exceptions.values().next().value ?? ServiceException
    return decorateServiceException(Object.assign(new Base({ name } as never), common), data)
  }
  const Class = modeled?.exceptions.get(schema) ?? ServiceException
  const { error: $fault } = schema[3] as { readonly error: 'client' | 'server' }
  const own = { $fault, message: data.message as string, ...(fromWire(schema, data) as Fields) }
  return decorateServiceException(Object.assign(new Class({ name } as never), common, own), data)
}

/**
 * Stands for the SDK's AWS JSON protocols 1.0 and 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html),
 * which are built on an interpreter for all protocols that AWS ever had. Speaks for clients whose schemas have
 * nothing but structures, lists, maps, plain values, JSON documents, binary, and times in seconds since the epoch; a
 * test holds it against the original, with every schema of the clients that get it.
 */
const protocolOf = (version: string) =>
  class {
    readonly #settings: Settings

    constructor(settings: Settings) {
      this.#settings = settings
    }

    setSerdeContext(): void {
      // Encoders and collectors of the client's configuration are Node's own; there is nothing to choose.
    }

    async serializeRequest({ name, input }: Operation, value: object, { endpoint }: RequestContext) {
      const { path, ...host } = await endpoint()
      return new HttpRequest({
        ...host,
        path: path.endsWith('/') ? path : `${path}/`,
        method: 'POST',
        headers: {
          'content-type': `application/x-amz-json-${version}`,
          'x-amz-target': `${this.#settings.serviceTarget}.${name}`,
        },
        body: Buffer.from(JSON.stringify(toWire(input, value))),
      })
    }

    async deserializeResponse({ output }: Operation, context: ResponseContext, response: Response) {
      const data = await parsed(response, context)
      if (response.statusCode >= 300) throw exceptionOf(this.#settings, response, data)
      return { ...(fromWire(output, data) as Fields), $metadata: metadataOf(response) }
    }
  }

export const AwsJson1_0Protocol = /* @__PURE__ */ protocolOf('1.0')
export const AwsJson1_1Protocol = /* @__PURE__ */ protocolOf('1.1')
