import type { APIGatewayProxyEvent } from 'aws-lambda'
import { Failure } from '../domain/failure.ts'

const usualBodyLimit = 256 * 1024

/** A header by its lower-case name; API Gateway hands over whatever case the client sent. */
export const headerOf = (event: APIGatewayProxyEvent, name: string): string | undefined => {
  const entry = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name)
  return entry?.[1]
}

const rawBody = (event: APIGatewayProxyEvent, limit: number): string => {
  const { body, isBase64Encoded } = event
  if (body === null || body === undefined) return ''
  const size = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8')
  if (size > limit) throw new Failure('body-too-large', `At most ${limit} bytes are taken here.`)
  if (!isBase64Encoded) return body
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'))
  } catch {
    throw new Failure('malformed-json', 'The body is not UTF-8.')
  }
}

const isJson = (contentType: string | undefined): boolean =>
  /^application\/(json|merge-patch\+json)\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(
    contentType?.trim() ?? '',
  )

/** @throws Failure `unsupported-media-type` */
export const requireJson = (event: APIGatewayProxyEvent): void => {
  if (!isJson(headerOf(event, 'content-type'))) throw new Failure('unsupported-media-type')
}

/** Members that would reach an object's prototype; no field of ours has such a name. */
const isPoisoned = (key: string): boolean => key === '__proto__'

/** The JSON body as it was sent, of at most so many bytes; an absent one is an empty object. */
export const jsonBody = (event: APIGatewayProxyEvent, limit = usualBodyLimit): unknown => {
  const text = rawBody(event, limit)
  if (text === '') return {}
  requireJson(event)
  try {
    return JSON.parse(text, (key, value) => {
      if (isPoisoned(key)) throw new SyntaxError('forbidden member')
      return value
    })
  } catch {
    throw new Failure('malformed-json')
  }
}

/** Query parameters; one that stands twice is refused rather than guessed at. */
export const queryOf = (event: APIGatewayProxyEvent): Record<string, string> => {
  const all = Object.entries(event.multiValueQueryStringParameters ?? {})
  const repeated = all.find(([, values]) => (values?.length ?? 0) > 1)
  if (repeated !== undefined) {
    throw new Failure('invalid-request', undefined, {
      errors: [{ pointer: `?${repeated[0]}`, detail: 'must stand once' }],
    })
  }
  const single = Object.entries(event.queryStringParameters ?? {})
  return Object.fromEntries(single.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
