/** What attachments ask of the object store. `shared/world` implements it over S3, tests fake it. */

import type { Created } from '../ports.ts'
import type { RequestMark } from '../tasks/task.ts'

/** Which attachment: all three identifiers are part of the object's key. */
export interface FileAddress {
  readonly workspaceId: string
  readonly taskId: string
  readonly attachmentId: string
}

/** What an upload says of itself. */
interface DeclaredFile {
  /** `type/subtype` without parameters. */
  readonly mediaType: string
  /** Bytes. */
  readonly size: number
}

/** A request that its holder may make until `expiresAt` (RFC 3339). */
export interface Offer {
  readonly url: string
  readonly expiresAt: string
}

export interface UploadOffer extends Offer {
  readonly method: 'PUT'
  /** Headers to send exactly so; a body of another length or type is refused. */
  readonly headers: { readonly 'content-type': string; readonly 'if-none-match': '*' }
}

/** How a download names itself to the browser. */
export interface DownloadAs {
  /** Content-Disposition (RFC 6266). */
  readonly disposition: string
  readonly mediaType: string
}

/** Signs requests that browsers make to the store themselves. Touches no network. */
export interface FileOffers {
  /** One upload of exactly this type and length, once. `now` is RFC 3339. */
  upload(address: FileAddress, declared: DeclaredFile, now: string): Promise<UploadOffer>
  download(address: FileAddress, as: DownloadAs, now: string): Promise<Offer>
}

/** An upload as it lies in the store. */
export interface Uploaded extends DeclaredFile {
  /** Names these very bytes (the store's entity tag). */
  readonly tag: string
}

/** Objects themselves. A store that does not answer is `unavailable`. */
export interface FileObjects {
  uploaded(address: FileAddress): Promise<Uploaded | undefined>
  /** Copies these very bytes to where no upload can change them; false when they are gone. May be repeated. */
  accept(address: FileAddress, uploaded: Uploaded, disposition: string): Promise<boolean>
  /** Drops an accepted file. One that is not there is no error. */
  remove(address: FileAddress): Promise<void>
}

/** The start of an upload as one request agreed it. */
export interface Agreement extends FileAddress, DeclaredFile {
  readonly name: string
  readonly userId: string
  /** RFC 3339. */
  readonly agreedAt: string
}

/** Remembers what a request agreed, for when it comes again under its Idempotency-Key. */
export interface Agreements {
  keep(agreement: Agreement, mark: RequestMark): Promise<Created<Agreement>>
}

/** What was agreed on an upload, for the caller to bring along when it is done. */
export interface Ticket extends FileAddress, DeclaredFile {
  readonly name: string
  readonly userId: string
  /** RFC 3339. */
  readonly expiresAt: string
}

/** Texts that nobody else can write; `read` knows none but its own. */
export interface Tickets {
  write(ticket: Ticket): string
  read(text: string): Ticket | undefined
}
