import { WebSocket } from 'ws'
import {
  type LiveFrame,
  liveFrame,
  liveProtocol,
  type News,
  ticketProtocol,
} from '../../../shared/api/live.ts'
import { createLiveTicket } from '../../../shared/api/routes/live.ts'
import type { Api } from './api.ts'

export interface LiveClient {
  readonly socket: WebSocket
  /** All frames so far, checked against their schema. */
  readonly frames: readonly LiveFrame[]
  /** All news so far. */
  news(): News[]
  say(message: unknown): void
  /** Resolves with the close code. */
  readonly closed: Promise<number>
  close(): void
}

/** Where an emulated cloud answers for the hosts of its WebSocket APIs; unset where those can be reached themselves. */
const via = process.env.LIVE_VIA

/** `wss://{api}.execute-api.{…}/{stage}`, or the path under which it is served there: it names the stage once more. */
const reached = (url: string): string => {
  if (via === undefined) return url
  const { hostname, pathname, search } = new URL(url)
  const api = `${via.replace('http', 'ws')}/_aws/execute-api/${hostname.split('.')[0]}`
  return `${api}${pathname}${pathname}${search}`
}

/** Offers protocols to an address; rejects with the status of a refusal. */
export const openSocket = (url: string, protocols: readonly string[]): Promise<LiveClient> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(reached(url), [...protocols])
    const frames: LiveFrame[] = []
    socket.on('message', (data) => frames.push(liveFrame.parse(JSON.parse(String(data)))))
    const closed = new Promise<number>((done) => socket.on('close', done))
    socket.on('unexpected-response', (request, { statusCode }) => {
      request.destroy()
      reject(new Error(`refused with ${statusCode}`))
    })
    socket.on('error', reject)
    socket.on('open', () =>
      resolve({
        socket,
        frames,
        closed,
        news: () => frames.flat(),
        say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
        close: () => socket.close(),
      }),
    )
  })

export const ticketOf = async (api: Api, workspaceId: string) => {
  const { body } = await api.ok(createLiveTicket, { params: { workspaceId }, body: {} })
  if (body.url === null) throw new Error('there are no live connections here')
  return { ticket: body.ticket, url: body.url }
}

/** Opens a live connection with a ticket of one's own. */
export const goLive = async (api: Api, workspaceId: string): Promise<LiveClient> => {
  const { ticket, url } = await ticketOf(api, workspaceId)
  return openSocket(url, [liveProtocol, `${ticketProtocol}${ticket}`])
}
