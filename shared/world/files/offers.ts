import { buildQueryString, HttpRequest } from '@smithy/core/protocols'
import type { FileOffers, Offer } from '../../domain/attachments/ports.ts'
import { type FileSettings, keyOf } from './settings.ts'
import { requestFor, signerOf } from './sign.ts'

const uploadSeconds = 15 * 60
/** Nobody takes it back, so it ends as soon as everything else that is taken away; a download under way goes on. */
const downloadSeconds = 5

/** Presigned requests carry no hash of a body that is not there yet. */
const unsignedPayload = { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' }

/** A signature is dated to the second. */
const later = (now: string, seconds: number): string =>
  new Date((Math.floor(Date.parse(now) / 1000) + seconds) * 1000).toISOString()

const addressOf = ({ path, query }: HttpRequest, origin: string): string =>
  `${origin}${path}?${buildQueryString(query)}`

/**
 * Presigned requests of S3 (Signature Version 4 in the query). Length and type of an upload are signed headers: S3
 * refuses any other, and a second upload as well (`If-None-Match: *`).
 */
export const fileOffers = (settings: FileSettings): FileOffers => {
  const { outside, origin } = settings
  const signer = signerOf(settings)
  const presign = async (request: HttpRequest, now: string, expiresIn: number, to: URL): Promise<Offer> => {
    const signed = await signer.presign(request, { signingDate: new Date(now), expiresIn })
    return { url: addressOf(HttpRequest.clone(signed), to.origin), expiresAt: later(now, expiresIn) }
  }
  return {
    upload: async (address, { mediaType, size }, now) => {
      const headers = { 'content-type': mediaType, 'if-none-match': '*' } as const
      const request = requestFor(outside, keyOf('uploads', address), {
        method: 'PUT',
        headers: { ...headers, 'content-length': String(size), ...unsignedPayload },
      })
      return { method: 'PUT', headers, ...(await presign(request, now, uploadSeconds, outside)) }
    },
    download: (address, { disposition, mediaType }, now) => {
      const request = requestFor(outside, keyOf('files', address), {
        method: 'GET',
        headers: unsignedPayload,
        query: {
          'response-content-disposition': disposition,
          'response-content-type': mediaType,
          // Said by the bucket itself, so that nothing on the way keeps it or shares it between callers.
          'response-cache-control': 'private, no-store',
        },
      })
      return presign(request, now, downloadSeconds, origin)
    },
  }
}
