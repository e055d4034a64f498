import { connect, type TLSSocket } from 'node:tls'
import { NoAnswer, notPublic, type Permits, portOf } from './resolve.ts'

export interface Connecting {
  readonly permits: Permits
  readonly connectMs: number
  /** Certificates to trust in place of the usual ones. */
  readonly ca?: string
}

/** Sentences for what people can mend; everything else is just that the connection failed. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut off',
  EPIPE: 'the connection was cut off',
  ETIMEDOUT: 'there was no connection in time',
  EPROTO: 'the other side does not speak TLS as it should',
}

const reasonOf = (error: NodeJS.ErrnoException): string => {
  const { code = '' } = error
  if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(code)) return 'the certificate is not valid for the name'
  if (/^(ERR_SSL|ERR_TLS)/.test(code)) return 'the other side does not speak TLS as it should'
  if (/^HPE_/.test(code)) return 'the answer is not HTTP'
  return reasons[code] ?? 'the connection failed'
}

/** What went wrong, without what the error says of addresses and of the inside. */
export const noAnswer = (error: unknown): NoAnswer =>
  error instanceof NoAnswer ? error : new NoAnswer(reasonOf(error as NodeJS.ErrnoException))

/**
 * A TLS connection to this very address, with the certificate of the name. That the other end is the address that was
 * looked at is asked of the socket itself, once it is connected and again before anything of a request is sent.
 * @throws NoAnswer
 */
export const secureSocket = (address: string, url: URL, around: Connecting): Promise<TLSSocket> => {
  const { permits, connectMs, ca } = around
  return new Promise((resolve, reject) => {
    const port = portOf(url)
    const socket = connect({
      host: address,
      port,
      servername: url.hostname,
      ALPNProtocols: ['http/1.1'],
      minVersion: 'TLSv1.2',
      // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
      rejectUnauthorized: true,
      ...(ca !== undefined && { ca }),
    })
    const fail = (error: unknown): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(noAnswer(error))
    }
    const timer = setTimeout(() => fail(new NoAnswer('there was no connection in time')), connectMs)
    const isRight = (): boolean =>
      socket.remoteAddress === address && socket.remotePort === port && permits(address, port)
    socket.on('error', fail)
    socket.once('connect', () => {
      if (!isRight()) fail(new NoAnswer(notPublic))
    })
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      if (isRight()) resolve(socket)
      else fail(new NoAnswer(notPublic))
    })
  })
}
