import { begun, type Exports } from '../account/exports.ts'
import type { Change } from '../pipeline/record.ts'
import type { PersonalDraft } from './accounts.ts'

/** That somebody asked for an export of their data, what they see of the workspace among it. */
export const exportAudit = (change: Change<Exports>): PersonalDraft[] => {
  const userId = String(change.after?.userId)
  return begun(change).map(({ id, createdAt }) => ({
    userId,
    workspaceId: null,
    id: `export/${id}`,
    type: 'export.asked',
    at: createdAt,
    by: userId,
    about: { kind: 'export', id },
    changes: [],
  }))
}
