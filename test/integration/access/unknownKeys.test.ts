import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { accessToken, publicJwk, verifier } from '../../support/accessTokens.ts'

/** Where the pool publishes its keys, as a server that counts who asks. */
interface Published {
  readonly keysUrl: string
  readonly asked: () => number
}

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close()
    await once(server, 'close')
  }
})

/** @param statuses of the first answer, of the second and so on, and of all behind the last */
const publish = async (statuses: readonly number[], text: string): Promise<Published> => {
  let asked = 0
  const server = createServer((_request, response) => {
    const status = statuses[Math.min(asked++, statuses.length - 1)] ?? 200
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(text)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { keysUrl: `http://127.0.0.1:${port}/jwks.json`, asked: () => asked }
}

const count = 1_000
const keys = `{"keys":[${publicJwk}]}`
const unknown = () => accessToken('ana', 'session', { header: { kid: randomUUID() } })
const isRefused = async (verify: ReturnType<typeof verifier>): Promise<boolean> =>
  verify(`Bearer ${unknown()}`).then(
    () => false,
    ({ code }: { code?: string }) => code === 'unauthenticated',
  )

describe.each([
  ['do not hold them', 200, keys],
  ['cannot be had', 503, '{}'],
  ['are none', 200, 'sorry'],
])('a thousand random names of keys, while those published %s', (_name, status, text) => {
  test('at once are refused and ask for them once', async () => {
    const { keysUrl, asked } = await publish([status], text)
    const verify = verifier({ keysUrl })
    const refused = await Promise.all(Array.from({ length: count }, () => isRefused(verify)))
    expect(refused).toEqual(Array.from({ length: count }, () => true))
    expect(asked()).toBe(1)
  })

  test('one after the other are refused and ask for them once in ten seconds', async () => {
    const { keysUrl, asked } = await publish([status], text)
    const verify = verifier({ keysUrl })
    const began = performance.now()
    for (let n = 0; n < count; n++) expect(await isRefused(verify)).toBe(true)
    expect(asked()).toBeLessThanOrEqual(1 + Math.floor((performance.now() - began) / 10_000))
    await expect(verify(`Bearer ${accessToken('ana', 'session')}`)).resolves.toMatchObject({ userId: 'ana' })
  })
})

test('a key that is published and was not shipped is asked for once, and good from then on', async () => {
  const { keysUrl, asked } = await publish([200], keys)
  const verify = verifier({ keys: '{"keys":[]}', keysUrl })
  const good = () => verify(`Bearer ${accessToken('ana', 'session')}`)
  const all = await Promise.all(Array.from({ length: 50 }, good))
  expect(all.map(({ userId }) => userId)).toEqual(all.map(() => 'ana'))
  await good()
  expect(asked()).toBe(1)
})

test('keys that could not be had are asked for again ten seconds later', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const { keysUrl, asked } = await publish([503, 200], keys)
    const verify = verifier({ keys: '{"keys":[]}', keysUrl })
    const good = () => verify(`Bearer ${accessToken('ana', 'session')}`)
    await expect(good()).rejects.toMatchObject({ code: 'unauthenticated' })
    vi.advanceTimersByTime(9_999)
    await expect(good()).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(asked()).toBe(1)
    vi.advanceTimersByTime(1)
    await expect(good()).resolves.toMatchObject({ userId: 'ana' })
    expect(asked()).toBe(2)
  } finally {
    vi.useRealTimers()
  }
})
