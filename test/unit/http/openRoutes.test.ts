import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { getMe } from '../../../shared/api/routes/account.ts'
import { getDocs, getDocsAsset } from '../../../shared/api/routes/meta.ts'
import { refresh } from '../../../shared/api/routes/sessions.ts'
import { fallback, routes } from '../../../shared/api/routes.ts'
import { Failure } from '../../../shared/domain/failure.ts'
import { serveUnmatched } from '../../../shared/http/fallback.ts'
import type { RequestLine } from '../../../shared/http/log.ts'
import { serveOpen } from '../../../shared/http/serveOpen.ts'
import type { HttpSettings } from '../../../shared/http/settings.ts'
import { problemTitle } from '../../support/problemTitle.ts'

const ours = 'https://duely.example'
const lines: RequestLine[] = []
const settings: HttpSettings = {
  verify: async () => {
    throw new Failure('unauthenticated')
  },
  cursorKey: 'key',
  publicUrl: ours,
  allowedOrigins: [ours],
  problemTitle,
  clock: () => 0,
  log: (line) => lines.push(line),
}

const eventOf = (changes: Partial<APIGatewayProxyEvent>): APIGatewayProxyEvent =>
  ({
    httpMethod: 'GET',
    path: '/',
    headers: {},
    pathParameters: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { requestId: 'req-1' },
    ...changes,
  }) as APIGatewayProxyEvent

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>
const invoke = (handler: unknown, changes: Partial<APIGatewayProxyEvent>): Promise<APIGatewayProxyResult> =>
  (handler as Handler)(eventOf(changes), {} as Context)

describe('what no route matches', () => {
  const unmatched = serveUnmatched(fallback.name, routes, settings)
  const task = '/v1/workspaces/wsp_1/tasks/tsk_1'

  test.each(['/', '/v1', '/v2/me', '/v1/me/', '/v1/workspaces//tasks/tsk_1'])(
    '%s is not found',
    async (path) => {
      const { statusCode, body, headers } = await invoke(unmatched, { path })
      expect(statusCode).toBe(404)
      expect(JSON.parse(body)).toMatchObject({ type: 'urn:duely:problem:not-found', requestId: 'req-1' })
      expect(headers).toMatchObject({ 'x-request-id': 'req-1', 'x-content-type-options': 'nosniff' })
    },
  )

  test('another method of a declared path is told which there are', async () => {
    const { statusCode, body, headers } = await invoke(unmatched, { path: task, httpMethod: 'PUT' })
    expect(statusCode).toBe(405)
    expect(JSON.parse(body).type).toBe('urn:duely:problem:method-not-allowed')
    expect(headers?.allow).toBe('GET, PATCH, DELETE, OPTIONS')
  })

  test('a preflight of an allowed origin is granted', async () => {
    const request = { path: task, httpMethod: 'OPTIONS', headers: { Origin: ours } }
    const { statusCode, body, headers } = await invoke(unmatched, request)
    expect([statusCode, body]).toEqual([204, ''])
    expect(headers).toMatchObject({
      'access-control-allow-origin': ours,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': expect.stringContaining('If-Match'),
    })
  })

  test.each([{ Origin: 'https://evil.example' }, {}])('OPTIONS with %o grants nothing', async (headers) => {
    const result = await invoke(unmatched, { path: task, httpMethod: 'OPTIONS', headers })
    expect(result.statusCode).toBe(204)
    expect(result.headers?.allow).toBe('GET, PATCH, DELETE, OPTIONS')
    const granted = Object.keys(result.headers ?? {}).filter((name) => name.startsWith('access-control-'))
    expect(granted).toEqual([])
  })

  test('is logged without the path that was asked for', async () => {
    lines.length = 0
    await invoke(unmatched, { path: '/v1/secret-token-in-a-path' })
    expect(lines).toMatchObject([{ route: 'notFound', path: '$default', status: 404, problem: 'not-found' }])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })
})

describe('a route that touches no data', () => {
  const file = { bytes: Buffer.from('<p>'), mediaType: 'text/html; charset=utf-8' }
  const policy = { 'content-security-policy': "default-src 'self'" }

  test('answers its file, with its own headers over the standard ones', async () => {
    const page = serveOpen(getDocs, () => ({ body: undefined, file }), settings, policy)
    const result = await invoke(page, { path: '/docs' })
    expect(Buffer.from(result.body, 'base64').toString()).toBe('<p>')
    expect(result.headers).toMatchObject({
      ...policy,
      'content-type': 'text/html; charset=utf-8',
      'x-request-id': 'req-1',
    })
  })

  test('keeps the strict headers when it refuses', async () => {
    const asset = serveOpen(getDocsAsset, () => ({ body: undefined, file }), settings, policy)
    const result = await invoke(asset, { path: '/docs/x.js', pathParameters: { asset: '../package.json' } })
    expect(result.statusCode).toBe(404)
    expect(result.headers?.['content-security-policy']).toContain("default-src 'none'")
  })

  test('must be declared public', () => {
    expect(() => serveOpen(getMe, () => ({ body: undefined }), settings)).toThrow('not declared public')
    expect(() => serveOpen(refresh, () => ({ body: undefined }), settings)).toThrow('not declared public')
  })
})
