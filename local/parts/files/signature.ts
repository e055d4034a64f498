import { timingSafeEqual } from 'node:crypto'
import { Sha256 } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'
import { localRegion } from '../part.ts'
import { StoreError } from './errors.ts'
import type { StoreRequest } from './request.ts'

/** The one pair of keys that the local runtime gives its functions. */
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
const signer = new SignatureV4({
  service: 's3',
  region: localRegion,
  credentials,
  sha256: Sha256,
  uriEscapePath: false,
})

/** How far a caller's clock may be off, and the longest that S3 lets a presigned request live. */
const skewMs = 15 * 60_000
const longestSeconds = 7 * 86_400
const hashHeader = 'x-amz-content-sha256'

interface Claim {
  readonly date: string
  readonly credential: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

const dateOf = (text: string): Date => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (parts === null) throw new StoreError('AccessDenied', 'X-Amz-Date must look like 20260102T030405Z')
  const [, year, month, day, hour, minute, second] = parts
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

const checkScope = ({ credential, date }: Claim): void => {
  const expected = `${credentials.accessKeyId}/${date.slice(0, 8)}/${localRegion}/s3/aws4_request`
  if (credential !== expected) throw new StoreError('AccessDenied', 'The credential is not one of this part')
}

/**
 * The signed headers as they came. All of them must be there, host among them; and S3 obeys no `x-amz-` header that
 * is not signed.
 */
const signedOnes = ({ headers }: StoreRequest, names: readonly string[]): Record<string, string> => {
  const unsigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !names.includes(name))
  if (unsigned.length > 0 || !names.includes('host'))
    throw new StoreError('AccessDenied', 'There were headers present in the request which were not signed')
  const entries = names.map((name) => {
    const value = headers[name]
    if (typeof value !== 'string') throw new StoreError('SignatureDoesNotMatch')
    return [name, value] as const
  })
  return Object.fromEntries(entries)
}

const compare = (given: string, calculated: string): void => {
  const [a, b] = [Buffer.from(given), Buffer.from(calculated)]
  if (a.length !== b.length || !timingSafeEqual(a, b)) throw new StoreError('SignatureDoesNotMatch')
}

const unsigned = (request: StoreRequest, claim: Claim, query: Record<string, string>): HttpRequest =>
  new HttpRequest({
    method: request.method,
    path: request.path,
    query,
    headers: signedOnes(request, claim.signedHeaders),
  })

const listOf = (text: string): readonly string[] => text.split(';')

/** Signature in the query: good from its date for as long as it says. */
const verifyPresigned = async (request: StoreRequest, now: number): Promise<void> => {
  const query = Object.fromEntries(request.query)
  const taken = (name: string): string => {
    const value = query[name] ?? ''
    delete query[name]
    return value
  }
  if (taken('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') throw new StoreError('AccessDenied')
  const claim: Claim = {
    credential: taken('X-Amz-Credential'),
    date: taken('X-Amz-Date'),
    signedHeaders: listOf(taken('X-Amz-SignedHeaders')),
    signature: taken('X-Amz-Signature'),
  }
  checkScope(claim)
  const expires = taken('X-Amz-Expires')
  const signingDate = dateOf(claim.date)
  const seconds = /^[1-9]\d{0,5}$/.test(expires) ? Number(expires) : Number.NaN
  const age = now - signingDate.getTime()
  if (!(seconds <= longestSeconds) || age < -skewMs) throw new StoreError('AccessDenied')
  if (age > seconds * 1000) throw new StoreError('AccessDenied', 'Request has expired')
  const draft = unsigned(request, claim, query)
  // The hash of the payload is a parameter here; the signer takes it as a header and makes it one again.
  draft.headers['X-Amz-Content-Sha256'] = taken('X-Amz-Content-Sha256')
  const own = new Set(claim.signedHeaders)
  const signed = await signer.presign(draft, { signingDate, expiresIn: seconds, unhoistableHeaders: own })
  compare(claim.signature, String(signed.query?.['X-Amz-Signature']))
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=(?<credential>\S+), SignedHeaders=(?<headers>\S+), Signature=(?<signature>\S+)$/

/** Signature in the `Authorization` header: good for fifteen minutes around its date. */
const verifySigned = async (request: StoreRequest, now: number): Promise<void> => {
  const groups = authorization.exec(request.headers.authorization ?? '')?.groups
  if (groups === undefined) throw new StoreError('AccessDenied')
  const { credential = '', headers = '', signature = '' } = groups
  const date = String(request.headers['x-amz-date'])
  const claim: Claim = { credential, date, signature, signedHeaders: listOf(headers) }
  checkScope(claim)
  const signingDate = dateOf(date)
  if (Math.abs(now - signingDate.getTime()) > skewMs) throw new StoreError('RequestTimeTooSkewed')
  if (!claim.signedHeaders.includes(hashHeader)) throw new StoreError('AccessDenied')
  const signed = await signer.sign(unsigned(request, claim, Object.fromEntries(request.query)), {
    signingDate,
  })
  compare(signature, authorization.exec(signed.headers.authorization ?? '')?.groups?.signature ?? '')
}

/** Who signed it: a holder of the keys for later use by anybody (`presigned`), or for itself. Throws `StoreError`. */
export const verifySignature = async (
  request: StoreRequest,
  now: number,
): Promise<'presigned' | 'signed'> => {
  const isPresigned = request.query.has('X-Amz-Signature')
  if (isPresigned && request.headers.authorization !== undefined)
    throw new StoreError('InvalidRequest', 'Only one auth mechanism is allowed')
  await (isPresigned ? verifyPresigned : verifySigned)(request, now)
  return isPresigned ? 'presigned' : 'signed'
}
