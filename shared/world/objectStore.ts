import { uploadTicketsWith } from '../http/tickets.ts'
import { cursorKey, fileSettings } from './environment.ts'
import { exportOffers, exportParts } from './files/exports.ts'
import { fileObjects } from './files/objects.ts'
import { fileOffers } from './files/offers.ts'

/** The object store of attachments. A function carries only what it names. */
export const offers = () => fileOffers(fileSettings())
export const objects = () => fileObjects(fileSettings())
export const parts = () => exportParts(fileSettings())
export const partOffers = () => exportOffers(fileSettings())
export const tickets = () => uploadTicketsWith(cursorKey())
