import { describe, expect, inject, test } from 'vitest'
import { languages } from '../../shared/api/languages.ts'
import { problems } from '../../shared/api/problems.ts'
import * as account from '../../shared/api/routes/account.ts'
import { apiFor, urlOf } from '../support/e2e/api.ts'
import { requires } from '../support/e2e/requires.ts'

const foreign = 'https://evil.example'
const me = () => urlOf(account.getMe.path)

test.each([
  ['a refusal', () => fetch(me())],
  ['an unknown path', () => fetch(urlOf('/v1/nothing'))],
  ['a success', () => fetch(urlOf('/v1/openapi.json'))],
])('%s carries the security headers, and its request id', async (_what, ask) => {
  const { headers } = await ask()
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/)
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('cache-control')).toBeTruthy()
  expect(headers.get('x-request-id')).toMatch(/\S{8,}/)
  expect(headers.get('x-powered-by')).toBeNull()
})

describe('CORS', () => {
  const preflight = (origin: string) =>
    fetch(me(), {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,content-type,if-match',
      },
    })

  requires('http-preflight')('a preflight of an allowed origin is granted to that origin alone', async () => {
    const { allowedOrigin } = inject('target')
    const { status, headers } = await preflight(allowedOrigin)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(allowedOrigin)
    expect(headers.get('access-control-allow-credentials')).toBe('true')
    expect(headers.get('vary')).toMatch(/\bOrigin\b/i)
    expect(headers.get('access-control-allow-methods')).toMatch(/\bPATCH\b/)
    const named = (headers.get('access-control-allow-headers') ?? '').toLowerCase()
    for (const header of ['authorization', 'content-type', 'if-match', 'idempotency-key']) {
      expect(named).toContain(header)
    }
  })

  requires('http-preflight')('a preflight of a foreign origin is granted nothing', async () => {
    const { headers } = await preflight(foreign)
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-allow'))).toEqual([])
  })

  test.each([[foreign], ['null'], ['http://localhost.evil.example']])(
    'an answer to %s cannot be read there',
    async (origin) => {
      const { headers } = await fetch(me(), { headers: { origin } })
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    },
  )

  test('an answer to an allowed origin can, with ETag, Location and the request id', async () => {
    const { allowedOrigin } = inject('target')
    const { headers } = await fetch(me(), { headers: { origin: allowedOrigin } })
    expect(headers.get('access-control-allow-origin')).toBe(allowedOrigin)
    const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase()
    for (const header of ['etag', 'location', 'retry-after', 'x-request-id'])
      expect(exposed).toContain(header)
  })
})

describe('Accept-Language', () => {
  const titleIn = async (header: string) => {
    const refusal = await apiFor().refused('unauthenticated', account.getMe, {
      headers: { 'accept-language': header },
    })
    return { title: refusal.title, language: refusal.headers.get('content-language') }
  }

  test('each language has its own title', async () => {
    const titles = await Promise.all(languages.map((language) => titleIn(language)))
    expect(titles.map(({ language }) => language)).toEqual([...languages])
    expect(new Set(titles.map(({ title }) => title)).size).toBe(languages.length)
    expect(titles[0]?.title).toBe(problems.unauthenticated.title)
  })

  test.each([
    ['de-AT', 'de'],
    ['tlh, fr;q=0.8, es;q=0.9', 'es'],
    ['pt', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [';;q=x, de;q=0', 'en'],
  ])('“%s” is answered in %s', async (header, language) => {
    expect((await titleIn(header)).language).toBe(language)
  })
})
