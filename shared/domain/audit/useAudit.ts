import type { AuditEntry, AuditType } from '../../api/schemas/audit.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { AuditEvent } from './event.ts'
import { placeFrom, writtenPlace } from './place.ts'
import type { AuditLog, AuditPage } from './ports.ts'

export interface AuditWorld {
  readonly audit: AuditLog
}

interface Query {
  readonly limit: number
  readonly type?: AuditType | undefined
  readonly actor?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
}
type ListAsk = Ask<{ workspaceId: string }, Query>

const passes = ({ type, actor }: Query): ((entry: AuditEvent) => boolean) | undefined =>
  type === undefined && actor === undefined
    ? undefined
    : (entry) => (type ?? entry.type) === entry.type && (actor ?? entry.by) === entry.by

/** As the log writes instants: whoever asks may leave out the milliseconds. */
const instantOf = (text: string | undefined): string | undefined => text && new Date(text).toISOString()

/** Newest first. A page by type or actor may be shorter than its limit: only so many entries are looked at. */
export const listAudit: UseCase<ListAsk, AuditWorld, AuditPage, { items: AuditEntry[]; next?: string }> = {
  load: ({ params, query, position }, { audit }) =>
    audit.page({
      workspaceId: params.workspaceId,
      since: instantOf(query.since),
      until: instantOf(query.until),
      before: position === undefined ? undefined : placeFrom(position),
      limit: query.limit,
      where: passes(query),
    }),
  run: async (_call, { items, reached }) => ({
    body: { items: [...items] },
    nextPosition: reached && writtenPlace(reached),
  }),
}
