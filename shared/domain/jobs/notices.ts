import type { JobMessage } from '../../api/schemas/jobs.ts'
import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { isGroupId } from '../groups/everybody.ts'
import type { GroupNotice } from '../notices/groupNotices.ts'
import type { Record } from '../pipeline/record.ts'
import { isFinished } from './job.ts'

/** Work there is to do: a chunk or a listing that has come into being. */
export const jobMessages = (record: Record): JobMessage[] => {
  if (record.kind !== 'jobChunk' && record.kind !== 'jobListing') return []
  if (record.before !== undefined || record.after === undefined) return []
  const { workspaceId, jobId } = record.after
  return [{ workspaceId, jobId, work: 'number' in record.after ? record.after.number : 'listing' }]
}

/** By person or group. */
type Told = Readonly<{ [id: string]: number }>
type Bulk = Pick<Extract<NoticeMessage, { kind: 'bulk' }>, 'workspaceId' | 'bulkId' | 'by' | 'at'>

/** Whom a record tells of tasks that were assigned at once. */
const toldBy = (record: Record): { readonly told: Told; readonly bulk: Bulk } | undefined => {
  if (record.kind === 'jobProgress') {
    const { before, after } = record
    if (after === undefined || !isFinished(after) || (before !== undefined && isFinished(before)))
      return undefined
    const { workspaceId, jobId: bulkId, createdBy: by, updatedAt: at } = after
    return { told: after.told, bulk: { workspaceId, bulkId, by, at } }
  }
  if (record.kind !== 'task' || record.after === undefined) return undefined
  const { cause, id, workspaceId, updatedBy: by, updatedAt: at, version } = record.after
  if (cause === null || !('told' in cause) || version === record.before?.version) return undefined
  const bulkId = cause.kind === 'bulk' ? cause.id : (cause.toldWith ?? id)
  return { told: cause.told ?? {}, bulk: { workspaceId, bulkId, by, at } }
}

const entriesOf = (record: Record) => {
  const { told, bulk } = toldBy(record) ?? {}
  if (bulk === undefined) return []
  return Object.entries(told ?? {}).map(([id, count]) => ({
    id,
    notice: { kind: 'bulk', ...bulk, count } as const,
  }))
}

/**
 * One notice for each person to whom several tasks were assigned at once: of a job once it is finished, of tasks that
 * were written together with the first of those that are the person's.
 */
export const bulkNotices = (record: Record): NoticeMessage[] =>
  entriesOf(record).flatMap(({ id, notice }) => (isGroupId(id) ? [] : { ...notice, userId: id }))

/** The same for groups. Whoever is reached in two ways gets one of these notices: they have one identity. */
export const bulkGroupNotices = (record: Record): GroupNotice[] => {
  const entries = entriesOf(record)
  const userIds = entries.flatMap(({ id }) => (isGroupId(id) ? [] : id))
  return entries.flatMap(({ id, notice }) =>
    isGroupId(id) ? { groupId: id, notice, except: { userIds, groupIds: [] } } : [],
  )
}
