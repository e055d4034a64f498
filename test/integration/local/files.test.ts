import { randomBytes } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startFiles } from '../../../local/parts/files/files.ts'
import { fileHeaders } from '../../../shared/api/files.ts'
import { rawRequest } from '../../support/files/rawRequest.ts'
import { storeOn } from '../../support/files/store.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const page = 'https://duely.example.org'
const hour = 3_600_000

/** A part with a clock of its own, and the product's object store over it. */
async function start(directory = temporaryDirectory()) {
  const time = { now: Date.now() }
  const now = () => time.now
  const part = await startFiles({ directory, allowedOrigins: () => [page], now })
  onTestFinished(() => part.close())
  const { offers, objects } = storeOn(part, now)
  const at = () => new Date(time.now).toISOString()
  const offer = (declared = { mediaType: 'text/plain', size: 5 }, attachmentId = 'att_1') =>
    offers.upload({ workspaceId: 'wsp_1', taskId: 'tsk_1', attachmentId }, declared, at())
  /** Names of the files the part keeps, drafts included. */
  const kept = () => ['objects', 'drafts'].flatMap((folder) => readdirSync(join(directory, folder)))
  return { part, directory, offers, objects, offer, at, time, kept }
}

const address = { workspaceId: 'wsp_1', taskId: 'tsk_1', attachmentId: 'att_1' }
const as = { disposition: "attachment; filename*=UTF-8''a.txt", mediaType: 'text/plain' }

const put = (
  { url, headers }: { url: string; headers: Record<string, string> },
  body: string | Buffer<ArrayBuffer>,
  more = {},
) => fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body })

const codeOf = async (response: Response) => /<Code>(\w+)/.exec(await response.text())?.[1]

describe('an upload', () => {
  test('arrives, is checked, accepted, downloaded and removed', async () => {
    const { offer, offers, objects, at } = await start()
    expect((await put(await offer(), 'hello')).status).toBe(200)
    const uploaded = await objects.uploaded(address)
    expect(uploaded).toEqual({ size: 5, mediaType: 'text/plain', tag: '"5d41402abc4b2a76b9719d911017c592"' })
    if (uploaded === undefined) throw new Error('nothing was uploaded')
    expect(await objects.accept(address, uploaded, as.disposition)).toBe(true)
    const { url } = await offers.download(address, as, at())
    const response = await fetch(url)
    expect(await response.text()).toBe('hello')
    expect(response.headers.get('content-disposition')).toBe(as.disposition)
    await objects.remove(address)
    expect((await fetch(url)).status).toBe(404)
    await expect(objects.remove(address)).resolves.toBeUndefined()
  })

  test('of 50 MB is on the disk as it comes, not in memory until it ends', async () => {
    const { offer, objects, directory } = await start()
    const size = 52_428_800
    const part = randomBytes(size / 5)
    const { url, headers } = await offer({ mediaType: 'application/zip', size })
    const onDisk = () => {
      const [draft = ''] = readdirSync(join(directory, 'drafts'))
      return statSync(join(directory, 'drafts', draft)).size
    }
    const chunks = async function* () {
      for (const _ of [1, 2, 3, 4]) yield part
      await vi.waitFor(() => expect(onDisk()).toBeGreaterThan(3 * part.length), 10_000)
      yield part
    }
    const sized = { ...headers, 'content-length': String(size) }
    expect(await rawRequest({ method: 'PUT', url, headers: sized, chunks: chunks() })).toBe(200)
    expect(await objects.uploaded(address)).toMatchObject({ size })
  })

  test('may be made once: a second one is refused and changes nothing', async () => {
    const { offer, objects } = await start()
    const upload = await offer()
    await put(upload, 'hello')
    const again = await put(upload, 'HELLO')
    expect([again.status, await codeOf(again)]).toEqual([412, 'PreconditionFailed'])
    expect(await objects.uploaded(address)).toMatchObject({ tag: '"5d41402abc4b2a76b9719d911017c592"' })
  })

  test('of twenty at once one wins, and none is a mixture', async () => {
    const { offer, objects, kept } = await start()
    const upload = await offer()
    const bodies = Array.from({ length: 20 }, (_, n) => `no ${String(n).padStart(2, '0')}`)
    const statuses = await Promise.all(bodies.map(async (body) => (await put(upload, body)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 412)).toHaveLength(19)
    expect(await objects.uploaded(address)).toMatchObject({ size: 5 })
    expect(kept()).toHaveLength(1)
  })

  test.each([
    ['shorter', 'hell'],
    ['longer', 'hello!'],
    ['empty', ''],
  ])('that is %s than declared is refused, and nothing is stored', async (_, body) => {
    const { offer, kept } = await start()
    const response = await put(await offer(), body)
    expect([response.status, await codeOf(response)]).toEqual([403, 'SignatureDoesNotMatch'])
    expect(kept()).toEqual([])
  })

  test('whose Content-Length is true to the offer but not to its body leaves nothing behind', async () => {
    const { offer, objects, kept } = await start()
    const { url, headers } = await offer()
    const lying = { method: 'PUT', url, headers: { ...headers, 'content-length': '5' } }
    expect(await rawRequest({ ...lying, chunks: ['hell'], hangUp: true })).not.toBe(200)
    await vi.waitFor(() => expect(kept()).toEqual([]))
    // What is too much is no part of the request, but the beginning of another one that is none.
    expect([200, 400]).toContain(await rawRequest({ ...lying, chunks: ['hello and more'] }))
    const { size } = (await objects.uploaded(address)) ?? { size: 5 }
    expect(size).toBe(5)
  })

  test('in chunks, of no declared length, is refused, also beside a Content-Length', async () => {
    const { offer, kept } = await start()
    const { url, headers } = await offer()
    const chunked = { ...headers, 'transfer-encoding': 'chunked' }
    const chunks = ['5\r\nhello\r\n0\r\n\r\n']
    expect(await rawRequest({ method: 'PUT', url, headers: chunked, chunks })).toBe(403)
    const both = { ...chunked, 'content-length': '5' }
    expect(await rawRequest({ method: 'PUT', url, headers: both, chunks })).toBe(400)
    expect(kept()).toEqual([])
  })

  test.each([
    ['another type', { 'content-type': 'text/html' }],
    ['no condition', { 'if-none-match': 'x' }],
    ['a header of S3 that is not signed', { 'x-amz-acl': 'public-read' }],
    ['a copy source', { 'x-amz-copy-source': '/duely-files/files/wsp_2/tsk_2/att_2' }],
    ['a second authorisation', { authorization: 'AWS4-HMAC-SHA256 Credential=x' }],
  ])('with %s is refused, and nothing is stored', async (_, headers) => {
    const { offer, kept } = await start()
    const response = await put(await offer(), 'hello', headers)
    expect([400, 403]).toContain(response.status)
    expect(kept()).toEqual([])
  })

  test('is refused after fifteen minutes', async () => {
    const { offer, time, kept } = await start()
    const upload = await offer()
    time.now += 15 * 60_000 + 1000
    const response = await put(upload, 'hello')
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('Request has expired')
    expect(kept()).toEqual([])
  })

  test('that nobody takes is gone after a day, and its file with it, also across a restart', async () => {
    const { offer, objects, time, directory, part, kept } = await start()
    await put(await offer(), 'hello')
    await part.close()
    const later = await start(directory)
    expect(await later.objects.uploaded(address)).toMatchObject({ size: 5 })
    time.now += 24 * hour
    later.time.now = time.now
    expect(await later.objects.uploaded(address)).toBeUndefined()
    expect(kept()).toEqual([])
    expect(objects).toBeDefined()
  })
})

describe('a signature', () => {
  const tampered: [string, (url: string) => string][] = [
    ['another key', (url) => url.replace('att_1', 'att_2')],
    ['a key outside uploads', (url) => url.replace('/uploads/', '/files/')],
    ['dots', (url) => url.replace('/uploads/', '/uploads/../files/')],
    ['encoded dots', (url) => url.replace('/uploads/', '/%2e%2e/uploads/')],
    ['encoded slashes', (url) => url.replace('/wsp_1/', '%2f..%2f..%2fetc/')],
    ['a NUL', (url) => url.replace('att_1', 'att_1%00.html')],
    ['a thousand characters', (url) => url.replace('att_1', 'a'.repeat(1000))],
    ['more than S3 takes', (url) => url.replace('att_1', 'a'.repeat(2000))],
    ['an escape that is none', (url) => url.replace('att_1', '%zz')],
    ['another bucket', (url) => url.replace('/duely-files/', '/other/')],
    ['no key', (url) => url.replace('/uploads/wsp_1/tsk_1/att_1', '')],
    ['a longer life', (url) => url.replace('X-Amz-Expires=900', 'X-Amz-Expires=90000')],
    ['a life beyond a week', (url) => url.replace('X-Amz-Expires=900', 'X-Amz-Expires=999999')],
    ['fewer signed headers', (url) => url.replace('content-length%3B', '')],
    ['no signed header', (url) => url.replace(/X-Amz-SignedHeaders=[^&]+/, 'X-Amz-SignedHeaders=')],
    ['another caller', (url) => url.replace('Credential=local', 'Credential=other')],
    ['another date', (url) => url.replace(/X-Amz-Date=\d{4}/, 'X-Amz-Date=2031')],
    ['one more parameter', (url) => `${url}&response-content-type=text%2Fhtml`],
    ['a parameter twice', (url) => `${url}&X-Amz-Expires=900`],
    ['another signature', (url) => url.replace(/Signature=..../, 'Signature=0000')],
    ['no signature', (url) => url.replace(/&X-Amz-Signature=\w+/, '')],
    ['nothing at all', (url) => url.replace(/\?.*/, '')],
  ]

  test.each(tampered)('does not cover %s', async (_, tamper) => {
    const { offer, kept } = await start()
    const { url, headers } = await offer()
    const status = await rawRequest({
      method: 'PUT',
      url: tamper(url),
      headers: { ...headers, 'content-length': '5' },
      chunks: ['hello'],
    })
    expect([400, 403, 404]).toContain(status)
    expect(kept()).toEqual([])
  })

  test.each(['GET', 'DELETE', 'POST', 'HEAD'])('of an upload is none for %s', async (method) => {
    const { offer } = await start()
    const { url } = await offer()
    expect((await fetch(url, { method })).status).toBe(403)
  })

  test('of a download is none for another type, name or file', async () => {
    const { offers, at, offer, objects } = await start()
    await put(await offer(), 'hello')
    const uploaded = await objects.uploaded(address)
    if (uploaded) await objects.accept(address, uploaded, as.disposition)
    const { url } = await offers.download(address, as, at())
    for (const other of [
      url.replace('text%2Fplain', 'text%2Fhtml'),
      url.replace('attachment%3B', 'inline%3B'),
      url.replace('/files/', '/uploads/'),
      url.replace(/response-content-disposition=[^&]+&/, ''),
    ]) {
      expect(other).not.toBe(url)
      expect((await fetch(other)).status).toBe(403)
    }
    expect((await fetch(url)).status).toBe(200)
  })

  test('of a download ends after five seconds', async () => {
    const { offers, at, time } = await start()
    const { url } = await offers.download(address, as, at())
    expect((await fetch(url)).status).toBe(404)
    time.now += 5_000
    expect((await fetch(url)).status).toBe(403)
  })

  test('in the header ends with a quarter of an hour', async () => {
    const { part, time } = await start()
    const early = storeOn(part, () => time.now - 20 * 60_000)
    await expect(early.objects.uploaded(address)).rejects.toThrow('403')
  })
})

test('accepting takes the very bytes that were checked, or none', async () => {
  const { offer, objects } = await start()
  await put(await offer(), 'hello')
  const uploaded = await objects.uploaded(address)
  if (uploaded === undefined) throw new Error('nothing was uploaded')
  expect(await objects.accept(address, { ...uploaded, tag: '"other"' }, as.disposition)).toBe(false)
  const elsewhere = { ...address, attachmentId: 'att_9' }
  expect(await objects.accept(elsewhere, uploaded, as.disposition)).toBe(false)
  expect(await objects.accept(address, uploaded, as.disposition)).toBe(true)
  expect(await objects.accept(address, uploaded, as.disposition)).toBe(true)
})

test('what was stored is there after a restart; what a crash left half written is not', async () => {
  const first = await start()
  await put(await first.offer(), 'hello')
  const { url, headers } = await first.offer(undefined, 'att_2')
  const cut = rawRequest({
    method: 'PUT',
    url,
    headers: { ...headers, 'content-length': '5' },
    chunks: ['h'],
  })
  await vi.waitFor(() => expect(readdirSync(join(first.directory, 'drafts'))).toHaveLength(1))
  await first.part.close()
  await cut
  const second = await start(first.directory)
  expect(await second.objects.uploaded(address)).toMatchObject({ size: 5 })
  expect(second.kept()).toHaveLength(1)
  expect(statSync(join(second.directory, 'objects')).mode & 0o077).toBe(0)
})

describe('browsers', () => {
  const ask = (url: string, headers: Record<string, string>) => fetch(url, { method: 'OPTIONS', headers })
  const asked = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' }

  test('may upload from the origins of the product, with the headers of an upload', async () => {
    const { offer } = await start()
    const { url, headers } = await offer()
    const names = Object.keys(headers).join(',')
    const answer = await ask(url, { ...asked, origin: page, 'access-control-request-headers': names })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(page)
    const response = await put({ url, headers }, 'hello', { origin: page })
    expect(response.headers.get('access-control-allow-origin')).toBe(page)
  })

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another method', { 'access-control-request-method': 'DELETE' }],
    ['another header', { 'access-control-request-headers': 'x-amz-acl' }],
  ])('are refused from or with %s', async (_, headers) => {
    const { offer } = await start()
    const answer = await ask((await offer()).url, { ...asked, origin: page, ...headers })
    expect(answer.status).toBe(403)
  })

  test('get the headers of the files origin with every answer, refusals included', async () => {
    const { offers, at, part } = await start()
    const { url } = await offers.download(address, as, at())
    for (const response of [await fetch(url), await fetch(part.endpoint), await ask(url, asked)]) {
      for (const [name, value] of Object.entries(fileHeaders))
        expect(response.headers.get(name), name).toBe(value)
    }
  })
})
