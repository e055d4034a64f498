import type { AuditLog, AuditRequest, Place } from '../../domain/audit/ports.ts'
import * as keys from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'
import { auditCodec, headOf } from './auditLines.ts'

/** Entries that a filter may look at for one page. */
const readingBudget = 500

/** Sort key up to which a page reads: no entry lies between it and where the page before ended, or `until`. */
const upTo = ({ workspaceId, until, before }: AuditRequest): string | undefined => {
  if (before !== undefined) return keys.auditKey(workspaceId, before.orderedAt, before.sequence - 1).SK
  return until && keys.auditBound(until)
}

export const auditStore = (table: Table): AuditLog => ({
  page: async (request) => {
    const { workspaceId, since = '', limit, where } = request
    const [from, to] = [keys.auditBound(since), upTo(request)]
    // DynamoDB refuses bounds the wrong way round.
    if (to !== undefined && to < from) return { items: [], reached: undefined }
    const range = {
      pk: keys.auditPk(workspaceId),
      from,
      ...(to !== undefined && { to }),
      descending: true,
      limit: where === undefined ? limit : Math.max(limit, readingBudget),
    }
    const { items: read, more } = await sliceOf(table, range, auditCodec.decode)
    const passing = where === undefined ? read : read.filter(where)
    const items = passing.slice(0, limit)
    const end = more ? read.at(-1) : undefined
    return { items, reached: passing.length > limit ? items.at(-1) : end }
  },
  walk: (workspaceId, limit, behind) => {
    const keyOf = ({ orderedAt, sequence }: Place) => keys.auditKey(workspaceId, orderedAt, sequence).SK
    const range = {
      pk: keys.auditPk(workspaceId),
      ...(behind === undefined ? { from: keys.auditBound('') } : { after: keyOf(behind) }),
      limit,
    }
    return sliceOf(table, range, auditCodec.decode)
  },
  head: async (workspaceId) => headOf(workspaceId, await table.get(keys.sequenceKey(workspaceId))),
})
