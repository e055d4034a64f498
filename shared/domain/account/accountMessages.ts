import type { AccountMessage } from '../../api/schemas/privacy.ts'
import type { Record } from '../pipeline/record.ts'
import { begun } from './exports.ts'

/** Work on somebody's own data that a record makes: an export was asked for, an account given up. */
export const accountMessages = (record: Record): AccountMessage[] => {
  if (record.kind === 'exports') {
    const userId = String(record.after?.userId)
    return begun(record).map(({ id: exportId }) => ({ kind: 'export', userId, exportId }))
  }
  if (record.kind !== 'person') return []
  const { before, after } = record
  if (after?.state !== 'deleting' || before?.state === 'deleting') return []
  return [{ kind: 'deletion', userId: after.id }]
}
