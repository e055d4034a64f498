import type { IncomingMessage } from 'node:http'
import { StoreError } from './errors.ts'

/** A request as it came in: nothing normalised, so that what is verified is what is done. */
export interface StoreRequest {
  readonly method: string
  /** As on the wire, still encoded. */
  readonly path: string
  readonly key: string
  readonly query: ReadonlyMap<string, string>
  readonly headers: IncomingMessage['headers']
}

const longestKey = 1024

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new StoreError('InvalidURI')
  }
}

const queryOf = (text: string): Map<string, string> => {
  const query = new Map<string, string>()
  for (const pair of text === '' ? [] : text.split('&')) {
    const [name = '', value = ''] = pair.split('=', 2).map(decoded)
    if (query.has(name)) throw new StoreError('InvalidRequest', 'A parameter stands twice in the query')
    query.set(name, value)
  }
  return query
}

/** The key in a path or copy source, `/bucket/key`. */
export const keyIn = (path: string, bucket: string): string => {
  const [first, named = '', ...rest] = path.split('/').map(decoded)
  if (first !== '') throw new StoreError('InvalidURI')
  if (named !== bucket) throw new StoreError('NoSuchBucket')
  const key = rest.join('/')
  if (key === '') throw new StoreError('InvalidRequest', 'No key is named')
  if (Buffer.byteLength(key) > longestKey) throw new StoreError('KeyTooLongError')
  return key
}

/** Takes a request apart. Throws `StoreError` on what names no object of the bucket. */
export const readRequest = (message: IncomingMessage, bucket: string): StoreRequest => {
  const { method = '', url = '', headers } = message
  const [path = '', query = ''] = url.split('?', 2)
  return { method, path, key: keyIn(path, bucket), query: queryOf(query), headers }
}
