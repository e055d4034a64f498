import { filePrefixes } from '../../api/files.ts'
import type { ExportPart } from '../../domain/account/exportPorts.ts'
import type { FileAddress } from '../../domain/attachments/ports.ts'

/** Where the bucket is, for whom. Addresses carry the bucket as host (AWS) or as first part of the path (emulators). */
export interface FileSettings {
  readonly bucket: string
  /** The bucket as functions reach it. */
  readonly inside: URL
  /** The bucket as browsers reach it: uploads go there, and downloads are signed for it. */
  readonly outside: URL
  /** What stands before the bucket for downloads; signed addresses are moved to it. */
  readonly origin: URL
  readonly region: string
  readonly credentials: () => Promise<Credentials>
  /** Epoch milliseconds. */
  readonly clock: () => number
}

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

type Place = 'uploads' | 'files'

/** Identifiers hold letters, digits and `_` only, so that a key needs no escaping anywhere. */
export const keyOf = (place: Place, { workspaceId, taskId, attachmentId }: FileAddress): string =>
  `${filePrefixes[place]}${workspaceId}/${taskId}/${attachmentId}`

/** The same for a part of an export; ids of people hold `-` besides. */
export const exportKeyOf = ({ userId, exportId, number }: ExportPart): string =>
  `${filePrefixes.exports}${userId}/${exportId}/${number}`

/** Path of a key below the address of a bucket. */
export const pathOf = (bucket: URL, key: string): string => `${bucket.pathname.replace(/\/$/, '')}/${key}`
