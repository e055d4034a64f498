import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { startGateway } from '../../../local/gateway.ts'
import { type RateAndBurst, tokenBucket } from '../../../local/gatewayThrottle.ts'

const routes = [
  { name: 'listThings', method: 'GET', path: '/v1/things' },
  { name: 'getThing', method: 'GET', path: '/v1/things/{thingId}' },
  { name: 'getNewest', method: 'GET', path: '/v1/things/newest' },
  { name: 'getPart', method: 'GET', path: '/v1/{kind}/newest/{partId}' },
  { name: 'editThing', method: 'PATCH', path: '/v1/things/{thingId}' },
]

interface Seen {
  readonly name: string
  readonly event: APIGatewayProxyEvent
}

/** A gateway whose functions answer with what they were given, or with what the test wants. */
async function start(
  answer: (seen: Seen) => unknown = (seen) => ({ statusCode: 200, body: JSON.stringify(seen) }),
  throttle?: RateAndBurst,
) {
  const gateway = await startGateway({
    port: 0,
    routes,
    fallback: 'notFound',
    invoke: async (name, event) => answer({ name, event: event as APIGatewayProxyEvent }),
    log: () => undefined,
    inboxUrl: 'http://127.0.0.1:1',
    ...(throttle && { throttle }),
  })
  onTestFinished(() => gateway.close())
  return gateway
}

async function call(path: string, init?: RequestInit): Promise<Seen> {
  const { baseUrl } = await start()
  return (await (await fetch(baseUrl + path, init)).json()) as Seen
}

test.each([
  ['GET', '/v1/things', 'listThings', null],
  ['GET', '/v1/things/t1', 'getThing', { thingId: 't1' }],
  ['GET', '/v1/things/newest', 'getNewest', null],
  ['GET', '/v1/things/a%2Fb%20%C3%A4', 'getThing', { thingId: 'a/b ä' }],
  ['GET', '/v1/others/newest/7', 'getPart', { kind: 'others', partId: '7' }],
  ['PATCH', '/v1/things/t1', 'editThing', { thingId: 't1' }],
  ['DELETE', '/v1/things/t1', 'notFound', null],
  ['OPTIONS', '/v1/things', 'notFound', null],
  ['GET', '/v1/things/', 'notFound', null],
  ['GET', '/v1/things/t1/more', 'notFound', null],
  ['GET', '/v1/things/%E0%A4%A', 'notFound', null],
  ['GET', '//elsewhere.org/v1/things', 'notFound', null],
])('%s %s goes to %s', async (method, path, name, pathParameters) => {
  const seen = await call(path, { method })
  expect(seen.name).toBe(name)
  expect(seen.event.pathParameters).toEqual(pathParameters)
})

test('the event is payload format 1.0', async () => {
  const { event } = await call('/v1/things/t1?tag=a&tag=b&q=%C3%A4+b', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json; charset=utf-8', 'X-Custom': 'Yes' },
    body: '{"title":"ä"}',
  })
  expect(event).toMatchObject({
    version: '1.0',
    resource: '/v1/things/{thingId}',
    path: '/v1/things/t1',
    httpMethod: 'PATCH',
    headers: { 'x-custom': 'Yes' },
    multiValueHeaders: { 'x-custom': ['Yes'] },
    queryStringParameters: { tag: 'b', q: 'ä b' },
    multiValueQueryStringParameters: { tag: ['a', 'b'], q: ['ä b'] },
    stageVariables: null,
    body: '{"title":"ä"}',
    isBase64Encoded: false,
    requestContext: {
      httpMethod: 'PATCH',
      resourcePath: '/v1/things/{thingId}',
      stage: '$default',
      identity: { sourceIp: '127.0.0.1' },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      requestTime: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    },
  })
})

test('what is absent is null; other media types than text come in base64', async () => {
  const bare = await call('/v1/things')
  expect(bare.event).toMatchObject({ body: null, queryStringParameters: null, isBase64Encoded: false })
  const headers = { 'content-type': 'application/merge-patch+json' }
  const { event } = await call('/v1/things/t1', { method: 'PATCH', headers, body: '{}' })
  expect(event).toMatchObject({ body: 'e30=', isBase64Encoded: true })
})

test('a header sent twice keeps both values', async () => {
  const { baseUrl } = await start()
  const seen = await new Promise<Seen>((resolve) => {
    const request = httpRequest(`${baseUrl}/v1/things`, { headers: { 'x-twice': ['one', 'two'] } })
    request.on('response', async (response) => resolve(JSON.parse(await text(response)) as Seen))
    request.end()
  })
  expect(seen.event.multiValueHeaders['x-twice']).toEqual(['one', 'two'])
  expect(seen.event.headers['x-twice']).toBe('two')
})

test('status, headers, several cookies and binary bodies of an answer arrive', async () => {
  const { baseUrl } = await start(() => ({
    statusCode: 201,
    headers: { etag: '"1"' },
    multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
    body: Buffer.from([0, 255]).toString('base64'),
    isBase64Encoded: true,
  }))
  const response = await fetch(`${baseUrl}/v1/things`)
  expect(response.status).toBe(201)
  expect(response.headers.get('etag')).toBe('"1"')
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255])
})

test.each([
  ['a function that throws', () => Promise.reject(new Error('secret'))],
  ['an answer without a status', () => ({ body: 'hello' })],
])('%s becomes 500 without detail', async (_what, answer) => {
  const { baseUrl } = await start(answer)
  const response = await fetch(`${baseUrl}/v1/things`)
  expect(response.status).toBe(500)
  expect(await response.json()).toEqual({ message: 'Internal Server Error' })
})

test('a body over 10 MB is refused with 413 and reaches no function', async () => {
  let calls = 0
  const { baseUrl } = await start(() => {
    calls += 1
    return { statusCode: 204 }
  })
  const send = (size: number) =>
    fetch(`${baseUrl}/v1/things/t1`, { method: 'PATCH', body: new Uint8Array(size) }).then(
      ({ status }) => status,
    )
  expect(await send(10 * 1024 * 1024)).toBe(204)
  expect(await send(10 * 1024 * 1024 + 1)).toBe(413)
  expect(calls).toBe(1)
})

test('/inbox leads to the inbox page, with what follows', async () => {
  const { baseUrl } = await start()
  const locationOf = async (path: string) =>
    (await fetch(baseUrl + path, { redirect: 'manual' })).headers.get('location')
  expect(await locationOf('/inbox')).toBe('http://127.0.0.1:1/')
  expect(await locationOf('/inbox/store?since=5')).toBe('http://127.0.0.1:1/store?since=5')
})

test('a WebSocket handshake is refused with 426 while there is no live connection', async () => {
  const { baseUrl } = await start()
  const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1')
  socket.write('GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 426 /)
  expect(answer).toContain('application/problem+json')
})

test('closing lets a request under way finish', async () => {
  const arrived = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const gateway = await start(async () => {
    arrived.resolve()
    await release.promise
    return { statusCode: 200, body: 'done' }
  })
  const reply = fetch(`${gateway.baseUrl}/v1/things`)
  await arrived.promise
  const closed = gateway.close(5000)
  release.resolve()
  expect(await (await reply).text()).toBe('done')
  await closed
  await expect(fetch(`${gateway.baseUrl}/v1/things`)).rejects.toThrow()
})

test('past its burst the gateway answers by itself, as API Gateway does, and invokes nothing', async () => {
  let invoked = 0
  const count = () => ({ statusCode: 200, body: String(++invoked) })
  const { baseUrl } = await start(count, { rate: 0.001, burst: 3 })
  const statuses: number[] = []
  for (let n = 0; n < 3; n++) statuses.push((await fetch(`${baseUrl}/v1/things`)).status)
  expect(statuses).toEqual([200, 200, 200])
  const refused = await fetch(`${baseUrl}/v1/things`, { method: 'PATCH', body: 'x'.repeat(100_000) })
  expect([refused.status, await refused.json()]).toEqual([429, { message: 'Too Many Requests' }])
  expect(invoked).toBe(3)
})

test('a token bucket fills at its rate, and no further than its burst', () => {
  const isLetIn = tokenBucket({ rate: 2, burst: 3 })
  const at = (now: number, count: number) =>
    Array.from({ length: count }, () => isLetIn(now)).filter(Boolean).length
  expect(at(0, 5)).toBe(3)
  expect(at(499, 5)).toBe(0)
  expect(at(500, 5)).toBe(1)
  expect(at(2_000, 5)).toBe(3)
  expect(at(60_000, 5)).toBe(3)
  // The clock never goes back here; were it to, nothing would be won by it.
  expect(at(0, 5)).toBe(0)
})
