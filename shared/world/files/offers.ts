import type { FileOffers } from '../../domain/attachments/ports.ts'
import { presignDownload, presignFor, unsignedPayload } from './presign.ts'
import { type FileSettings, keyOf } from './settings.ts'
import { requestFor } from './sign.ts'

const uploadSeconds = 15 * 60

/**
 * Presigned requests of S3 (Signature Version 4 in the query). Length and type of an upload are signed headers: S3
 * refuses any other, and a second upload as well (`If-None-Match: *`).
 */
export const fileOffers = (settings: FileSettings): FileOffers => {
  const { outside } = settings
  const presign = presignFor(settings)
  return {
    upload: async (address, { mediaType, size }, now) => {
      const headers = { 'content-type': mediaType, 'if-none-match': '*' } as const
      const request = requestFor(outside, keyOf('uploads', address), {
        method: 'PUT',
        headers: { ...headers, 'content-length': String(size), ...unsignedPayload },
      })
      return { method: 'PUT', headers, ...(await presign(request, now, uploadSeconds, outside)) }
    },
    download: (address, as, now) => presignDownload(keyOf('files', address), as, now, settings),
  }
}
