import type { MfaChange, NoticeMessage } from '../../api/schemas/notice.ts'
import type { Person } from './person.ts'

const changeOf = ({ mfa: before }: Person, { mfa: after }: Person): MfaChange | undefined => {
  if (before === undefined || after === undefined) {
    if (before === after) return undefined
    return after === undefined ? 'disabled' : 'enabled'
  }
  const left = after.recoveryCodes
  if (left.some((hash) => !before.recoveryCodes.includes(hash))) return 'recoveryCodesRenewed'
  return left.length < before.recoveryCodes.length ? 'recoveryCodeUsed' : undefined
}

/** What the owner of an account is told when its second factor has changed, by whomever. */
export const mfaNotices = (before: Person | undefined, after: Person | undefined): NoticeMessage[] => {
  if (before === undefined || after?.state !== 'active') return []
  const change = changeOf(before, after)
  if (change === undefined) return []
  const { id: userId, version, updatedAt: at, mfa } = after
  return [{ kind: 'mfa', userId, change, version, at, codesLeft: mfa?.recoveryCodes.length ?? 0 }]
}
