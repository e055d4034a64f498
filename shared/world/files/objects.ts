import { fileHeaders } from '../../api/files.ts'
import type { FileObjects } from '../../domain/attachments/ports.ts'
import { refused, sendTo } from './send.ts'
import { type FileSettings, keyOf } from './settings.ts'
import { requestFor } from './sign.ts'

/** Attached files by plain S3 requests. */
export const fileObjects = (settings: FileSettings, timeouts?: Parameters<typeof sendTo>[1]): FileObjects => {
  const { inside, bucket } = settings
  const send = sendTo(settings, timeouts)

  return {
    uploaded: async (address) => {
      const request = requestFor(inside, keyOf('uploads', address), { method: 'HEAD' })
      const answer = await send(request)
      if (answer.status === 404) return undefined
      if (answer.status !== 200) throw refused(request, answer)
      const { 'content-length': length, 'content-type': mediaType = '', etag: tag = '' } = answer.headers
      return { size: Number(length), mediaType, tag }
    },
    accept: async (address, { mediaType, tag }, disposition) => {
      const request = requestFor(inside, keyOf('files', address), {
        method: 'PUT',
        headers: {
          'x-amz-copy-source': `/${bucket}/${keyOf('uploads', address)}`,
          'x-amz-copy-source-if-match': tag,
          'x-amz-metadata-directive': 'REPLACE',
          'content-type': mediaType,
          'content-disposition': disposition,
          'cache-control': fileHeaders['cache-control'],
        },
      })
      const answer = await send(request)
      if (answer.status === 404 || answer.status === 412) return false
      if (answer.status !== 200) throw refused(request, answer)
      return true
    },
    remove: async (address) => {
      const request = requestFor(inside, keyOf('files', address), { method: 'DELETE' })
      const answer = await send(request)
      if (answer.status !== 204 && answer.status !== 404) throw refused(request, answer)
    },
  }
}
