import { request } from 'node:http'
import type { UploadOffer } from '../../../shared/domain/attachments/ports.ts'
import { fileObjects } from '../../../shared/world/files/objects.ts'
import { fileOffers } from '../../../shared/world/files/offers.ts'
import { region } from '../settings.ts'
import { check, judge, missing, type Probe } from './probe.ts'
import { attribute, ref } from './resources.ts'
import { createStack } from './stack.ts'

const bucket = { Type: 'AWS::S3::Bucket' }
const headersPolicy = {
  Type: 'AWS::CloudFront::ResponseHeadersPolicy',
  Properties: {
    ResponseHeadersPolicyConfig: {
      Name: 'probe-files',
      SecurityHeadersConfig: { ContentTypeOptions: { Override: true } },
    },
  },
}
const distribution = {
  Type: 'AWS::CloudFront::Distribution',
  Properties: {
    DistributionConfig: {
      Enabled: true,
      Origins: [
        {
          Id: 'bucket',
          DomainName: attribute('Bucket', 'RegionalDomainName'),
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
        },
      ],
      DefaultCacheBehavior: {
        TargetOriginId: 'bucket',
        ViewerProtocolPolicy: 'allow-all',
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        ResponseHeadersPolicyId: ref('Headers'),
      },
    },
  },
}

const at = (attachmentId: string) => ({ workspaceId: 'wsp_1', taskId: 'tsk_1', attachmentId })
const text = { mediaType: 'text/plain', size: 5 }

/** The product's object store on the emulator. */
const storeAt = (url: string, name: string) => {
  const address = new URL(`${url}/${name}`)
  const settings = {
    bucket: name,
    inside: address,
    outside: address,
    origin: new URL(url),
    region,
    credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }),
    clock: Date.now,
  }
  return { offers: fileOffers(settings), objects: fileObjects(settings) }
}

const put = async ({ url, headers }: UploadOffer, body: string, more = {}): Promise<number> =>
  (await fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body })).status

/** What must not be, by name; the names of those that were let through all the same. */
const letThrough = async (attempts: Record<string, () => Promise<number>>): Promise<string> => {
  const done: string[] = []
  for (const [name, attempt] of Object.entries(attempts)) if ((await attempt()) < 400) done.push(name)
  return done.join(', ')
}

type Store = ReturnType<typeof storeAt>
const now = () => new Date().toISOString()

const examineUpload = async ({ offers }: Store) => {
  const offer = (id: string, when = now()) => offers.upload(at(id), text, when)
  const moved = async () => {
    const { url, ...rest } = await offer('moved')
    return put({ ...rest, url: url.replace('moved', 'other') }, 'hello')
  }
  const through = await letThrough({
    'a longer body': async () => put(await offer('long'), 'hello!'),
    'another type': async () => put(await offer('type'), 'hello', { 'content-type': 'text/html' }),
    'an expired address': async () => put(await offer('late', '2026-01-01T00:00:00.000Z'), 'hello'),
    'another key': moved,
    'a second upload': async () => {
      const once = await offer('once')
      if ((await put(once, 'hello')) !== 200) throw new Error('the first upload is refused')
      return put(once, 'HELLO')
    },
  })
  return judge(through === '', through === '' ? 'all refusals' : `let through: ${through}`)
}

const examineCopy = async ({ offers, objects }: Store) => {
  await put(await offers.upload(at('copy'), text, now()), 'hello')
  const uploaded = await objects.uploaded(at('copy'))
  if (uploaded?.size !== 5 || uploaded.mediaType !== 'text/plain')
    return judge(false, JSON.stringify(uploaded ?? 'no object'))
  const stale = await objects.accept(at('copy'), { ...uploaded, tag: '"0"' }, 'attachment')
  const taken = await objects.accept(at('copy'), uploaded, 'attachment; filename="a.txt"')
  return judge(taken && !stale, `copied: ${taken}, copied though changed: ${stale}`)
}

const examineDownload = async ({ offers }: Store) => {
  const as = { disposition: 'attachment; filename="b.txt"', mediaType: 'application/octet-stream' }
  const { url } = await offers.download(at('copy'), as, now())
  const { status, headers } = await fetch(url)
  const seen = `${headers.get('content-disposition')} ${headers.get('content-type')}`
  if (status !== 200 || seen !== `${as.disposition} ${as.mediaType}`) return judge(false, `${status} ${seen}`)
  const tampered = await fetch(url.replace('attachment%3B', 'inline%3B'))
  return judge(tampered.status === 403, `an altered disposition answers ${tampered.status}`)
}

/** Headers of an answer to a request that names another host than the one it goes to. */
const headersAt = (url: string, host: string): Promise<NodeJS.Dict<string | string[]>> =>
  new Promise((resolve, reject) => {
    request(url, { headers: { host } }, ({ headers }) => resolve(headers))
      .on('error', reject)
      .end()
  })

/** A bucket as the files stack makes it, used by the product's own object store; and CloudFront before it. */
export const probeFiles: Probe = async (cloud) => {
  const { outputs } = await createStack(cloud, 'probe-files', { Bucket: bucket }, { bucket: ref('Bucket') })
  const store = storeAt(cloud.url, outputs.bucket ?? '')
  return [
    await check('files-upload', () => examineUpload(store)),
    await check('files-copy', () => examineCopy(store)),
    await check('files-download', () => examineDownload(store)),
    await check('files-origin', async () => {
      const resources = { Bucket: bucket, Headers: headersPolicy, Distribution: distribution }
      const domain = attribute('Distribution', 'DomainName')
      const made = await createStack(cloud, 'probe-origin', resources, { domain })
      const host = made.outputs.domain ?? ''
      if (!host.includes('.')) return missing(`the distribution has no domain: ${host}`)
      const { 'x-content-type-options': options } = await headersAt(cloud.url, host)
      return judge(options === 'nosniff', `a request to ${host} has no header of the policy`)
    }),
  ]
}
