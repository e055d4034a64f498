import type { AccountMessage } from '../../api/schemas/privacy.ts'
import type { Change, Record } from '../pipeline/record.ts'
import type { Exports } from './exports.ts'

/** Exports that a write has put on record. */
const begun = ({ before, after }: Change<Exports>): AccountMessage[] => {
  const known = new Set(before?.all.map(({ id }) => id))
  const added = (after?.all ?? []).filter(({ id }) => !known.has(id))
  return added.map(({ id }) => ({ kind: 'export', userId: String(after?.userId), exportId: id }))
}

/** Work on somebody's own data that a record makes: an export was asked for, an account given up. */
export const accountMessages = (record: Record): AccountMessage[] => {
  if (record.kind === 'exports') return begun(record)
  if (record.kind !== 'person') return []
  const { before, after } = record
  if (after?.state !== 'deleting' || before?.state === 'deleting') return []
  return [{ kind: 'deletion', userId: after.id }]
}
