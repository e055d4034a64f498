import type { Body, Reader } from '../mailContent.ts'
import type { WebhookDisabledNotice } from '../notice.ts'
import { withoutAddresses } from '../plainText.ts'
import { say } from '../say.ts'
import { inSubject, instantFor, nameOf } from './common.ts'

export function webhookDisabled(notice: WebhookDisabledNotice, reader: Reader): Body {
  const { words } = reader
  // Where programs deliver to is nothing for people to open.
  const origin = withoutAddresses(nameOf(notice.origin, reader))
  return {
    subject: say(words, 'webhookSubject', { origin: inSubject(origin) }),
    intro: [words.webhookIntro],
    facts: [
      { label: words.webhookAddress, value: origin },
      { label: words.workspace, value: nameOf(notice.workspaceName, reader) },
      { label: words.failingSince, value: instantFor(reader, notice.failingSince) },
    ],
    action: words.webhookAction,
    reason: words.webhookReason,
  }
}
