import { onConnect } from '../shared/events/onSocket.ts'
import { liveTicketsWith } from '../shared/http/tickets.ts'
import { cursorKey } from '../shared/world/environment.ts'
import { live } from '../shared/world/live.ts'

export const handler = onConnect({ ...live, liveTickets: liveTicketsWith(cursorKey()) }, live.clock)
