import type { Ticket, Tickets } from '../domain/attachments/ports.ts'
import { seal, unseal } from './seal.ts'

/** Apart from the contexts of cursors, which are hashes. */
const context = 'attachment ticket'

/** Tickets of uploads, sealed with the key that seals cursors. */
export const ticketsWith = (key: string): Tickets => ({
  write: (ticket) => seal(key, context, JSON.stringify(ticket)),
  read: (text) => {
    const content = unseal(key, context, text)
    return content === undefined ? undefined : (JSON.parse(content) as Ticket)
  },
})
