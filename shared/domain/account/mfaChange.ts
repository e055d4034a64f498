import type { MfaChange } from '../../api/schemas/notice.ts'
import type { Mfa } from './person.ts'

/** What a write has done to somebody's second factor, if anything. */
export const mfaChange = (before: Mfa | undefined, after: Mfa | undefined): MfaChange | undefined => {
  if (before === undefined) return after && 'enabled'
  if (after === undefined) return 'disabled'
  if (before.enabledAt !== after.enabledAt) return 'enabled'
  if (after.recoveryCodes.some((hash) => !before.recoveryCodes.includes(hash))) return 'recoveryCodesRenewed'
  return after.recoveryCodes.length < before.recoveryCodes.length ? 'recoveryCodeUsed' : undefined
}
