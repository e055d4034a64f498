import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EgressSettings, egress } from '../../../../shared/world/egress/egress.ts'
import { isPublic } from '../../../../shared/world/egress/publicAddress.ts'
import { type Receiver, startDecoy, startReceiver } from '../../../support/receiver.ts'
import { selfSigned } from '../../../support/selfSigned.ts'

const host = 'hooks.acme-example.com'
const trusted = selfSigned([host])
const headers = { 'content-type': 'application/json', 'webhook-id': 'dlv_1' }

let receiver: Receiver
let decoy: Awaited<ReturnType<typeof startDecoy>>
beforeAll(async () => {
  decoy = await startDecoy()
})
afterAll(() => decoy[Symbol.asyncDispose]())
beforeEach(async () => {
  receiver = await startReceiver(trusted)
})
afterEach(async () => {
  await receiver[Symbol.asyncDispose]()
  expect(decoy.connections(), 'connections to a forbidden socket').toBe(0)
})

/** Like the real one, but the receiver of the test counts as part of the open internet, and nothing else here does. */
const client = (changes: Partial<EgressSettings> = {}) =>
  egress({
    resolve: async () => ['127.0.0.1'],
    permits: (address, port) => isPublic(address) || (address === '127.0.0.1' && port === receiver.port),
    ca: trusted.cert,
    ...changes,
  })
const address = (path = '/in', name = host) => `https://${name}:${receiver.port}${path}`
const post = (url = address(), changes: Partial<EgressSettings> = {}) =>
  client(changes).post({ url, headers, body: '{"type":"task.created"}' })

describe('a request to somebody outside', () => {
  test('arrives with its path, query, headers and body, under the name of the host', async () => {
    expect(await post(address('/in/a%20b?key=1&x='))).toMatchObject({ status: 204, reason: null })
    const [request] = receiver.received
    expect(request).toMatchObject({ path: '/in/a%20b?key=1&x=', body: '{"type":"task.created"}' })
    expect(request?.headers).toEqual({
      ...headers,
      host: `${host}:${receiver.port}`,
      'content-length': '23',
      connection: 'close',
    })
  })

  test('has a connection of its own, and the name is resolved once for each', async () => {
    const names: string[] = []
    const resolve = async (name: string) => {
      names.push(name)
      return ['127.0.0.1']
    }
    await post(address(), { resolve })
    await post(address(), { resolve })
    expect([receiver.connections(), names]).toEqual([2, [host, host]])
  })

  test.each([200, 201, 202, 204, 299, 400, 404, 410, 429, 500, 503])('tells status %i', async (status) => {
    receiver.answer = (response) => void response.writeHead(status).end()
    const answer = await post()
    expect(answer).toMatchObject({ status, reason: status < 300 ? null : `it answers ${status}` })
  })

  test('reads no more than 64 KB of an answer, and takes its status', async () => {
    let written = 0
    const ended = new Promise<void>((resolve) => {
      receiver.answer = (response) => {
        response.writeHead(200)
        response.on('close', resolve)
        const more = (): void => {
          if (response.destroyed) return
          written += 16_384
          response.write(Buffer.alloc(16_384), more)
        }
        more()
      }
    })
    expect(await post()).toMatchObject({ status: 200 })
    await ended
    expect(written).toBeLessThan(8_000_000)
  })

  test('takes the status of an answer that never ends', async () => {
    receiver.answer = (response) => {
      response.writeHead(200, { 'content-length': '10' }).write('1')
    }
    expect(await post(address(), { totalMs: 300 })).toMatchObject({ status: 200, reason: null })
  })

  test('is given up after the time it has', async () => {
    receiver.answer = () => undefined
    const { status, reason } = await post(address(), { totalMs: 200 })
    expect([status, reason]).toEqual([null, 'there was no answer within 0.2 seconds'])
  })

  test('is given up where the name server keeps silent', async () => {
    const resolve = () => new Promise<never>(() => undefined)
    const { reason } = await post(address(), { resolve, totalMs: 200 })
    expect(reason).toBe('there was no answer within 0.2 seconds')
    expect(receiver.connections()).toBe(0)
  })

  test('is given up where nobody speaks TLS within the time for that', async () => {
    const sockets: Socket[] = []
    const silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined)))
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const answer = await client({ permits: () => true, connectMs: 200 }).post({
      url: `https://${host}:${port}/`,
      headers,
      body: '',
    })
    expect(answer.reason).toBe('there was no connection in time')
    for (const socket of sockets) socket.destroy()
    silent.close()
  })

  test('is not sent to a host whose certificate is for another name, or vouched for by nobody', async () => {
    const other = await post(address('/in', 'other.acme-example.com'))
    const unknown = await post(address(), { ca: selfSigned([host]).cert })
    expect([other.reason, unknown.reason]).toEqual(Array(2).fill('the certificate is not valid for the name'))
    expect(receiver.received).toEqual([])
  })

  test('verifies certificates whatever the surroundings say', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      const { reason } = await post(address(), { ca: selfSigned([host]).cert })
      expect(reason).toBe('the certificate is not valid for the name')
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    }
  })

  test('goes through no proxy that the surroundings name', async () => {
    const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY']
    for (const name of names) process.env[name] = `http://127.0.0.1:${decoy.port}`
    try {
      expect(await post()).toMatchObject({ status: 204 })
    } finally {
      for (const name of names) delete process.env[name]
    }
  })

  test('tells nothing of the inside when it fails', async () => {
    const { port } = receiver
    await receiver[Symbol.asyncDispose]()
    const answer = await client({ permits: () => true }).post({
      url: `https://${host}:${port}/`,
      headers,
      body: '',
    })
    expect(answer).toMatchObject({ status: null, reason: 'the connection was refused' })
    receiver = await startReceiver(trusted)
  })
})

describe('redirects and rebinding', () => {
  const inside = () => `https://127.0.0.1:${decoy.port}/secret`

  test.each([301, 302, 303, 307, 308])('%i to the inside is not followed', async (status) => {
    receiver.answer = (response) => void response.writeHead(status, { location: inside() }).end()
    const answer = await post()
    expect(answer).toMatchObject({
      status,
      reason: `it redirects (${status}), and redirects are not followed`,
    })
  })

  test('a redirect to the same host is not followed either', async () => {
    receiver.answer = (response, { path }) =>
      void response.writeHead(path === '/in' ? 307 : 200, { location: '/elsewhere' }).end()
    expect(await post()).toMatchObject({ status: 307 })
    expect(receiver.received).toHaveLength(1)
  })

  test.each(['refresh', 'content-location', 'link', 'alt-svc'])('%s leads nowhere', async (header) => {
    const value = {
      refresh: `0; url=${inside()}`,
      'content-location': inside(),
      link: `<${inside()}>; rel=canonical`,
      'alt-svc': `h2="127.0.0.1:${decoy.port}"; ma=3600`,
    }[header]
    receiver.answer = (response) => void response.writeHead(200, { [header]: String(value) }).end()
    expect(await post()).toMatchObject({ status: 200 })
    expect(await post()).toMatchObject({ status: 200 })
    expect(receiver.received).toHaveLength(2)
  })

  test('a switch of protocols is a failure', async () => {
    receiver.answer = (response) =>
      void response.writeHead(101, { connection: 'upgrade', upgrade: 'websocket' }).end()
    expect(await post()).toMatchObject({ status: null, reason: expect.any(String) })
  })

  test('a name that led outside when it was saved and leads inside now is refused', async () => {
    const answers = [['8.8.8.8'], ['127.0.0.1']]
    const resolve = async () => answers.shift() ?? []
    const url = `https://${host}:${decoy.port}/`
    const { targets } = await import('../../../../shared/world/egress/targets.ts')
    expect(await targets(resolve).objectionTo(new URL(url))).toBeUndefined()
    const { reason } = await egress({ resolve }).post({ url, headers, body: '' })
    expect(reason).toBe('the name leads to an address that is not of the open internet')
  })

  test('a name that leads elsewhere with each look is looked at once', async () => {
    let looks = 0
    const resolve = async () => (looks++ === 0 ? ['127.0.0.1'] : ['127.0.0.2'])
    expect(await post(address(), { resolve })).toMatchObject({ status: 204 })
    expect(looks).toBe(1)
  })

  test('a name that answers good and bad addresses at once is refused', async () => {
    for (const addresses of [
      ['127.0.0.1', '10.0.0.1'],
      ['10.0.0.1', '127.0.0.1'],
    ]) {
      const { status, reason } = await post(address(), { resolve: async () => addresses })
      expect([status, reason]).toEqual([
        null,
        'the name leads to an address that is not of the open internet',
      ])
    }
    expect(receiver.connections()).toBe(0)
  })

  test.each([1, 2])('a socket that has come out elsewhere gets no request, seen at look %i', async (good) => {
    // What is permitted changes under way, as if the connection had been led aside.
    let looks = 0
    const permits = () => looks++ < good
    const { reason } = await post(address(), { permits })
    expect(reason).toBe('the name leads to an address that is not of the open internet')
    expect(receiver.received).toEqual([])
  })

  test('names made of addresses lead where they say, and are refused', async () => {
    const resolve = async (name: string) => [name.split('.').slice(0, 4).join('.')]
    for (const name of ['127.0.0.1.nip.io', '169.254.169.254.sslip.io', '10.0.0.1.xip.acme.com']) {
      const url = `https://${name}:${decoy.port}/`
      const { reason } = await egress({ resolve }).post({ url, headers, body: '' })
      expect([name, reason]).toEqual([name, 'the name leads to an address that is not of the open internet'])
    }
  })
})
