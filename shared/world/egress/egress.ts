import { request } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { Answer, Egress, Outgoing } from '../../domain/webhooks/egress.ts'
import { targetOf } from '../../domain/webhooks/target.ts'
import { noAnswer, secureSocket } from './connect.ts'
import { addressOf, NoAnswer, openInternet, type Permits, type Resolve, systemResolve } from './resolve.ts'

export interface EgressSettings {
  readonly resolve: Resolve
  readonly permits: Permits
  readonly ca?: string
  /** Until the connection is secure; until everything is over. */
  readonly connectMs: number
  readonly totalMs: number
  /** Bytes of an answer that are read at most, and thrown away. */
  readonly answerBytes: number
  readonly clock: () => number
}

const usual: EgressSettings = {
  resolve: systemResolve,
  permits: openInternet,
  connectMs: 3_000,
  totalMs: 10_000,
  answerBytes: 64 * 1024,
  clock: Date.now,
}

/** How far a request has come. */
interface Progress {
  socket?: TLSSocket
  status?: number
  /** Aborted once nobody waits for it any more. */
  readonly givenUp: AbortSignal
}

/** Sends a request over a connection; of the answer's body so much is read as lets the other side end. */
const exchange = (url: URL, { headers, body }: Outgoing, progress: Progress, answerBytes: number) =>
  new Promise<number>((resolve, reject) => {
    const sent = request({
      method: 'POST',
      path: url.pathname + url.search,
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
      // No agent: no connection is used twice, and no proxy of the surroundings comes in between.
      createConnection: () => progress.socket,
    })
    sent.on('error', (error) => reject(noAnswer(error)))
    sent.on('response', (answer) => {
      const status = answer.statusCode ?? 0
      progress.status = status
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > answerBytes) resolve(status)
      })
      // The status is known: how the rest ends changes nothing.
      for (const end of ['end', 'error', 'close']) answer.on(end, () => resolve(status))
    })
    sent.end(body)
  })

const attempt = async (
  outgoing: Outgoing,
  progress: Progress,
  { resolve, permits, answerBytes, ...around }: EgressSettings,
): Promise<number> => {
  const target = targetOf(outgoing.url)
  if ('wrong' in target) throw new NoAnswer(`the address ${target.wrong}`)
  const { url } = target
  const { givenUp } = progress
  const address = await addressOf(url, { resolve, permits, givenUp })
  if (givenUp.aborted) throw new NoAnswer('it was too late to connect')
  progress.socket = await secureSocket(address, url, { ...around, permits })
  if (givenUp.aborted) progress.socket.destroy()
  return exchange(url, outgoing, progress, answerBytes)
}

/** Posts within the time there is; then the status of an answer that has begun counts. */
const post = async (outgoing: Outgoing, settings: EgressSettings): Promise<number> => {
  const { totalMs } = settings
  const givingUp = new AbortController()
  const progress: Progress = { givenUp: givingUp.signal }
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<number>((resolve, reject) => {
    timer = setTimeout(() => {
      if (progress.status !== undefined) resolve(progress.status)
      else reject(new NoAnswer(`there was no answer within ${totalMs / 1000} seconds`))
      givingUp.abort()
    }, totalMs)
  })
  return Promise.race([attempt(outgoing, progress, settings), end]).finally(() => {
    clearTimeout(timer)
    progress.socket?.destroy()
  })
}

const reasonFor = (status: number): string | null => {
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return `it redirects (${status}), and redirects are not followed`
  return `it answers ${status}`
}

/**
 * The one way out for requests to addresses that people give: HTTPS to public addresses only. A name is resolved once,
 * and the connection goes to the very address that was looked at; every request has a connection of its own.
 */
export const egress = (changes: Partial<EgressSettings> = {}): Egress => {
  const settings = { ...usual, ...changes }
  const { clock } = settings
  return {
    post: async (outgoing): Promise<Answer> => {
      const began = clock()
      try {
        const status = await post(outgoing, settings)
        return { status, reason: reasonFor(status), milliseconds: clock() - began }
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        return { status: null, reason: error.message, milliseconds: clock() - began }
      }
    },
  }
}
