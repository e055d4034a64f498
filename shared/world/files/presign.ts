import { buildQueryString, HttpRequest } from '@smithy/core/protocols'
import type { DownloadAs, Offer } from '../../domain/attachments/ports.ts'
import type { FileSettings } from './settings.ts'
import { requestFor, signerOf } from './sign.ts'

/** Nobody takes it back, so it ends as soon as everything else that is taken away; a download under way goes on. */
const downloadSeconds = 5

/** Presigned requests carry no hash of a body that is not there yet. */
export const unsignedPayload = { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' }

/** A signature is dated to the second. */
const later = (now: string, seconds: number): string =>
  new Date((Math.floor(Date.parse(now) / 1000) + seconds) * 1000).toISOString()

const addressOf = ({ path, query }: HttpRequest, origin: string): string =>
  `${origin}${path}?${buildQueryString(query)}`

/** Signs a request for later, by whoever has its address; `to` is where that address leads. */
export const presignFor = (settings: FileSettings) => {
  const signer = signerOf(settings)
  return async (request: HttpRequest, now: string, expiresIn: number, to: URL): Promise<Offer> => {
    const signed = await signer.presign(request, { signingDate: new Date(now), expiresIn })
    return { url: addressOf(HttpRequest.clone(signed), to.origin), expiresAt: later(now, expiresIn) }
  }
}

/** A download of one object, under the type and the name that are part of the signature. */
export const presignDownload = (
  key: string,
  { disposition, mediaType }: DownloadAs,
  now: string,
  settings: FileSettings,
): Promise<Offer> => {
  const request = requestFor(settings.outside, key, {
    method: 'GET',
    headers: unsignedPayload,
    query: {
      'response-content-disposition': disposition,
      'response-content-type': mediaType,
      // Said by the bucket itself, so that nothing on the way keeps it or shares it between callers.
      'response-cache-control': 'private, no-store',
    },
  })
  return presignFor(settings)(request, now, downloadSeconds, settings.origin)
}
