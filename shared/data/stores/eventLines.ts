import { isAuditEvent, isCommentEvent, type NumberedEvent } from '../../domain/audit/event.ts'
import { daysAfter } from '../../domain/time/daysAfter.ts'
import { ttlOf } from '../codec.ts'
import * as keys from '../keys.ts'
import type { Item, Write } from '../tablePort.ts'
import { auditCodec, markDays, markOf } from './auditLines.ts'
import { commentEventCodec } from './commentHistory.ts'
import { historyCodec } from './history.ts'

/** What one event leaves where it is looked for: a line, and a mark where the key of that does not tell which event it is. */
const linesOf = (event: NumberedEvent): Item[] => {
  if (isAuditEvent(event)) return [markOf(event), auditCodec.encode(event)]
  if (!isCommentEvent(event)) return [historyCodec.encode(event)]
  const { workspaceId, taskId, id, at, sequence } = event
  const mark = {
    ...keys.commentMarkKey(workspaceId, taskId, id),
    itemType: 'commentMark',
    sequence,
    ttl: ttlOf(daysAfter(at, markDays)),
  }
  return [mark, commentEventCodec.encode(event)]
}

/** Writes of one event; the first is refused when the event was applied before. The log keeps it for good. */
export const eventWrites = (event: NumberedEvent): Write[] => {
  const lines = linesOf(event)
  const log = { ...(lines.at(-1) as Item), ...keys.eventKey(event.workspaceId, event.sequence) }
  return [...lines.map((put): Write => ({ put, condition: { absent: true } })), { put: log }]
}
