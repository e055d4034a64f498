import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fileOffers } from '../../../../shared/world/files/offers.ts'
import type { FileSettings } from '../../../../shared/world/files/settings.ts'
import { requestFor, signerOf } from '../../../../shared/world/files/sign.ts'

/** The examples of "Authenticating Requests (AWS Signature Version 4)" in the API reference of Amazon S3. */
const published = {
  region: 'us-east-1',
  credentials: async () => ({
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }),
}
const bucket = new URL('https://examplebucket.s3.amazonaws.com')
const signingDate = new Date('2013-05-24T00:00:00Z')
const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

describe('signatures as AWS publishes them', () => {
  test('GET Object with a range', async () => {
    const request = requestFor(bucket, 'test.txt', {
      method: 'GET',
      headers: { range: 'bytes=0-9', 'x-amz-content-sha256': ofNothing },
    })
    const { headers } = await signerOf(published).sign(request, { signingDate })
    expect(headers.authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
        'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, ' +
        'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    )
  })

  test('GET Bucket lifecycle, with a parameter of no value', async () => {
    const request = requestFor(bucket, '', {
      method: 'GET',
      headers: { 'x-amz-content-sha256': ofNothing },
      query: { lifecycle: '' },
    })
    const { headers } = await signerOf(published).sign(request, { signingDate })
    expect(headers.authorization).toMatch(
      /Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543$/,
    )
  })

  test('a presigned GET, good for a day', async () => {
    const hash = 'x-amz-content-sha256'
    const request = requestFor(bucket, 'test.txt', {
      method: 'GET',
      headers: { [hash]: 'UNSIGNED-PAYLOAD' },
    })
    // The example leaves the hash out of its query: S3 then takes it for unsigned.
    const left = { unhoistableHeaders: new Set([hash]), unsignableHeaders: new Set([hash]) }
    const { query } = await signerOf(published).presign(request, { signingDate, expiresIn: 86_400, ...left })
    expect(query).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    })
  })
})

const address = { workspaceId: 'wsp_1', taskId: 'tsk_1', attachmentId: 'att_1' }
const now = '2026-11-21T09:00:00.000Z'
const settings: FileSettings = {
  bucket: 'duely',
  inside: new URL('https://duely.s3.eu-west-1.amazonaws.com'),
  outside: new URL('https://duely.s3.eu-west-1.amazonaws.com'),
  origin: new URL('https://d1.cloudfront.net'),
  region: 'eu-west-1',
  credentials: async () => ({
    accessKeyId: 'AKIA',
    secretAccessKey: 'secret',
    sessionToken: 'session+token/=',
  }),
  clock: () => Date.parse(now),
}
const offers = fileOffers(settings)

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** The signature of a presigned request, written down from the specification without the library. */
const signatureOf = (method: string, url: URL, headers: Record<string, string>): string => {
  const escaped = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&')
  const names = (url.searchParams.get('X-Amz-SignedHeaders') ?? '').split(';')
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('')
  const canonical = [method, url.pathname, query, lines, names.join(';'), 'UNSIGNED-PAYLOAD'].join('\n')
  const scope = '20261121/eu-west-1/s3/aws4_request'
  const hashed = createHash('sha256').update(canonical).digest('hex')
  const toSign = ['AWS4-HMAC-SHA256', '20261121T090000Z', scope, hashed].join('\n')
  const key = ['20261121', 'eu-west-1', 's3', 'aws4_request'].reduce<string | Buffer>(hmac, 'AWS4secret')
  return hmac(key, toSign).toString('hex')
}

describe('an offer', () => {
  test('of an upload signs host, length, type and that there is none yet', async () => {
    const { url, headers, method, expiresAt } = await offers.upload(
      address,
      { mediaType: 'image/png', size: 12_345 },
      now,
    )
    const parsed = new URL(url)
    expect([method, parsed.origin, parsed.pathname]).toEqual([
      'PUT',
      'https://duely.s3.eu-west-1.amazonaws.com',
      '/uploads/wsp_1/tsk_1/att_1',
    ])
    expect(headers).toEqual({ 'content-type': 'image/png', 'if-none-match': '*' })
    expect(Object.fromEntries(parsed.searchParams)).toMatchObject({
      'X-Amz-SignedHeaders': 'content-length;content-type;host;if-none-match',
      'X-Amz-Expires': '900',
      'X-Amz-Security-Token': 'session+token/=',
      'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    })
    expect(expiresAt).toBe('2026-11-21T09:15:00.000Z')
    const sent = { ...headers, host: parsed.host, 'content-length': '12345' }
    expect(parsed.searchParams.get('X-Amz-Signature')).toBe(signatureOf('PUT', parsed, sent))
  })

  test('of a download is signed for the bucket and leads to the files origin', async () => {
    const disposition = "attachment; filename*=UTF-8''it%27s%20%281%29.txt"
    const { url, expiresAt } = await offers.download(address, { disposition, mediaType: 'text/plain' }, now)
    const parsed = new URL(url)
    expect([parsed.origin, parsed.pathname]).toEqual([
      'https://d1.cloudfront.net',
      '/files/wsp_1/tsk_1/att_1',
    ])
    expect(Object.fromEntries(parsed.searchParams)).toMatchObject({
      'response-content-disposition': disposition,
      'response-content-type': 'text/plain',
      'response-cache-control': 'private, no-store',
      'X-Amz-Expires': '5',
      'X-Amz-SignedHeaders': 'host',
    })
    expect(expiresAt).toBe('2026-11-21T09:00:05.000Z')
    const host = 'duely.s3.eu-west-1.amazonaws.com'
    expect(parsed.searchParams.get('X-Amz-Signature')).toBe(signatureOf('GET', parsed, { host }))
  })

  test('on an emulator has the bucket in its path', async () => {
    const outside = new URL('http://localhost:4566/duely')
    const local = fileOffers({ ...settings, outside, origin: new URL('http://localhost:4566') })
    const { url } = await local.download(address, { disposition: 'attachment', mediaType: 'x/y' }, now)
    expect(url).toMatch(/^http:\/\/localhost:4566\/duely\/files\/wsp_1\/tsk_1\/att_1\?/)
  })
})
