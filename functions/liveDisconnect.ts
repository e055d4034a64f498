import { onDisconnect } from '../shared/events/onSocket.ts'
import { live } from '../shared/world/live.ts'

export const handler = onDisconnect(live.connections)
