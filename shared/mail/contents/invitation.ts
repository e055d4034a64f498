import type { Body, Reader } from '../mailContent.ts'
import type { InvitedNotice } from '../notice.ts'
import { shorten, singleLine, withoutAddresses } from '../plainText.ts'
import { say } from '../say.ts'
import { inSubject, instantFor } from './common.ts'

const nameLimit = 80

const strangersWords = (text: string): string => withoutAddresses(shorten(singleLine(text), nameLimit))

export function invited(notice: InvitedNotice, reader: Reader): Body {
  const { words } = reader
  const actor = strangersWords(notice.by) || words.somebody
  const workspace = strangersWords(notice.workspaceName) || words.unnamed
  return {
    subject: say(words, 'invitedSubject', { actor: inSubject(actor), workspace: inSubject(workspace) }),
    intro: say(words, 'invitedIntro', { actor, workspace }),
    facts: [
      { label: words.workspace, value: workspace },
      { label: words.invitedBy, value: actor },
      { label: words.role, value: words.roles[notice.role] },
      { label: words.expires, value: instantFor(reader, notice.expiresAt) },
    ],
    action: words.invitedAction,
    reason: words.invitedReason,
  }
}
