import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closeServer, listenOnLoopback } from '../parts/listen.ts'
import type { Part } from '../parts/part.ts'

/** Connections by their ids, as far as others send over them. */
export interface Lines {
  /** False when it is not there. */
  send(connectionId: string, data: string): boolean
  close(connectionId: string): boolean
}

/** Largest frame that API Gateway takes. */
const largest = 128 * 1024

const refuse = (response: ServerResponse, status: number, type: string): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type })
  response.end(JSON.stringify({ message: type }))
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const answer = async (request: IncomingMessage, response: ServerResponse, lines: Lines): Promise<void> => {
  const [, encoded] = /^\/@connections\/([^/?]+)$/.exec(request.url ?? '') ?? []
  const body = await bodyOf(request)
  if (encoded === undefined) return refuse(response, 404, 'NotFoundException')
  const id = decodeURIComponent(encoded)
  if (request.method === 'POST' && body.length > largest)
    return refuse(response, 413, 'PayloadTooLargeException')
  const isThere = request.method === 'DELETE' ? lines.close(id) : lines.send(id, body.toString())
  if (!isThere) return refuse(response, 410, 'GoneException')
  response.writeHead(request.method === 'DELETE' ? 204 : 200).end()
}

/**
 * The `@connections` API of API Gateway: send to a connection, close it. By itself, so that nobody reaches it at the
 * port of the product.
 */
export async function startManagement(lines: Lines): Promise<Part> {
  const server = createServer((request, response) => {
    answer(request, response, lines).catch(() => refuse(response, 400, 'BadRequestException'))
  })
  const port = await listenOnLoopback(server)
  return { endpoint: `http://127.0.0.1:${port}`, close: () => closeServer(server) }
}
