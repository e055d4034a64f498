import type { AuditType } from '../../api/schemas/audit.ts'
import type { TaskChange } from '../pipeline/record.ts'
import type { AuditDraft } from './event.ts'

const typeOf = (from: unknown, to: unknown): AuditType => {
  if (from === undefined) return 'share.given'
  return to === undefined ? 'share.taken' : 'share.changed'
}

/** With whom a task is shared from a change on, and with whom no more; nothing when the task itself goes. */
export const shareAudit = ({ before, after }: TaskChange): AuditDraft[] => {
  if (after === undefined || before?.version === after.version) return []
  const [old, now] = [before?.shares ?? {}, after.shares ?? {}]
  const people = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
  const { workspaceId, id, version, updatedAt: at, updatedBy: by } = after
  return people
    .filter((userId) => old[userId] !== now[userId])
    .map((userId) => ({
      workspaceId,
      id: `share/${id}/${version}/${userId}`,
      type: typeOf(old[userId], now[userId]),
      at,
      by,
      about: { kind: 'task', id },
      changes: [{ field: `shares/${userId}`, from: old[userId] ?? null, to: now[userId] ?? null }],
    }))
}
