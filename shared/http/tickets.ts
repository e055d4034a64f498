import type { Tickets as UploadTickets } from '../domain/attachments/ports.ts'
import type { Tickets as LiveTickets } from '../domain/live/connection.ts'
import { seal, unseal } from './seal.ts'

/** Tickets, sealed with the key that seals cursors; apart from other tickets, and from cursors, whose contexts are hashes. */
const ticketsOf =
  <Ticket>(context: string) =>
  (key: string) => ({
    write: (ticket: Ticket): string => seal(key, context, JSON.stringify(ticket)),
    read: (text: string): Ticket | undefined => {
      const content = unseal(key, context, text)
      return content === undefined ? undefined : (JSON.parse(content) as Ticket)
    },
  })

/** Tickets of uploads. */
export const uploadTicketsWith: (key: string) => UploadTickets = ticketsOf('attachment ticket')

/** Tickets of live connections. */
export const liveTicketsWith: (key: string) => LiveTickets = ticketsOf('live ticket')
