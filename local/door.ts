import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** Takes over the connection of a WebSocket handshake. */
export type SocketHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

const refusal = JSON.stringify({
  type: 'about:blank',
  title: 'Upgrade Required',
  status: 426,
  detail: 'This server offers no live connection. Poll the changes instead.',
})

/** Hands WebSocket handshakes to the handler; without one they are refused with 426 and a problem document. */
export function openDoor(server: Server, handler?: SocketHandler): void {
  server.on('upgrade', (request, socket, head) => {
    if (handler !== undefined) return handler(request, socket, head)
    const headers = [
      'HTTP/1.1 426 Upgrade Required',
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(refusal)}`,
      'connection: close',
    ]
    // The caller may be gone already; there is nobody left to tell.
    socket.on('error', () => socket.destroy())
    socket.end(`${headers.join('\r\n')}\r\n\r\n${refusal}`)
  })
}
