import { firstHead, type Head } from '../../domain/audit/chain.ts'
import type { AuditEvent } from '../../domain/audit/event.ts'
import { daysAfter } from '../../domain/time/daysAfter.ts'
import { codec, ttlOf } from '../codec.ts'
import * as keys from '../keys.ts'
import type { Item, Write } from '../tablePort.ts'

export const auditCodec = codec<AuditEvent>('audit', ({ workspaceId, orderedAt, sequence }) =>
  keys.auditKey(workspaceId, orderedAt, sequence),
)

/** Longer than any record waits to be consumed, also one that was parked. */
export const markDays = 90

/** Says that an event stands in the log, where its key does not tell. */
export const markOf = ({ workspaceId, id, orderedAt, sequence }: AuditEvent): Item => {
  return {
    ...keys.auditMarkKey(workspaceId, id),
    itemType: 'auditMark',
    sequence,
    ttl: ttlOf(daysAfter(orderedAt, markDays)),
  }
}

/** Sequences from before there was a chain have a number and no more. */
export const headOf = (workspaceId: string, item: Item | undefined): Head => {
  const { PK: _, SK: __, itemType: ___, ...head } = item ?? { PK: '', SK: '' }
  return { ...firstHead(workspaceId, 0), ...head }
}

/** Moves the sequence on from what was read. */
export const moveOf = (workspaceId: string, present: Item | undefined, head: Head): Write => ({
  put: { ...keys.sequenceKey(workspaceId), itemType: 'sequence', ...head },
  condition: present === undefined ? { absent: true } : { equals: { sequence: Number(present.sequence) } },
})
