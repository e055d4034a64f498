import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createApi } from '../../local/demo/api.ts'
import { codeMailedTo } from '../../local/demo/inbox.ts'
import { signIn } from '../../shared/api/routes/sessions.ts'
import { throttles } from '../../shared/api/throttles.ts'
import { onlyLocally } from '../support/e2e/requires.ts'
import { startRuntimeProcess } from '../support/e2e/runtimeProcess.ts'

const password = 'correct horse battery staple'
const { account, address } = throttles.password

interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
}
/** Signs in from one of this machine's own addresses: Linux has all of 127.0.0.0/8. */
const enterAt =
  (baseUrl: string) =>
  (email: string, given: string, localAddress = '127.0.0.1'): Promise<Reply> => {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    // What callers write themselves makes them nobody else.
    const madeUp = `198.51.100.${Math.floor(Math.random() * 250)}`
    const headers = {
      'content-type': 'application/json',
      'x-forwarded-for': madeUp,
      forwarded: `for=${madeUp}`,
      'cloudfront-viewer-address': `${madeUp}:443`,
    }
    request(`${baseUrl}${signIn.path}`, { method: 'POST', headers, localAddress }, (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
    })
      .on('error', reject)
      .end(JSON.stringify({ email, password: given }))
    return promise
  }

async function newAccount(baseUrl: string, name: string): Promise<string> {
  const api = createApi(baseUrl)
  const email = `${name}.${randomUUID()}@example.com`
  await api.post('/v1/auth/sign-up', { email, password, name })
  const code = await codeMailedTo(`${baseUrl}/inbox`, email)
  await api.post('/v1/auth/confirm', { email, code, password })
  return email
}

const count = (replies: readonly Reply[], wanted: number): number =>
  replies.filter(({ status }) => status === wanted).length

onlyLocally(
  'of fifty wrong passwords at once ten are tried; others sign in meanwhile, from elsewhere once the address has no more',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'duely-e2e-throttle-'))
    const runtime = await startRuntimeProcess(join(folder, 'data'), 1)
    try {
      const enter = enterAt(runtime.baseUrl)
      const [ana, bob] = [await newAccount(runtime.baseUrl, 'ana'), await newAccount(runtime.baseUrl, 'bob')]
      const guess = (n: number) => Promise.all(Array.from({ length: n }, () => enter(ana, 'wrong')))
      const first = await guess(40)
      expect([count(first, 401), count(first, 429)]).toEqual([account.burst, 40 - account.burst])
      for (const { headers } of first.filter(({ status }) => status === 429)) {
        expect(Number(headers['retry-after'])).toBeGreaterThan(account.everySeconds - 60)
        expect(Number(headers['retry-after'])).toBeLessThanOrEqual(account.everySeconds)
        expect(headers['content-type']).toBe('application/problem+json')
        expect(headers.ratelimit).toMatch(/^"address";r=\d+;t=\d+, "account";r=0;t=\d+$/)
      }
      expect((await enter(bob, password)).status).toBe(200)
      const rest = await guess(address.burst - 40 + 5)
      expect(count(rest, 429)).toBe(rest.length)
      expect((await enter(bob, password)).status).toBe(429)
      expect((await enter(bob, password, '127.0.0.2')).status).toBe(200)
      expect((await enter(ana, password, '127.0.0.2')).status).toBe(429)
    } finally {
      await runtime.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000,
)
