import type { ExportOffers, ExportPart, ExportParts } from '../../shared/domain/account/exportPorts.ts'
import type { FileAddress, FileObjects, FileOffers, Uploaded } from '../../shared/domain/attachments/ports.ts'
import { uploadTicketsWith } from '../../shared/http/tickets.ts'

const keyOf = ({ workspaceId, taskId, attachmentId }: FileAddress) =>
  `${workspaceId}/${taskId}/${attachmentId}`

const later = (now: string, minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString()

/** An object store in memory; `arrive` stands for what a browser uploads. */
export const memoryFiles = () => {
  const uploads = new Map<string, Uploaded>()
  const accepted = new Map<string, Uploaded & { readonly disposition: string }>()
  const offers: FileOffers = {
    upload: async (address, { mediaType }, now) => ({
      method: 'PUT',
      url: `https://files.duely.test/uploads/${keyOf(address)}`,
      headers: { 'content-type': mediaType, 'if-none-match': '*' },
      expiresAt: later(now, 15),
    }),
    download: async (address, { disposition, mediaType }, now) => ({
      url: `https://files.duely.test/files/${keyOf(address)}?${new URLSearchParams({ disposition, mediaType })}`,
      expiresAt: later(now, 5),
    }),
  }
  const objects: FileObjects = {
    uploaded: async (address) => uploads.get(keyOf(address)),
    accept: async (address, uploaded, disposition) => {
      if (uploads.get(keyOf(address))?.tag !== uploaded.tag) return false
      accepted.set(keyOf(address), { ...uploaded, disposition })
      return true
    },
    remove: async (address) => void accepted.delete(keyOf(address)),
  }
  const exported = new Map<string, string>()
  const partKey = ({ userId, exportId, number }: ExportPart) => `${userId}/${exportId}/${number}`
  const parts: ExportParts = {
    write: async (part, text) => void exported.set(partKey(part), text),
    remove: async (part) => void exported.delete(partKey(part)),
  }
  const partOffers: ExportOffers = {
    download: async (part, name, now) => ({
      url: `https://files.duely.test/exports/${partKey(part)}?${new URLSearchParams({ name })}`,
      expiresAt: later(now, 5),
    }),
  }
  const arrive = (address: FileAddress, upload: Omit<Uploaded, 'tag'>, tag = '"1"') =>
    uploads.set(keyOf(address), { ...upload, tag })
  return {
    offers,
    objects,
    parts,
    partOffers,
    /** Files of exports, by person, export and number. */
    exported,
    tickets: uploadTicketsWith('key of the tests'),
    arrive,
    expire: (address: FileAddress) => uploads.delete(keyOf(address)),
    /** What has been accepted and not removed. */
    held: (address: FileAddress) => accepted.get(keyOf(address)),
  }
}
