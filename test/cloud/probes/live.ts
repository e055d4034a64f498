import { once } from 'node:events'
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import WebSocket from 'ws'
import { webSocketUrl } from '../emulator.ts'
import { region } from '../settings.ts'
import { eventually } from '../wait.ts'
import { webSocketApi } from './live-resources.ts'
import { type Cloud, check, judge, missing, type Probe } from './probe.ts'
import { lambda, queue, ref, told } from './resources.ts'
import { createStack } from './stack.ts'

// Lets in whoever brings the ticket `good`, and tells every event; takes its time for what is `slow`.
const endpoint = `exports.handler = async ({ requestContext, headers, body }) => {
  const { routeKey, eventType, connectionId } = requestContext
  const header = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
  await tell({ routeKey, eventType, connectionId, protocols: header?.[1], body })
  if (body?.includes('push')) {
    const path = '/@connections/' + connectionId
    const authorization = 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0'
    const reply = await fetch(process.env.LIVE_ENDPOINT + path, { method: 'POST', body: 'pushed', headers: { authorization } })
    return { statusCode: 200, body: 'push ' + reply.status }
  }
  if (body?.includes('slow')) await new Promise((done) => setTimeout(done, 1500))
  if (routeKey !== '$connect') return { statusCode: 200, body: 'answer to ' + body }
  if (!header?.[1].includes('ticket.good')) return { statusCode: 401 }
  return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'probe.v1' } }
}`

/** As CDK writes it for a function. */
const managed = {
  'Fn::Join': ['', ['https://', ref('Api'), `.execute-api.${region}.amazonaws.com/live`]],
}

const resources = {
  Told: queue(),
  Fn: lambda(endpoint, { TOLD: ref('Told'), LIVE_ENDPOINT: managed }),
  ...webSocketApi(['$default', 'silent', '$connect', '$disconnect']),
}

interface Event {
  readonly routeKey: string
  readonly eventType: string
  readonly connectionId: string
  readonly protocols?: string
  readonly body?: string
}

const patience = () => AbortSignal.timeout(10_000)

/** Status of the refused upgrade, or 101. */
async function statusOfUpgrade(socket: WebSocket): Promise<number> {
  const refused = new Promise<number>((resolve) => {
    socket.once('unexpected-response', (request, { statusCode }) => {
      request.destroy()
      resolve(statusCode ?? 0)
    })
  })
  return Promise.race([once(socket, 'open', { signal: patience() }).then(() => 101), refused])
}

const management = (cloud: Cloud, apiId: string) =>
  new ApiGatewayManagementApiClient({
    endpoint: `${cloud.url}/_aws/execute-api/${apiId}/live`,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })

/** A WebSocket API as CloudFormation makes it: tickets as subprotocols, messages, pushes, and ends from either side. */
export const probeLive: Probe = async (cloud) => {
  const ids = { api: ref('Api'), told: ref('Told') }
  const { outputs } = await createStack(cloud, 'probe-live', resources, ids)
  const apiId = outputs.api ?? ''
  const url = webSocketUrl(cloud, apiId, 'live')
  const client = management(cloud, apiId)
  const seen: Event[] = []
  const event = async (fits: (one: Event) => boolean): Promise<Event | undefined> => {
    seen.push(...(await told<Event>(cloud, outputs.told ?? '', (all) => [...seen, ...all].some(fits))))
    return seen.find(fits)
  }
  const socket = new WebSocket(url, ['probe.v1', 'ticket.good'])
  const frames: string[] = []
  socket.on('message', (data) => frames.push(String(data)))
  const heard = async (text: string): Promise<boolean> =>
    (await eventually(() => frames.includes(text) || undefined)) === true
  const opened = await statusOfUpgrade(socket).catch((error: Error) => error.message)
  const connected = await event(({ routeKey }) => routeKey === '$connect')
  const ConnectionId = connected?.connectionId ?? ''
  const push = (Data: string) => client.send(new PostToConnectionCommand({ ConnectionId, Data }))

  const findings = [
    await check('live-connect', async () => {
      const detail = `${opened}; offered ${connected?.protocols}, chosen ${socket.protocol || 'none'}`
      return judge(opened === 101 && socket.protocol === 'probe.v1', detail)
    }),
    await check('live-refusal', async () => {
      const status = await statusOfUpgrade(new WebSocket(url, ['probe.v1', 'ticket.bad']))
      return judge(status === 401, `a refused $connect answers ${status}`)
    }),
    await check('live-message', async () => {
      socket.send(JSON.stringify({ action: 'hello' }))
      const message = await event(({ eventType }) => eventType === 'MESSAGE')
      if (message === undefined) return missing('no message')
      return judge(message.connectionId === ConnectionId, `${message.routeKey} ${message.body}`)
    }),
    await check('live-answer', async () => {
      socket.send('{"action":"silent"}')
      await event(({ routeKey }) => routeKey === 'silent')
      socket.send('{"action":"other"}')
      const answered = await heard('answer to {"action":"other"}')
      const silent = frames.some((frame) => frame.includes('silent'))
      return judge(answered && !silent, `with a response: ${answered}, without one: ${silent}`)
    }),
    await check('live-at-once', async () => {
      const slow = [1, 2, 3].map((n) => `{"action":"slow","n":${n}}`)
      const begun = performance.now()
      for (const message of slow) socket.send(message)
      const heardAll = await Promise.all(slow.map((message) => heard(`answer to ${message}`)))
      const seconds = Math.round((performance.now() - begun) / 1000)
      const detail = `three messages of 1.5 s took ${seconds} s together`
      return heardAll.every(Boolean) ? judge(seconds < 4, detail) : missing('not all were answered')
    }),
    await check('live-endpoint', async () => {
      socket.send('{"action":"push"}')
      return judge(await heard('pushed'), frames.at(-1) ?? 'nothing')
    }),
    await check('live-push', async () => {
      await push('{"n":1}')
      return judge(await heard('{"n":1}'), frames.at(-1) ?? 'nothing')
    }),
    await check('live-close', async () => {
      const closed = once(socket, 'close', { signal: patience() })
      await client.send(new DeleteConnectionCommand({ ConnectionId }))
      const [code] = (await closed) as [number]
      const left = await event(({ eventType }) => eventType === 'DISCONNECT')
      return judge(left !== undefined, `closed with ${code}, ${left ? '' : 'no '}$disconnect`)
    }),
    await check('live-gone', async () => {
      const status = await eventually(() =>
        push('late').then(
          () => undefined,
          (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode,
        ),
      )
      return judge(status === 410, `a push to a closed connection answers ${status}`)
    }),
  ]
  socket.terminate()
  return findings
}
