import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** Address of an emulated cloud that answers for hosts of AWS; unset where those can be reached themselves. */
const via = process.env.FILES_VIA

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

/** Where a signed address is reached: itself, or the emulated cloud. */
export const reached = (url: string): URL => new URL(via ?? url)

/** Like `fetch`, for signed addresses. */
export const sendFile = async (
  url: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<Response> => {
  if (via === undefined) return fetch(url, { method, headers, ...(body !== undefined && { body }) })
  const { host, pathname, search } = new URL(url)
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...length, ...headers, host } }
    const sent = request(new URL(pathname + search, via), options, async (answer) => {
      const content = await buffer(answer)
      const seen = Object.entries(answer.headers).map(([name, value]) => [name, String(value)])
      const status = answer.statusCode ?? 0
      const isEmpty = status === 204 || status === 304
      resolve(new Response(isEmpty ? null : content, { status, headers: Object.fromEntries(seen) }))
    })
    sent.on('error', reject).end(body)
  })
}
