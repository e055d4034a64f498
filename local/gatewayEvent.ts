import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { localAccount } from './parts/part.ts'
import { matchRoute, type RouteMatch, type RoutePattern } from './routeTable.ts'

/** The declared routes, and the function that answers whatever none of them matches (`$default` on AWS). */
export interface Routing {
  readonly routes: readonly RoutePattern[]
  readonly fallback: string
}

export interface RoutedEvent {
  /** Name of the function to invoke. */
  readonly name: string
  readonly event: APIGatewayProxyEvent & { readonly version: '1.0' }
}

/**
 * Turns a request into the event that an API Gateway HTTP API makes of it with payload format 1.0.
 * Source: "Create AWS Lambda proxy integrations for HTTP APIs" in the API Gateway developer guide.
 */
export function toEvent(request: IncomingMessage, body: Buffer, { routes, fallback }: Routing): RoutedEvent {
  const url = targetOf(request)
  const path = decoded(url.pathname)
  const method = request.method ?? 'GET'
  const match = path === undefined ? undefined : findRoute(routes, method, url.pathname)
  const event = {
    version: '1.0' as const,
    resource: match?.resource ?? '$default',
    path: path ?? url.pathname,
    httpMethod: method,
    ...headersOf(request),
    ...queryOf(url.searchParams),
    pathParameters: match?.pathParameters ?? null,
    stageVariables: null,
    ...bodyOf(body, request.headers['content-type']),
    requestContext: contextOf(request, match, path ?? url.pathname),
  }
  return { name: match?.name ?? fallback, event }
}

/** Path and query. A path that begins with two slashes names no host. */
function targetOf({ url = '/' }: IncomingMessage): URL {
  return new URL(url.startsWith('/') ? `http://127.0.0.1${url}` : '/*', 'http://127.0.0.1')
}

/** Segments are compared, and parameters handed over, decoded. An encoded slash is no separator. */
function findRoute(routes: readonly RoutePattern[], method: string, path: string): RouteMatch | undefined {
  const match = matchRoute(routes, method, path)
  if (match?.pathParameters == null) return match
  const entries = Object.entries(match.pathParameters)
  const pathParameters = Object.fromEntries(entries.map(([name, value]) => [name, decodeURIComponent(value)]))
  return { ...match, pathParameters }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

/** Names in lower case; of a header sent twice, `headers` has the last value. */
function headersOf(request: IncomingMessage): Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'> {
  const multiValueHeaders: Record<string, string[]> = {}
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = String(request.rawHeaders[index]).toLowerCase()
    multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), String(request.rawHeaders[index + 1])]
  }
  const forwarded = { 'x-forwarded-for': [sourceIp(request)], 'x-forwarded-proto': ['http'] }
  const all = { ...multiValueHeaders, ...forwarded }
  return { headers: lastValues(all), multiValueHeaders: all }
}

type Query = Pick<APIGatewayProxyEvent, 'queryStringParameters' | 'multiValueQueryStringParameters'>

function queryOf(parameters: URLSearchParams): Query {
  if (parameters.size === 0) return { queryStringParameters: null, multiValueQueryStringParameters: null }
  const names = [...new Set(parameters.keys())]
  const all = Object.fromEntries(names.map((name) => [name, parameters.getAll(name)]))
  return { queryStringParameters: lastValues(all), multiValueQueryStringParameters: all }
}

const lastValues = (lists: Record<string, string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? '']))

/** Media types that pass as text; HTTP APIs encode every other body in base64. */
const textTypes = /^(text\/.*|application\/(json|javascript|xml|vnd\.api\+json))\s*(;|$)/i

function bodyOf(
  body: Buffer,
  mediaType: string | undefined,
): Pick<APIGatewayProxyEvent, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { body: null, isBase64Encoded: false }
  const isText = mediaType !== undefined && textTypes.test(mediaType)
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText }
}

const sourceIp = (request: IncomingMessage): string => request.socket.remoteAddress ?? '127.0.0.1'

function contextOf(
  request: IncomingMessage,
  match: RouteMatch | undefined,
  path: string,
): APIGatewayProxyEvent['requestContext'] {
  const requestId = randomUUID()
  const now = new Date()
  const resourcePath = match?.resource ?? '$default'
  return {
    accountId: localAccount,
    apiId: 'local',
    authorizer: null,
    domainName: request.headers.host ?? '127.0.0.1',
    domainPrefix: 'local',
    extendedRequestId: requestId,
    httpMethod: request.method ?? 'GET',
    identity: { ...nobody, sourceIp: sourceIp(request), userAgent: request.headers['user-agent'] ?? null },
    path,
    protocol: `HTTP/${request.httpVersion}`,
    requestId,
    requestTime: commonLogTime(now),
    requestTimeEpoch: now.getTime(),
    resourceId: match === undefined ? '$default' : `${request.method} ${resourcePath}`,
    resourcePath,
    stage: '$default',
  }
}

const nobody = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
}

/** `01/Mar/2026:10:00:00 +0000` */
function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? []
  return `${day}/${month}/${year}:${clock} +0000`
}
