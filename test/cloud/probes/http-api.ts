import { serviceHeader } from './aws.ts'
import { httpApi } from './http-resources.ts'
import { check, judge, missing, type Probe } from './probe.ts'
import { lambda, ref } from './resources.ts'
import { createStack } from './stack.ts'

// Echoes the event, but for three paths that ask for a special reply.
const echo = `const cookies = ['a=1; HttpOnly', 'b=2; HttpOnly']
exports.handler = async (event) => {
  if (event.path?.endsWith('/throw')) throw new Error('secret detail')
  if (event.path?.endsWith('/cookies')) return { statusCode: 204, multiValueHeaders: { 'set-cookie': cookies } }
  if (event.path?.endsWith('/bytes')) {
    const headers = { 'content-type': 'application/octet-stream' }
    return { statusCode: 200, headers, isBase64Encoded: true, body: event.body }
  }
  return { statusCode: 201, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) }
}`

const cors = {
  AllowOrigins: ['https://app.example'],
  AllowMethods: ['GET', 'POST'],
  AllowHeaders: ['content-type'],
  AllowCredentials: true,
  MaxAge: 600,
}
const limits = { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 }

const resources = {
  Echo: lambda(echo),
  ...httpApi('Api', 'Echo', {
    api: { CorsConfiguration: cors },
    stage: { DefaultRouteSettings: limits },
    routes: ['GET /items/{id}', 'POST /{kind}', '$default'],
  }),
  ...httpApi('Plain', 'Echo', { routes: ['$default'] }),
}

interface Event {
  readonly version: string
  readonly resource: string
  readonly path: string
  readonly httpMethod: string
  readonly pathParameters: Record<string, string> | null
  readonly queryStringParameters: Record<string, string> | null
  readonly multiValueQueryStringParameters: Record<string, string[]> | null
  readonly body: string | null
  readonly isBase64Encoded: boolean
}

/** An HTTP API with its routes, payload format, CORS and limits, as CloudFormation makes it. */
export const probeHttpApi: Probe = async (cloud) => {
  const ids = { api: ref('Api'), plain: ref('Plain') }
  const { outputs } = await createStack(cloud, 'probe-http-api', resources, ids)
  const base = `${cloud.url}/_aws/execute-api/${outputs.api}`
  const echoed = async (path: string, init?: RequestInit) =>
    (await (await fetch(base + path, init)).json()) as Event
  const bytes = Uint8Array.from([0, 255, 128, 10, 13, 195])
  const sent = { method: 'POST', body: bytes, headers: { 'content-type': 'application/octet-stream' } }

  return [
    await check('http-routes', async () => {
      const { resource, pathParameters } = await echoed('/items/7')
      return judge(
        resource === '/items/{id}' && pathParameters?.id === '7',
        `${resource} ${JSON.stringify(pathParameters)}`,
      )
    }),
    await check('http-payload-1', async () => {
      const text = { method: 'POST', body: '{"é":1}', headers: { 'content-type': 'application/json' } }
      const event = await echoed('/text?q=1&q=2&r=%20', text)
      const { q, r } = event.multiValueQueryStringParameters ?? {}
      const query = `${q} ${JSON.stringify(r)} ${event.queryStringParameters?.q}`
      const seen = `${event.version} ${event.httpMethod} ${event.path} ${query} ${event.body} ${event.isBase64Encoded}`
      return judge(seen === '1.0 POST /text 1,2 [" "] 2 {"é":1} false', seen)
    }),
    await check('http-default-route', async () => {
      const response = await fetch(`${base}/no/such/path`, { method: 'DELETE' })
      return judge(response.status === 201, `status ${response.status}`)
    }),
    await check('http-cookies', async () => {
      const cookies = (await fetch(`${base}/cookies`)).headers.getSetCookie()
      return judge(cookies.length === 2, `${cookies.length} headers`)
    }),
    await check('http-binary', async () => {
      const back = new Uint8Array(await (await fetch(`${base}/bytes`, sent)).arrayBuffer())
      return judge(Buffer.from(bytes).equals(back), `${back.length} of ${bytes.length} bytes`)
    }),
    await check('http-failure', async () => {
      const response = await fetch(`${base}/throw`)
      const text = await response.text()
      return judge(
        response.status === 500 && !text.includes('secret'),
        `${response.status} ${text.slice(0, 60)}`,
      )
    }),
    await check('http-cors', async () => {
      const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' }
      const response = await fetch(`${base}/text`, { method: 'OPTIONS', headers })
      const allowed = response.headers.get('access-control-allow-origin')
      return judge(
        response.status === 204 && allowed === headers.origin,
        `${response.status}, origin ${allowed}`,
      )
    }),
    await check('http-preflight', async () => {
      const path = `${cloud.url}/_aws/execute-api/${outputs.plain}/text`
      const response = await fetch(path, { method: 'OPTIONS', headers: { origin: 'https://app.example' } })
      return judge(response.status === 201, `status ${response.status}`)
    }),
    await check('http-throttling', async () => {
      const listed = await fetch(`${cloud.url}/v2/apis/${outputs.api}/stages`, {
        headers: serviceHeader('apigateway'),
      })
      const { items } = (await listed.json()) as {
        items: { defaultRouteSettings?: Record<string, number> }[]
      }
      const limits = items[0]?.defaultRouteSettings
      if (limits === undefined) return missing('the settings are dropped')
      return judge(
        limits.throttlingRateLimit === 10,
        `${limits.throttlingRateLimit}/s, burst ${limits.throttlingBurstLimit}`,
      )
    }),
  ]
}
