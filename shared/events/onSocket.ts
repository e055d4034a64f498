import type { APIGatewayProxyResult } from 'aws-lambda'
import { liveProtocol, ticketProtocol } from '../api/live.ts'
import { type ConnectWorld, connect } from '../domain/live/connect.ts'
import type { Connections } from '../domain/live/connection.ts'
import { type SayWorld, say } from '../domain/live/say.ts'

/** What API Gateway's WebSocket API hands to a function, as far as it is read here. */
export interface SocketEvent {
  readonly requestContext: { readonly connectionId: string }
  /** Of the handshake alone; names in whatever case the client sent. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: string | null
}

const statuses = { opened: 200, refused: 401 } as const
const protocolHeader = 'Sec-WebSocket-Protocol'

/** Subprotocols that the client offers (RFC 6455, 4.1). */
const offered = ({ headers = {} }: SocketEvent): string[] => {
  const [, value = ''] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === protocolHeader.toLowerCase()) ?? []
  return value.split(',').map((protocol) => protocol.trim())
}

/** Handler of the handshake. The ticket travels as a subprotocol: an address ends in logs and histories. */
export const onConnect =
  (world: ConnectWorld, clock: () => number) =>
  async (event: SocketEvent): Promise<APIGatewayProxyResult> => {
    const protocols = offered(event)
    if (!protocols.includes(liveProtocol)) return { statusCode: 400, body: '' }
    const ticket = protocols.find((protocol) => protocol.startsWith(ticketProtocol))
    const outcome = await connect(
      {
        connectionId: event.requestContext.connectionId,
        ticket: ticket?.slice(ticketProtocol.length),
        now: new Date(clock()).toISOString(),
      },
      world,
    )
    return { statusCode: statuses[outcome], headers: { [protocolHeader]: liveProtocol }, body: '' }
  }

/** Handler of messages; what it returns as body goes back over the connection. */
export const onMessage =
  (world: SayWorld, clock: () => number) =>
  async ({ requestContext: { connectionId }, body }: SocketEvent): Promise<APIGatewayProxyResult> => {
    const answer = await say({ connectionId, text: body ?? '', now: clock() }, world)
    return { statusCode: 200, body: answer.length === 0 ? '' : JSON.stringify(answer) }
  }

/** Handler of the end, which API Gateway tells as well as it can: what it does not tell ends by its time. */
export const onDisconnect =
  (connections: Connections) =>
  async ({ requestContext: { connectionId } }: SocketEvent): Promise<APIGatewayProxyResult> => {
    const pointer = await connections.pointer(connectionId)
    if (pointer !== undefined) await connections.remove(pointer)
    return { statusCode: 200, body: '' }
  }
