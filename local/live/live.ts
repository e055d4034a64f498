import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { liveConnect, liveDisconnect, liveMessage } from '../../shared/api/sockets.ts'
import type { SocketHandler } from '../door.ts'
import type { Invoke } from '../lambda/invoke.ts'
import type { Log } from '../lambda/worker.ts'
import type { Part } from '../parts/part.ts'
import { startManagement } from './management.ts'
import { socketEvent } from './socketEvent.ts'

/** Where live connections are opened. */
export const livePath = '/live'

/** Largest message that API Gateway takes of a client; it closes a connection that sends more. */
const maxPayload = 128 * 1024

interface Reply {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Live extends Part {
  readonly handle: SocketHandler
}

const refuse = (socket: Duplex, status: number): void => {
  // The caller may be gone already; there is nobody left to tell.
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
}

const protocolIn = ({ headers = {} }: Reply): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')?.[1]

/**
 * Live connections as API Gateway's WebSocket API has them: handshake, messages and end are events for functions, which
 * send through the management API. What is connected when this closes is cut off, and nobody is told, as after a crash.
 */
export async function startLive({ invoke, log }: { invoke: Invoke; log: Log }): Promise<Live> {
  const lines = new Map<string, WebSocket>()
  const chosen = new WeakMap<IncomingMessage, string | false>()
  const server = new WebSocketServer({
    noServer: true,
    maxPayload,
    handleProtocols: (_, request) => chosen.get(request) ?? false,
  })
  const management = await startManagement({
    send: (id, data) => {
      const line = lines.get(id)
      line?.send(data)
      return line !== undefined
    },
    close: (id) => {
      const line = lines.get(id)
      line?.close(1000)
      return line !== undefined
    },
  })
  let isClosing = false

  const tell = async (name: string, event: object): Promise<Reply> => {
    try {
      return ((await invoke(name, event)) ?? {}) as Reply
    } catch (error) {
      log(`${name}: ${(error as Error).message}`)
      return { statusCode: 500 }
    }
  }

  const open = (
    line: WebSocket,
    about: { connectionId: string; connectedAt: number; request: IncomingMessage },
  ) => {
    const { connectionId } = about
    lines.set(connectionId, line)
    let said: Promise<unknown> = Promise.resolve()
    line.on('message', (data) => {
      const event = socketEvent({ ...about, routeKey: liveMessage.routeKey }, data.toString())
      said = said.then(async () => {
        const { body } = await tell(liveMessage.name, event)
        if (body !== undefined && body !== '') line.send(body)
      })
    })
    line.on('error', (error) => log(`live: ${error.message}`))
    line.on('close', () => {
      lines.delete(connectionId)
      if (!isClosing)
        void tell(liveDisconnect.name, socketEvent({ ...about, routeKey: liveDisconnect.routeKey }))
    })
  }

  const shake = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const about = { connectionId: randomBytes(12).toString('base64'), connectedAt: Date.now(), request }
    const reply = await tell(liveConnect.name, socketEvent({ ...about, routeKey: liveConnect.routeKey }))
    const { statusCode = 500 } = reply
    if (statusCode < 200 || statusCode > 299) return refuse(socket, statusCode)
    if (socket.destroyed) {
      await tell(liveDisconnect.name, socketEvent({ ...about, routeKey: liveDisconnect.routeKey }))
      return
    }
    chosen.set(request, protocolIn(reply) ?? false)
    server.handleUpgrade(request, socket, head, (line) => open(line, about))
  }

  return {
    endpoint: management.endpoint,
    handle: (request, socket, head) => {
      if (request.url !== livePath) return refuse(socket, 404)
      socket.on('error', () => socket.destroy())
      void shake(request, socket, head)
    },
    close: async () => {
      isClosing = true
      for (const line of server.clients) line.terminate()
      server.close()
      await management.close()
    },
  }
}
