import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, createServer as createPlain, type Server } from 'node:net'
import type { Certificate } from './selfSigned.ts'

interface Received {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Receiver extends AsyncDisposable {
  readonly port: number
  readonly received: Received[]
  /** Connections, whether anything was sent over them or not. */
  readonly connections: () => number
  /** How it answers from now on. */
  answer: (response: ServerResponse, request: Received) => void
}

const listening = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const ended = (server: Server): Promise<void> => new Promise((resolve) => void server.close(() => resolve()))

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Somebody who receives webhooks over HTTPS, on the loopback address. */
export const startReceiver = async (certificate: Certificate): Promise<Receiver> => {
  let connections = 0
  const server = createServer({ ...certificate }, async (request, response) => {
    const one = { path: request.url ?? '', headers: request.headers, body: await bodyOf(request) }
    receiver.received.push(one)
    receiver.answer(response, one)
  })
  // Some are cut off on purpose.
  server.on('tlsClientError', () => undefined)
  server.on('connection', () => {
    connections++
  })
  const receiver: Receiver = {
    port: await listening(server),
    received: [],
    connections: () => connections,
    answer: (response) => void response.writeHead(204).end(),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await ended(server)
    },
  }
  return receiver
}

/** A socket that nobody may connect to; it counts who does. */
export const startDecoy = async () => {
  let connections = 0
  const server = createPlain((socket) => {
    connections++
    socket.destroy()
  })
  return {
    port: await listening(server),
    connections: () => connections,
    [Symbol.asyncDispose]: () => ended(server),
  }
}
