import type { Ticket, Tickets } from '../domain/live/connection.ts'
import { seal, unseal } from './seal.ts'

/** Apart from the contexts of cursors, which are hashes, and of other tickets. */
const context = 'live ticket'

/** Tickets of live connections, sealed with the key that seals cursors. */
export const liveTicketsWith = (key: string): Tickets => ({
  write: (ticket) => seal(key, context, JSON.stringify(ticket)),
  read: (text) => {
    const content = unseal(key, context, text)
    return content === undefined ? undefined : (JSON.parse(content) as Ticket)
  },
})
