import { onLog } from '../shared/events/onLog.ts'

export const handler = onLog([])
