import type { Body, Reader } from '../mailContent.ts'
import type { MfaNotice } from '../notice.ts'
import { instantFor, numberFor } from './common.ts'

export const welcome = ({ words }: Reader): Body => ({
  subject: [words.welcomeSubject],
  intro: [words.welcomeIntro],
  facts: [],
  action: words.welcomeAction,
  reason: words.welcomeReason,
})

export const farewell = ({ words }: Reader): Body => ({
  subject: [words.farewellSubject],
  intro: [words.farewellIntro],
  facts: [],
  action: words.welcomeAction,
  reason: words.farewellReason,
})

export function mfaChanged({ change, at, codesLeft }: MfaNotice, reader: Reader): Body {
  const { words } = reader
  const { subject, intro } = words.mfa[change]
  const left = { label: words.mfaCodesLeft, value: numberFor(reader, codesLeft) }
  return {
    subject: [subject],
    intro: [intro],
    facts: [{ label: words.mfaAt, value: instantFor(reader, at) }, ...(change === 'disabled' ? [] : [left])],
    action: words.welcomeAction,
    reason: words.mfaReason,
  }
}
