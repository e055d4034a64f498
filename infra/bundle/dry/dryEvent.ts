import type { RouteDeclaration, TriggerDeclaration } from '../../../shared/api/declaration.ts'
import { fallback, routes } from '../../../shared/api/routes.ts'
import { sockets } from '../../../shared/api/sockets.ts'
import { triggers } from '../../../shared/api/triggers.ts'
import { sampleOf } from './sample.ts'

/** An event that the function `name` takes as real, sent by the holder of `token`. */
export function dryEventOf(name: string, token: string): object {
  // Any route's request will do for the function that takes what no route matches.
  const route = name === fallback.name ? routes[0] : routes.find((one) => one.name === name)
  if (route) return requestTo(route, token)
  const trigger = triggers.find((one) => one.name === name)
  if (trigger) return recordsFor(trigger)
  return sockets.some((one) => one.name === name) ? messageOver : {}
}

/** API Gateway's proxy event, payload format 1.0. */
function requestTo(route: RouteDeclaration, token: string): object {
  const pathParameters = sampleOf(route.params) as Record<string, string>
  const path = route.path.replace(/\{(\w+)\+?\}/g, (_, key) => encodeURIComponent(pathParameters[key] ?? key))
  const headers = headersFor(route, token)
  return {
    version: '1.0',
    resource: route.path,
    path,
    httpMethod: route.method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters,
    stageVariables: null,
    requestContext: {
      requestId: 'dry-run',
      stage: '$default',
      path,
      httpMethod: route.method,
      requestTimeEpoch: 0,
      identity: { sourceIp: '127.0.0.1' },
    },
    body: route.body ? JSON.stringify(bodyFor(route, route.body)) : null,
    isBase64Encoded: false,
  }
}

/** The refresh token may also come in a cookie, hence it is no required field. */
const bodyFor = ({ access }: RouteDeclaration, schema: NonNullable<RouteDeclaration['body']>): object => ({
  ...(sampleOf(schema) as object),
  ...(access.kind === 'refresh' && { refreshToken: 'dry-run' }),
})

function headersFor({ method, body }: RouteDeclaration, token: string): Record<string, string> {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  return {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    host: 'dry.run.example.com',
    ...(body && { 'content-type': type }),
    ...(method === 'POST' && { 'idempotency-key': 'dry-run-0001' }),
  }
}

function recordsFor(trigger: TriggerDeclaration): object {
  if (trigger.kind === 'stream') return { Records: [streamRecord] }
  if (trigger.kind === 'queue')
    return { Records: [{ messageId: 'dry-run', body: '{}', attributes: {}, messageAttributes: {} }] }
  return { source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2030-01-15T09:00:00Z', detail: {} }
}

/** API Gateway's event of a WebSocket API, as of a handshake and a message alike. */
const messageOver = {
  requestContext: { connectionId: 'dry-run', routeKey: '$default', eventType: 'MESSAGE' },
  headers: { 'Sec-WebSocket-Protocol': 'duely.v1, ticket.dry-run' },
  body: '{"action":"ping"}',
  isBase64Encoded: false,
}

const streamRecord = {
  eventID: 'dry-run',
  eventName: 'INSERT',
  eventSource: 'aws:dynamodb',
  dynamodb: {
    ApproximateCreationDateTime: 1_900_000_000,
    SequenceNumber: '1',
    Keys: { PK: { S: 'DRY#RUN' }, SK: { S: 'DRY#RUN' } },
    NewImage: { PK: { S: 'DRY#RUN' }, SK: { S: 'DRY#RUN' }, version: { N: '1' } },
  },
}
