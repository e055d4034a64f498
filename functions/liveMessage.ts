import { onMessage } from '../shared/events/onSocket.ts'
import { live } from '../shared/world/live.ts'

export const handler = onMessage(live, live.clock)
