import { mfaChange } from '../account/mfaChange.ts'
import type { Mfa, Person } from '../account/person.ts'
import type { Change } from '../pipeline/record.ts'
import type { PersonalDraft } from './accounts.ts'

const codesLeft = (mfa: Mfa | undefined): number | null => mfa?.recoveryCodes.length ?? null

/** What becomes of somebody's second factor, as long as the account is open. Of recovery codes only how many are left. */
export const mfaAudit = ({ before, after }: Change<Person>): PersonalDraft[] => {
  if (before === undefined || after?.state !== 'active') return []
  const change = mfaChange(before.mfa, after.mfa)
  if (change === undefined) return []
  const { id, version, updatedAt } = after
  return [
    {
      userId: id,
      workspaceId: null,
      id: `mfa/${id}/${version}`,
      type: `mfa.${change}`,
      at: updatedAt,
      by: id,
      about: { kind: 'person', id },
      changes: [{ field: 'recoveryCodesLeft', from: codesLeft(before.mfa), to: codesLeft(after.mfa) }],
    },
  ]
}
