import { fileHeaders } from '../../api/files.ts'
import type { ExportOffers, ExportParts } from '../../domain/account/exportPorts.ts'
import { dispositionOf } from '../../domain/attachments/fileName.ts'
import { presignDownload } from './presign.ts'
import { refused, sendTo } from './send.ts'
import { exportKeyOf, type FileSettings } from './settings.ts'
import { requestFor } from './sign.ts'

/** JSON Lines. */
const mediaType = 'application/x-ndjson'

/** Parts of exports in the bucket. */
export const exportParts = (settings: FileSettings): ExportParts => {
  const send = sendTo(settings)
  return {
    write: async (part, text) => {
      const request = requestFor(settings.inside, exportKeyOf(part), {
        method: 'PUT',
        headers: {
          'content-type': mediaType,
          'content-length': String(Buffer.byteLength(text)),
          'cache-control': fileHeaders['cache-control'],
        },
        body: text,
      })
      const answer = await send(request)
      if (answer.status !== 200) throw refused(request, answer)
    },
    remove: async (part) => {
      const request = requestFor(settings.inside, exportKeyOf(part), { method: 'DELETE' })
      const answer = await send(request)
      if (answer.status !== 204 && answer.status !== 404) throw refused(request, answer)
    },
  }
}

/** Downloads of exports, good for as long as those of attachments. */
export const exportOffers = (settings: FileSettings): ExportOffers => ({
  download: (part, name, now) =>
    presignDownload(exportKeyOf(part), { disposition: dispositionOf(name), mediaType }, now, settings),
})
