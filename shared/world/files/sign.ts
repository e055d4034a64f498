import { Sha256 } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'
import { type FileSettings, pathOf } from './settings.ts'

type SignerSettings = Pick<FileSettings, 'region' | 'credentials'>

/** S3's dialect of Signature Version 4: the path is signed as it stands, not escaped once more. */
export const signerOf = ({ region, credentials }: SignerSettings): SignatureV4 =>
  new SignatureV4({ service: 's3', region, credentials, sha256: Sha256, uriEscapePath: false })

interface Draft {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request for an object of a bucket, to be signed. */
export const requestFor = (bucket: URL, key: string, { method, headers, query, body }: Draft): HttpRequest =>
  new HttpRequest({
    method,
    protocol: bucket.protocol,
    hostname: bucket.hostname,
    ...(bucket.port !== '' && { port: Number(bucket.port) }),
    path: pathOf(bucket, key),
    headers: { host: bucket.host, ...headers },
    query: { ...query },
    ...(body !== undefined && { body }),
  })
