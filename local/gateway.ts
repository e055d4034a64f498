import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { openDoor, type SocketHandler } from './door.ts'
import { type Routing, toEvent } from './gatewayEvent.ts'
import { sendMessage, sendResult } from './gatewayReply.ts'
import { generous, type RateAndBurst, tokenBucket } from './gatewayThrottle.ts'
import type { Invoke } from './lambda/invoke.ts'
import type { Log } from './lambda/worker.ts'
import { closeServer, listenOnLoopback } from './parts/listen.ts'

export interface GatewayOptions extends Routing {
  /** 0 lets the system choose. Rejects with EADDRINUSE when taken. */
  readonly port: number
  readonly invoke: Invoke
  readonly log: Log
  /** Where the inbox page is; `/inbox` leads there. */
  readonly inboxUrl: string
  readonly onSocket?: SocketHandler
  /** Of all requests together. */
  readonly throttle?: RateAndBurst
}

export interface Gateway {
  /** `http://127.0.0.1:<port>` */
  readonly baseUrl: string
  /** Stops accepting, lets the requests under way finish for at most `graceMilliseconds`, then cuts them off. */
  close(graceMilliseconds?: number): Promise<void>
}

/** Largest request body API Gateway passes on. */
const maximumBody = 10 * 1024 * 1024

/** Serves the declared routes on 127.0.0.1 by invoking their functions, as API Gateway does. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const underWay = new Set<Promise<void>>()
  const isLetIn = tokenBucket(options.throttle ?? generous)
  const server = createServer((request, response) => {
    if (!isLetIn(performance.now())) return sendThrottled(response)
    const answered = answer(request, response, options).finally(() => underWay.delete(answered))
    underWay.add(answered)
  })
  openDoor(server, options.onSocket)
  const port = await listenOnLoopback(server, options.port)
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    close: async (graceMilliseconds = 1000) => {
      server.close()
      await settled(underWay, graceMilliseconds)
      await closeServer(server)
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: GatewayOptions,
): Promise<void> {
  if (isInbox(request)) return redirectToInbox(request, response, options.inboxUrl)
  try {
    const body = await readBody(request)
    if (body === undefined) return sendTooLarge(response)
    const { name, event } = toEvent(request, body, options)
    sendResult(request, response, await options.invoke(name, event))
  } catch (error) {
    options.log(`${request.method} ${request.url?.split('?')[0]}: ${(error as Error).message}`)
    if (response.headersSent) response.destroy()
    else sendMessage(response, 500, 'Internal Server Error')
  }
}

const isInbox = ({ method, url = '' }: IncomingMessage): boolean =>
  method === 'GET' && /^\/inbox([/?]|$)/.test(url)

/** `/inbox` is the page; `/inbox/store?since=…` its mails as JSON. */
function redirectToInbox(request: IncomingMessage, response: ServerResponse, inboxUrl: string): void {
  const rest = (request.url ?? '').slice('/inbox'.length)
  response.writeHead(307, { location: `${inboxUrl}${rest.startsWith('/') ? rest : `/${rest}`}` })
  response.end()
}

/** The body, or `undefined` when it is larger than API Gateway takes. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maximumBody) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What an HTTP API answers by itself: no problem document, and no word of when to try again. */
function sendThrottled(response: ServerResponse): void {
  response.setHeader('connection', 'close')
  sendMessage(response, 429, 'Too Many Requests')
}

function sendTooLarge(response: ServerResponse): void {
  response.setHeader('connection', 'close')
  sendMessage(response, 413, 'Request Entity Too Large')
}

async function settled(work: ReadonlySet<Promise<void>>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([Promise.allSettled(work), patience])
  clearTimeout(timer)
}
