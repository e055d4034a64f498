import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { targetOf } from '../../../../shared/domain/webhooks/target.ts'
import { egress } from '../../../../shared/world/egress/egress.ts'
import { isPublic } from '../../../../shared/world/egress/publicAddress.ts'
import { targets } from '../../../../shared/world/egress/targets.ts'
import { startDecoy } from '../../../support/receiver.ts'
import { leading, written } from './support/tricks.ts'

const outgoing = (url: string) => ({ url, headers: {}, body: '{}' })

let decoy: Awaited<ReturnType<typeof startDecoy>>
beforeAll(async () => {
  decoy = await startDecoy()
})
afterAll(() => decoy[Symbol.asyncDispose]())

describe('addresses that lead inside', () => {
  test('are refused as they are written, and no name is looked up nor any socket opened for them', async () => {
    const asked: string[] = []
    const client = egress({
      resolve: async (name) => {
        asked.push(name)
        return ['127.0.0.1']
      },
    })
    const all = written(decoy.port)
    expect(new Set(all).size).toBeGreaterThanOrEqual(120)
    const accepted = all.filter((url) => 'url' in targetOf(url))
    expect(accepted).toEqual([])
    for (const url of all) {
      const { status, reason } = await client.post(outgoing(url))
      expect([url, status, reason]).toEqual([url, null, expect.stringMatching(/^the address must/)])
    }
    expect(asked).toEqual([])
    expect(decoy.connections()).toBe(0)
  })

  test('are refused where a good name leads to them, at saving and at sending', async () => {
    const url = `https://hooks.acme-example.com:${decoy.port}/hook`
    const expected = /does not resolve|not of the open internet/
    for (const addresses of leading) {
      const resolve = async () => addresses
      const { status, reason } = await egress({ resolve }).post(outgoing(url))
      expect([addresses, status, reason]).toEqual([addresses, null, expect.stringMatching(expected)])
      const objection = await targets(resolve).objectionTo(new URL(url))
      expect([addresses, objection === undefined]).toEqual([addresses, addresses.length === 0])
    }
    expect(decoy.connections()).toBe(0)
  })

  test('are the only ones refused', () => {
    const open = ['8.8.8.8', '1.1.1.1', '93.184.215.14', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e']
    expect(open.filter((address) => !isPublic(address))).toEqual([])
    const good = [
      'https://hooks.acme.com/in',
      'https://hooks.acme.com:8443/in?key=a%20b',
      'https://HOOKS.Acme.Com/In',
      'https://bücher.de/haken',
      'https://hooks。acme。com/',
      'https://a.b.c.d.e.co.uk:1024/',
      'https://8-8-8-8.acme.com/',
      'https://hooks.acme.com/%23not-a-fragment/@me',
    ]
    expect(good.filter((url) => 'wrong' in targetOf(url))).toEqual([])
    expect(targetOf('https://BÜCHER.de:443/a')).toEqual({ url: new URL('https://xn--bcher-kva.de/a') })
  })
})
