import { createLiveTicket as route } from '../shared/api/routes/live.ts'
import { createLiveTicket } from '../shared/domain/live/useTickets.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/liveTickets.ts'

export const handler = serve(route, createLiveTicket, world)
