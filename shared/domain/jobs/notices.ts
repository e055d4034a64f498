import type { JobMessage } from '../../api/schemas/jobs.ts'
import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { Record } from '../pipeline/record.ts'
import { isFinished } from './job.ts'

/** Work there is to do: a chunk or a listing that has come into being. */
export const jobMessages = (record: Record): JobMessage[] => {
  if (record.kind !== 'jobChunk' && record.kind !== 'jobListing') return []
  if (record.before !== undefined || record.after === undefined) return []
  const { workspaceId, jobId } = record.after
  return [{ workspaceId, jobId, work: 'number' in record.after ? record.after.number : 'listing' }]
}

type Told = Readonly<{ [userId: string]: number }>
type Bulk = Pick<Extract<NoticeMessage, { kind: 'bulk' }>, 'workspaceId' | 'bulkId' | 'by'>

const noticesTo = (told: Told, bulk: Bulk): NoticeMessage[] =>
  Object.entries(told).map(([userId, count]) => ({ kind: 'bulk', ...bulk, userId, count }))

/**
 * One notice for each person to whom several tasks were assigned at once: of a job once it is finished, of tasks that
 * were written together with the first of those that are the person's.
 */
export const bulkNotices = (record: Record): NoticeMessage[] => {
  if (record.kind === 'jobProgress') {
    const { before, after } = record
    if (after === undefined || !isFinished(after) || (before !== undefined && isFinished(before))) return []
    const { workspaceId, jobId: bulkId, createdBy: by } = after
    return noticesTo(after.told, { workspaceId, bulkId, by })
  }
  if (record.kind !== 'task' || record.after === undefined) return []
  const { cause, id, workspaceId, updatedBy: by, version } = record.after
  if (cause === null || !('told' in cause) || version === record.before?.version) return []
  const bulkId = cause.kind === 'bulk' ? cause.id : id
  return noticesTo(cause.told ?? {}, { workspaceId, bulkId, by })
}
