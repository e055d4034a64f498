import type { AccountMessage } from '../../api/schemas/privacy.ts'
import type { Record } from '../pipeline/record.ts'

/** Work on somebody's own data that a record makes: an account has been given up. */
export const accountMessages = (record: Record): AccountMessage[] => {
  if (record.kind !== 'person') return []
  const { before, after } = record
  if (after?.state !== 'deleting' || before?.state === 'deleting') return []
  return [{ kind: 'deletion', userId: after.id }]
}
