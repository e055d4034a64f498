import type { HttpRequest } from '@smithy/core/protocols'
import { fileSettings } from '../../shared/world/environment.ts'
import { requestFor, signerOf } from '../../shared/world/files/sign.ts'

/** Removals under way at once. */
const together = 20

type Send = (request: HttpRequest) => Promise<string>

const sender = (settings: ReturnType<typeof fileSettings>): Send => {
  const signer = signerOf(settings)
  return async (request) => {
    const { method, headers, path, query } = await signer.sign(request)
    const url = `${settings.inside.origin}${path}?${new URLSearchParams(query as Record<string, string>)}`
    const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(20_000) })
    const text = await response.text()
    if (!response.ok) throw new Error(`S3 answers ${method} with ${response.status}: ${text.slice(0, 200)}`)
    return text
  }
}

/**
 * Removes every object of the bucket that the environment names: CloudFormation deletes none that holds any.
 * Keys are made of letters, digits, `_` and `/`, so that nothing in the list is escaped.
 */
export async function emptyBucket(): Promise<void> {
  const settings = fileSettings()
  const send = sender(settings)
  const request = (method: 'GET' | 'DELETE', key: string, query = {}) =>
    requestFor(settings.inside, key, { method, query })
  for (;;) {
    const list = await send(request('GET', '', { 'list-type': '2' }))
    const keys = [...list.matchAll(/<Key>([\w/]+)<\/Key>/g)].map(([, key = '']) => key)
    if (keys.length === 0) return
    for (let from = 0; from < keys.length; from += together)
      await Promise.all(keys.slice(from, from + together).map((key) => send(request('DELETE', key))))
  }
}
