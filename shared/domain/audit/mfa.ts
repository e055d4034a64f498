import type { AuditType } from '../../api/schemas/audit.ts'
import type { Mfa, Person } from '../account/person.ts'
import type { Change } from '../pipeline/record.ts'
import type { PersonalDraft } from './accounts.ts'

const typeOf = (before: Mfa | undefined, after: Mfa | undefined): AuditType | undefined => {
  if (before === undefined) return after && 'mfa.enabled'
  if (after === undefined) return 'mfa.disabled'
  if (before.enabledAt !== after.enabledAt) return 'mfa.enabled'
  const isNew = after.recoveryCodes.some((code) => !before.recoveryCodes.includes(code))
  if (isNew) return 'mfa.recoveryCodesRenewed'
  return after.recoveryCodes.length < before.recoveryCodes.length ? 'mfa.recoveryCodeUsed' : undefined
}

const codesLeft = (mfa: Mfa | undefined): number | null => mfa?.recoveryCodes.length ?? null

/** What becomes of somebody's second factor, as long as the account is open. Of recovery codes only how many are left. */
export const mfaAudit = ({ before, after }: Change<Person>): PersonalDraft[] => {
  if (before === undefined || after?.state !== 'active') return []
  const type = typeOf(before.mfa, after.mfa)
  if (type === undefined) return []
  const { id, version, updatedAt } = after
  return [
    {
      userId: id,
      workspaceId: null,
      id: `mfa/${id}/${version}`,
      type,
      at: updatedAt,
      by: id,
      about: { kind: 'person', id },
      changes: [{ field: 'recoveryCodesLeft', from: codesLeft(before.mfa), to: codesLeft(after.mfa) }],
    },
  ]
}
