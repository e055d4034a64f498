import type { NumberedEvent } from '../../domain/audit/event.ts'
import type { EventLog } from '../../domain/webhooks/ports.ts'
import { eventKey, logBucketSize, sequenceKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { decodeLogged } from './log.ts'

/** The last number that lies in the same partition. */
const endOfBucket = (sequence: number): number =>
  (Math.floor(sequence / logBucketSize) + 1) * logBucketSize - 1

export const eventLogStore = (table: Table): EventLog => ({
  event: async (workspaceId, sequence) => {
    const item = await table.get(eventKey(workspaceId, sequence))
    return item && decodeLogged(item)
  },
  events: async (workspaceId, from, to) => {
    const events: NumberedEvent[] = []
    let next = from
    while (next <= to) {
      const end = Math.min(to, endOfBucket(next))
      const { PK: pk, SK } = eventKey(workspaceId, next)
      const range = { pk, from: SK, to: eventKey(workspaceId, end).SK, limit: end - next + 1 }
      const { items, more } = await table.query(range)
      events.push(...items.map(decodeLogged))
      // A page may end early by its bytes.
      next = more ? (events.at(-1)?.sequence ?? end) + 1 : end + 1
    }
    return events
  },
  last: async (workspaceId) => Number((await table.get(sequenceKey(workspaceId)))?.sequence ?? 0),
})
