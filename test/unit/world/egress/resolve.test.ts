import { describe, expect, test } from 'vitest'
import { egress } from '../../../../shared/world/egress/egress.ts'
import { resolveBy } from '../../../../shared/world/egress/resolve.ts'
import { targets } from '../../../../shared/world/egress/targets.ts'
import { startDecoy } from '../../../support/receiver.ts'
import { startNameServer, type Zone } from './support/nameServer.ts'

const never = new AbortController().signal
const silent = Array.from({ length: 12 }, (_, n) => `hangs-${n}.acme-example.com`)
const silence: Zone = Object.fromEntries(silent.map((name) => [name, 'silence']))
const notPublic = 'the name leads to an address that is not of the open internet'
const unresolved = 'the name does not resolve'

/** What became of work, and after how many milliseconds. */
const timed = async <T>(work: Promise<T>): Promise<[T, number]> => {
  const began = performance.now()
  return [await work, performance.now() - began]
}

// At once: some wait as long as a name server is given.
describe.concurrent('names', () => {
  test('of servers that keep silent hold up no other', async () => {
    await using server = await startNameServer({ ...silence, 'quick.acme-example.com': ['8.8.8.8'] })
    const resolve = resolveBy([server.address])
    const givingUp = new AbortController()
    const hanging = silent.map((name) => resolve(name, givingUp.signal))
    const [found, milliseconds] = await timed(resolve('quick.acme-example.com', never))
    expect(found).toEqual(['8.8.8.8'])
    expect(milliseconds).toBeLessThan(1_000)
    givingUp.abort()
    const [ends, longer] = await timed(Promise.all(hanging))
    expect(ends.flat()).toEqual([])
    expect(longer, 'given up').toBeLessThan(500)
  })

  test('are asked for no more once a request or the check at saving is given up', {
    timeout: 15_000,
  }, async () => {
    await using server = await startNameServer(silence)
    const resolve = resolveBy([server.address])
    const [first = '', second = ''] = silent
    const url = (name: string) => `https://${name}/`
    const client = egress({ resolve, totalMs: 300 })
    const { reason } = await client.post({ url: url(first), headers: {}, body: '' })
    expect(reason).toBe('there was no answer within 0.3 seconds')
    expect(await targets(resolve).objectionTo(new URL(url(second)))).toBeUndefined()
    const asked = server.asked.length
    expect(asked).toBeGreaterThan(0)
    // By then either would have been asked for a second time.
    await new Promise((end) => setTimeout(end, 3_000))
    expect(server.asked).toHaveLength(asked)
  })

  test('that nobody answers for are given up before a request is', { timeout: 15_000 }, async () => {
    await using server = await startNameServer(silence)
    const [found, milliseconds] = await timed(resolveBy([server.address])(silent[0] ?? '', never))
    expect(found).toEqual([])
    expect(milliseconds).toBeLessThan(9_000)
  })

  test.each([
    ['a', ['2606:4700:4700::1111']],
    ['aaaa', ['8.8.8.8']],
  ])('are found where nobody answers for their %s records', { timeout: 15_000 }, async (deaf, expected) => {
    const zone = { 'half.acme-example.com': ['8.8.8.8', '2606:4700:4700::1111'] }
    await using server = await startNameServer(zone, (kind) => kind !== deaf)
    expect(await resolveBy([server.address])('half.acme-example.com', never)).toEqual(expected)
  })

  test('that lead inside are refused, whatever way they take', async () => {
    await using decoy = await startDecoy()
    await using server = await startNameServer({
      'loopback.acme-example.com': ['127.0.0.1'],
      'six.acme-example.com': ['::1'],
      'mapped.acme-example.com': ['::ffff:7f00:1'],
      'mixed.acme-example.com': ['8.8.8.8', '::ffff:a00:1'],
      'inside.acme-example.com': ['169.254.169.254'],
      'alias.acme-example.com': { alias: 'second.acme-example.com' },
      'second.acme-example.com': { alias: 'inside.acme-example.com' },
      'nowhere.acme-example.com': { alias: 'absent.acme-example.com' },
    })
    const resolve = resolveBy([server.address])
    const reasonFor = async (name: string) => {
      const url = `https://${name}.acme-example.com:${decoy.port}/`
      const { reason } = await egress({ resolve }).post({ url, headers: {}, body: '' })
      return [name, reason, await targets(resolve).objectionTo(new URL(url))]
    }
    for (const name of ['loopback', 'six', 'mapped', 'mixed', 'inside', 'alias', 'second'])
      expect(await reasonFor(name)).toEqual([name, notPublic, notPublic])
    for (const name of ['nowhere', 'absent'])
      expect(await reasonFor(name)).toEqual([name, unresolved, undefined])
    expect(decoy.connections()).toBe(0)
  })
})
