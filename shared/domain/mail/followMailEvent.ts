import { type MailEvent, mailTags } from '../../api/schemas/mailEvents.ts'
import { type Ledger, type StoryLine, withStory } from '../notices/ledger.ts'
import { type SuppressionCause, type Suppressions, suppress } from './suppression.ts'

export interface MailEventWorld {
  readonly suppressions: Suppressions
  readonly ledger: Ledger
}

/** What is noted of an event: identifiers only, never an address. */
export interface Noted {
  readonly event: `mail.${SuppressionCause | 'noted'}`
  readonly noticeId: string
  readonly detail: string
}

interface Refusal {
  readonly cause: SuppressionCause
  readonly at: string
  readonly why: string
  readonly addresses: readonly string[]
}

/** The address alone, in lower case: receiving servers may name it with a display name. */
const addressOf = ({ emailAddress }: { readonly emailAddress: string }): string =>
  (/<([^<>]+)>\s*$/.exec(emailAddress)?.[1] ?? emailAddress).trim().toLowerCase()

/**
 * What says that an address should get no more mails: a bounce that would come back each time, or a complaint. A full
 * mailbox is no such thing, nor is the feedback that a mail was no spam.
 */
const refusalOf = (event: MailEvent): Refusal | undefined => {
  if (event.eventType === 'Bounce' && event.bounce.bounceType === 'Permanent') {
    const { timestamp, bounceSubType, bouncedRecipients } = event.bounce
    const addresses = bouncedRecipients.map(addressOf)
    return { cause: 'bounced', at: utc(timestamp), why: bounceSubType, addresses }
  }
  if (event.eventType === 'Complaint' && event.complaint.complaintFeedbackType !== 'not-spam') {
    const { timestamp, complaintFeedbackType, complainedRecipients } = event.complaint
    const addresses = complainedRecipients.map(addressOf)
    return { cause: 'complained', at: utc(timestamp), why: complaintFeedbackType ?? 'complaint', addresses }
  }
  return undefined
}

/** One form for all instants, so that they compare as texts. */
const utc = (timestamp: string): string => new Date(timestamp).toISOString()

const tagOf = ({ mail }: MailEvent, name: string): string | null => {
  const [value] = (mail.tags?.[name] ?? []) as readonly string[]
  return value ?? null
}

const isSame = (a: StoryLine, b: StoryLine): boolean => a.state === b.state && a.at === b.at

/** Adds to the story of the notice what came of its mail; a notice whose row has gone by now has none. */
const tell = async (event: MailEvent, { cause, at, why }: Refusal, ledger: Ledger): Promise<void> => {
  const id = tagOf(event, mailTags.notice)
  if (id === null) return
  const owner = {
    id,
    workspaceId: tagOf(event, mailTags.workspace),
    userId: tagOf(event, mailTags.user),
  }
  if (owner.workspaceId === null && owner.userId === null) return
  const line: StoryLine = { at, channel: 'mail', state: cause, why }
  for (let row = await ledger.row(owner); row !== undefined; ) {
    if (row.story.some((known) => isSame(known, line))) return
    const result = await ledger.write(withStory(row, line))
    if (result.won) return
    row = result.present
  }
}

/**
 * Follows what the mail service says of a mail that it took. An address that refuses mails for good gets no more, and
 * the notice says so; all else is only noted. The same event twice is one.
 */
export const followMailEvent = async (event: MailEvent, world: MailEventWorld): Promise<Noted> => {
  const noticeId = tagOf(event, mailTags.notice) ?? 'none'
  const refusal = refusalOf(event)
  if (refusal === undefined) {
    const detail = event.eventType === 'Bounce' ? `Bounce ${event.bounce.bounceSubType}` : event.eventType
    return { event: 'mail.noted', noticeId, detail }
  }
  for (const address of refusal.addresses) await suppress(address, refusal, world.suppressions)
  await tell(event, refusal, world.ledger)
  return { event: `mail.${refusal.cause}`, noticeId, detail: refusal.why }
}
