import type { NumberedEvent } from '../../domain/audit/event.ts'
import { auditCodec } from './auditLines.ts'
import { historyCodec } from './history.ts'

/** An event as the log of its workspace holds it, of whatever kind. */
export const decodeLogged = (item: Record<string, unknown>): NumberedEvent =>
  item.itemType === 'audit' ? auditCodec.decode(item) : historyCodec.decode(item)
