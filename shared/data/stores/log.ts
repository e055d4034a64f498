import type { NumberedEvent } from '../../domain/audit/event.ts'
import type { LoggedEvents } from '../../domain/webhooks/ports.ts'
import { eventKey, sequenceKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { auditCodec } from './auditLines.ts'
import { commentEventCodec } from './commentHistory.ts'
import { historyCodec } from './history.ts'

/** An event as the log of its workspace holds it, of whatever kind. */
export const decodeLogged = (item: Record<string, unknown>): NumberedEvent => {
  if (item.itemType === 'audit') return auditCodec.decode(item)
  return item.itemType === 'commentEvent' ? commentEventCodec.decode(item) : historyCodec.decode(item)
}

export const logStore = (table: Table): LoggedEvents => {
  const between = async (workspaceId: string, from: number, to: number): Promise<NumberedEvent[]> => {
    const first = eventKey(workspaceId, from)
    const last = eventKey(workspaceId, to)
    // A stretch of at most a hundred numbers lies in one partition of the log, or in two.
    const ranges =
      first.PK === last.PK
        ? [{ pk: first.PK, from: first.SK, to: last.SK }]
        : [
            { pk: first.PK, from: first.SK },
            { pk: last.PK, to: last.SK },
          ]
    const pages = await Promise.all(ranges.map((range) => table.query({ ...range, limit: to - from + 1 })))
    return pages.flatMap(({ items }) => items.map(decodeLogged))
  }
  return {
    event: async (workspaceId, sequence) => {
      const item = await table.get(eventKey(workspaceId, sequence))
      return item && decodeLogged(item)
    },
    lastNumber: async (workspaceId) => Number((await table.get(sequenceKey(workspaceId)))?.sequence ?? 0),
    stretch: (workspaceId, since, limit) => between(workspaceId, since + 1, since + limit),
  }
}
