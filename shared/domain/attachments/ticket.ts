import { Failure, invalidField } from '../failure.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { Ask } from '../useCase.ts'
import type { Agreement, FileAddress, Ticket, Uploaded } from './ports.ts'

/** As long as an upload that nobody took is kept. */
const lifeDays = 1

/** The same text for the same agreement, in whatever order its members come out of the store. */
export const ticketFor = (agreed: Agreement): Ticket => {
  const { workspaceId, taskId, attachmentId, name, mediaType, size, userId, agreedAt } = agreed
  const expiresAt = daysAfter(agreedAt, lifeDays)
  return { workspaceId, taskId, attachmentId, name, mediaType, size, userId, expiresAt }
}

const isFor = (ticket: Ticket, { params, userId, now }: Ask<FileAddress>): boolean =>
  ticket.workspaceId === params.workspaceId &&
  ticket.taskId === params.taskId &&
  ticket.attachmentId === params.attachmentId &&
  ticket.userId === userId &&
  now < ticket.expiresAt

/** The ticket of this very upload. Throws `invalid-request` for any other. */
export const checkTicket = (ticket: Ticket | undefined, ask: Ask<FileAddress>): Ticket => {
  if (ticket === undefined || !isFor(ticket, ask))
    throw invalidField(
      '/ticket',
      'must be the ticket that you were given for this upload in the last 24 hours',
    )
  return ticket
}

/** What has arrived, if it is exactly what was agreed. */
export const checkUpload = (uploaded: Uploaded | undefined, { size, mediaType }: Ticket): Uploaded => {
  if (uploaded === undefined)
    throw new Failure('upload-missing', 'Send the file to the address of the upload, then complete it.')
  if (uploaded.size === size && uploaded.mediaType === mediaType) return uploaded
  throw new Failure('upload-mismatch', undefined, {
    extra: {
      declared: { size, mediaType },
      uploaded: { size: uploaded.size, mediaType: uploaded.mediaType },
    },
  })
}
