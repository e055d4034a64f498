import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { mfaChange } from './mfaChange.ts'
import type { Person } from './person.ts'

/** What the owner of an account is told when its second factor has changed, by whomever. */
export const mfaNotices = (before: Person | undefined, after: Person | undefined): NoticeMessage[] => {
  if (before === undefined || after?.state !== 'active') return []
  const change = mfaChange(before.mfa, after.mfa)
  if (change === undefined) return []
  const { id: userId, version, updatedAt: at, mfa } = after
  return [{ kind: 'mfa', userId, change, version, at, codesLeft: mfa?.recoveryCodes.length ?? 0 }]
}
