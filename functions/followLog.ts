import { onLog } from '../shared/events/onLog.ts'
import { pushToClients } from '../shared/world/sockets.ts'

export const handler = onLog([pushToClients()])
