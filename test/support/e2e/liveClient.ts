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

/** Offers protocols to an address; rejects with the status of a refusal. */
export const openSocket = (url: string, protocols: readonly string[]): Promise<LiveClient> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [...protocols])
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
