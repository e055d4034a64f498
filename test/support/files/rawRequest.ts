import { connect } from 'node:net'
import { reached } from './sendFile.ts'

interface RawRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent as they are, whatever the headers say. */
  readonly chunks: Iterable<string> | AsyncIterable<Buffer>
  /** Ends the connection after the last chunk instead of waiting for the answer. */
  readonly hangUp?: boolean
}

/** Speaks HTTP by hand, for requests that no client would send. Resolves with the status; 0 when none came. */
export const rawRequest = ({ method, url, headers, chunks, hangUp }: RawRequest): Promise<number> => {
  const { host } = new URL(url)
  const { hostname, port } = reached(url)
  const path = url.slice(url.indexOf(host) + host.length)
  const all = { host, ...headers }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let answer = ''
    const settle = () => {
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0))
      socket.destroy()
    }
    socket.on('data', (data) => {
      answer += data
      if (answer.includes('\r\n\r\n')) settle()
    })
    socket.on('error', reject)
    socket.on('close', settle)
    socket.write(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n`)
    const send = async () => {
      for await (const chunk of chunks) socket.write(chunk)
      if (hangUp) socket.end()
    }
    send().catch(reject)
  })
}
