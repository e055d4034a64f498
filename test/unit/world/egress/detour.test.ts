import type { ConnectionOptions } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { egress } from '../../../../shared/world/egress/egress.ts'
import { type Receiver, startReceiver } from '../../../support/receiver.ts'
import { selfSigned } from '../../../support/selfSigned.ts'

/** Where connections come out, whatever address was asked for; `undefined`: where they were asked to go. */
let detour: { readonly host: string; readonly port: number } | undefined

// Only something between us and the other side could do so; the sockets are real ones.
vi.mock('node:tls', async (original) => {
  const tls = await original<typeof import('node:tls')>()
  return { ...tls, connect: (options: ConnectionOptions) => tls.connect({ ...options, ...detour }) }
})

const host = 'hooks.acme-example.com'
const trusted = selfSigned([host])
/** Nobody is asked there: all connections are led aside. */
const [elsewhere, otherPort] = ['8.8.8.8', 8443]

let receiver: Receiver
beforeEach(async () => {
  receiver = await startReceiver(trusted)
  detour = { host: '127.0.0.1', port: receiver.port }
})
afterEach(async () => {
  detour = undefined
  await receiver[Symbol.asyncDispose]()
})

/** Permits every address and port: what is refused here is refused for being another one than was asked for. */
const post = (address: string, port: number) =>
  egress({ resolve: async () => [address], permits: () => true, ca: trusted.cert }).post({
    url: `https://${host}:${port}/in`,
    headers: {},
    body: '{"type":"task.created"}',
  })

describe('a connection that comes out elsewhere than at the address that was looked at', () => {
  test.each([
    ['at another address', () => [elsewhere, receiver.port] as const],
    ['at another port', () => ['127.0.0.1', otherPort] as const],
  ])('%s, permitted and with the right certificate, gets no request', async (_, asked) => {
    const { status, reason } = await post(...asked())
    expect([status, reason]).toEqual([null, 'the name leads to an address that is not of the open internet'])
    // It did come out there, and only then was given up.
    await expect.poll(() => receiver.connections()).toBe(1)
    expect(receiver.received).toEqual([])
  })

  test('gets its request where it is the one that was looked at', async () => {
    expect(await post('127.0.0.1', receiver.port)).toMatchObject({ status: 204, reason: null })
    expect(receiver.received).toHaveLength(1)
  })
})
