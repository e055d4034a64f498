import { catalogueOf } from './catalogues.ts'
import { farewell, mfaChanged, welcome } from './contents/account.ts'
import { assigned, bulk } from './contents/assignment.ts'
import { commented, statusChanged } from './contents/change.ts'
import { dateTold, escalated } from './contents/due.ts'
import { invited } from './contents/invitation.ts'
import { reminder } from './contents/reminder.ts'
import { several } from './contents/several.ts'
import { digest, weekly } from './contents/summary.ts'
import { webhookDisabled } from './contents/webhook.ts'
import { noticeUrl } from './links.ts'
import type { Body, MailContent, Reader } from './mailContent.ts'
import type { MailNotice, Recipient } from './notice.ts'
import { singleLine } from './plainText.ts'
import { say } from './say.ts'

/** What `notice` says to `recipient`. @throws {RangeError} when an instant or a zone does not exist */
export function noticeContent(
  notice: MailNotice,
  { name: typed, language, zone }: Pick<Recipient, 'name' | 'language' | 'zone'>,
  publicUrl: string,
  stopUrl?: string,
): MailContent {
  const words = catalogueOf(language)
  const name = singleLine(typed)
  const body = bodyOf(notice, { name, language, zone, words, publicUrl })
  return {
    ...body,
    greeting: name ? say(words, 'greeting', { name }) : [words.plainGreeting],
    action: { label: body.action, url: noticeUrl(notice, publicUrl) },
    ...(stopUrl && { stop: { label: words.unsubscribe, url: stopUrl } }),
  }
}

function bodyOf(notice: MailNotice, reader: Reader): Body {
  switch (notice.kind) {
    case 'welcome':
      return welcome(reader)
    case 'farewell':
      return farewell(reader)
    case 'mfa':
      return mfaChanged(notice, reader)
    case 'assigned':
      return assigned(notice, reader)
    case 'bulk':
      return bulk(notice, reader)
    case 'status':
      return statusChanged(notice, reader)
    case 'mentioned':
    case 'commented':
      return commented(notice, reader)
    case 'reminder':
      return reminder(notice, reader)
    case 'dueSoon':
    case 'due':
    case 'overdue':
      return dateTold(notice, reader)
    case 'escalated':
      return escalated(notice, reader)
    case 'several':
      return several(notice, reader)
    case 'digest':
      return digest(notice, reader)
    case 'weekly':
      return weekly(notice, reader)
    case 'webhookDisabled':
      return webhookDisabled(notice, reader)
    case 'invited':
      return invited(notice, reader)
  }
}
