import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { SocketDeclaration } from '../../shared/api/declaration.ts'

const eventTypes = { $connect: 'CONNECT', $default: 'MESSAGE', $disconnect: 'DISCONNECT' } as const

interface Told {
  readonly routeKey: SocketDeclaration['routeKey']
  readonly connectionId: string
  readonly connectedAt: number
  readonly request: IncomingMessage
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]))

/**
 * What API Gateway's WebSocket API hands to a function; headers with the handshake alone.
 * Source: "Lambda proxy integrations for WebSocket APIs" in the API Gateway developer guide.
 */
export function socketEvent({ routeKey, connectionId, connectedAt, request }: Told, body?: string): object {
  const now = Date.now()
  return {
    ...(routeKey === '$connect' && { headers: headersOf(request) }),
    requestContext: {
      routeKey,
      eventType: eventTypes[routeKey],
      connectionId,
      connectedAt,
      requestId: randomUUID(),
      requestTimeEpoch: now,
      messageDirection: 'IN',
      stage: 'live',
      apiId: 'local',
      domainName: request.headers.host ?? '127.0.0.1',
      identity: { sourceIp: request.socket.remoteAddress ?? '127.0.0.1' },
      ...(body !== undefined && { messageId: randomUUID() }),
    },
    isBase64Encoded: false,
    ...(body !== undefined && { body }),
  }
}
