import type { Exports } from '../account/exports.ts'
import type { Change } from '../pipeline/record.ts'
import type { PersonalDraft } from './accounts.ts'

/** That somebody asked for an export of their data, what they see of the workspace among it. */
export const exportAudit = ({ before, after }: Change<Exports>): PersonalDraft[] => {
  if (after === undefined) return []
  const known = new Set(before?.all.map(({ id }) => id))
  return after.all
    .filter(({ id }) => !known.has(id))
    .map(({ id, createdAt }) => ({
      userId: after.userId,
      workspaceId: null,
      id: `export/${id}`,
      type: 'export.asked',
      at: createdAt,
      by: after.userId,
      about: { kind: 'export', id },
      changes: [],
    }))
}
