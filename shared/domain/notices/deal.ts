import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { justAfter } from '../time/justAfter.ts'
import type { Facts, Verdict } from './facts.ts'
import { isSeen, type Ledger, type LedgerRow, newRow, ownerOf, withMail } from './ledger.ts'
import { type MailPlan, type Occasion, planFor } from './plan.ts'
import { effectiveOf } from './preferences.ts'
import { verdictOn } from './verdict.ts'
import { stages, type WaitingMails } from './waiting.ts'

export interface NoticeWorld {
  readonly facts: Facts
  readonly ledger: Ledger
  readonly waiting: WaitingMails
  /** RFC 3339. */
  readonly now: () => string
}

type Told = Extract<Verdict, { send: true }>

/** All that a notice depends on, read in one turn. */
export const gather = async (message: NoticeMessage, facts: Facts, now: string) => {
  const ofMember = 'workspaceId' in message && 'userId' in message ? message : undefined
  const [verdict, preferences, task] = await Promise.all([
    verdictOn(message, facts, now),
    ofMember && facts.preferences.preferences(ofMember.workspaceId, ofMember.userId),
    'taskId' in message ? facts.tasks.task(message.workspaceId, message.taskId) : undefined,
  ])
  return { verdict, preferences: effectiveOf(preferences?.own), task }
}

/** A notice that somebody is to be told. */
export interface Telling {
  /** As it is to be written next: of one that is new nothing stands in the table yet. */
  readonly row: LedgerRow
  readonly verdict: Told
  readonly occasion: Occasion
}

/** What is done with a notice whose mail is to leave at once. */
type Leave = (telling: Telling) => Promise<boolean>

export type Later = Extract<MailPlan, { when: 'later' }>

const suppress = async (row: LedgerRow, why: string, { ledger, now }: NoticeWorld): Promise<boolean> => {
  const { won } = await ledger.write(withMail(row, { state: 'suppressed', why }, now()))
  return won
}

/**
 * First the row, then the mail that it waits for: whatever is cut off in between is found waiting, and joins again, once
 * its message comes again, or that of the mail it came out of.
 */
export const putOffOr =
  (leave: Leave, world: NoticeWorld) =>
  async (telling: Telling, { at, why }: Later): Promise<boolean> => {
    const row = withMail(telling.row, { state: 'scheduled', dueAt: at, why }, world.now())
    const { won } = await world.ledger.write(row)
    return won && joinMail({ ...telling, row }, at, leave, world)
  }

/** Puts a notice among those that leave at a time; where that mail takes no more, into the next one. */
const joinMail = async (telling: Telling, at: string, leave: Leave, world: NoticeWorld): Promise<boolean> => {
  const { row, occasion } = telling
  const place = { workspaceId: String(row.workspaceId), userId: String(row.userId), at }
  const added = await world.waiting.add(place, row.id)
  if (added.won || added.present?.noticeIds.includes(row.id)) return true
  if (added.present?.stage === stages.open) {
    return putOffOr(leave, world)(telling, { when: 'later', at: justAfter(at), why: String(row.mail.why) })
  }
  const present = world.now()
  const { mail } = planFor({ ...occasion, now: present > at ? present : at })
  // The preferences may have changed since it was put off.
  if (mail.when === 'never') return suppress(row, mail.why, world)
  return mail.when === 'later' ? putOffOr(leave, world)(telling, mail) : leave(telling)
}

/** What is known of a notice when a worker gets it: its row, if there is one, and whether it is to be told. */
export const look = async (message: NoticeMessage, world: NoticeWorld) => {
  const now = world.now()
  const [seen, gathered] = await Promise.all([
    world.ledger.row(ownerOf(message)),
    gather(message, world.facts, now),
  ])
  return { message, now, seen, ...gathered }
}

/** Puts it into the inbox, suppresses its mail, lets it wait or leave, each as the person prefers. */
export const deal = (
  { message, now, seen, verdict, preferences, task }: Awaited<ReturnType<typeof look>>,
  leave: Leave,
  world: NoticeWorld,
): Promise<boolean> => {
  if (!verdict.send) return suppress(seen ?? newRow(message, verdict.why, now), verdict.why, world)
  if (seen !== undefined && isSeen(seen)) return suppress(seen, 'read in the inbox', world)
  const occasion = { kind: message.kind, task, preferences, zone: verdict.recipient.zone, now }
  const { withheld, mail } = planFor(occasion)
  const telling = { row: seen ?? newRow(message, withheld, now), verdict, occasion }
  const dueAt = seen?.mail.state === 'scheduled' ? seen.mail.dueAt : null
  if (dueAt !== null) return joinMail(telling, dueAt, leave, world)
  if (mail.when === 'never') return suppress(telling.row, mail.why, world)
  return mail.when === 'now' ? leave(telling) : putOffOr(leave, world)(telling, mail)
}
