import type { NumberedEvent } from '../../domain/audit/event.ts'
import { auditCodec } from './auditLines.ts'
import { commentEventCodec, historyCodec } from './history.ts'

/** An event as the log of its workspace holds it, of whatever kind. */
export const decodeLogged = (item: Record<string, unknown>): NumberedEvent => {
  if (item.itemType === 'audit') return auditCodec.decode(item)
  return item.itemType === 'commentEvent' ? commentEventCodec.decode(item) : historyCodec.decode(item)
}
