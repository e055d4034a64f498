import type { WaitingMessage } from '../../api/schemas/notice.ts'
import type { BulkNotice, MailNotice, TaskNotice } from '../../mail/notice.ts'
import { allSettled } from '../allSettled.ts'
import { derivedSeed, makeId } from '../ids.ts'
import { justAfter } from '../time/justAfter.ts'
import { gather, type Later, type Telling } from './deal.ts'
import { isSeen, isSettled, type LedgerRow } from './ledger.ts'
import { planAfterWaiting } from './plan.ts'
import { putOff, type SendWorld, sendNotice } from './send.ts'
import { claimUntil, deliver, settle } from './settle.ts'
import { type Answered, stages, type WaitingMail } from './waiting.ts'

/** Notices that one mail tells of; it counts the others. */
const mostShown = 50
/** Turns of claiming, each lost to a notice that has just come to it. */
const attempts = 10

/** Whether a notice waits for this very mail: it may have been put off again, or settled, since it came to it. */
const waitsFor =
  ({ at }: Pick<WaitingMail, 'at'>) =>
  ({ mail }: LedgerRow): boolean =>
    mail.state === 'scheduled' && mail.dueAt === at

/** Claims a mail, so that no notice comes to it any more; `undefined` while another attempt holds it. */
const claim = async (mail: WaitingMail, { waiting, now, newClaim }: SendWorld) => {
  const name = newClaim()
  let seen = mail
  for (let attempt = 0; attempt < attempts; attempt++) {
    const mine: WaitingMail = {
      ...seen,
      ...{ stage: stages.claimed, claim: name, claimedUntil: claimUntil(now()), version: seen.version + 1 },
    }
    const written = await waiting.write(mine)
    if (written.won || written.present?.claim === name) return mine
    if (written.present?.stage !== stages.open) return undefined
    seen = written.present
  }
  return undefined
}

const rowsOf = async (
  { workspaceId, userId }: WaitingMail,
  ids: readonly string[],
  { ledger }: SendWorld,
): Promise<LedgerRow[]> => {
  const rows = await Promise.all(ids.map((id) => ledger.row({ workspaceId, userId, id })))
  return rows.filter((row) => row !== undefined)
}

/**
 * Finishes what an attempt before this one may have died over, having taken it out of this mail: between its row and
 * the mail that it waits for now, or while it was sent by itself. Nothing but the message of this mail comes again for
 * it; so it is dealt with as if its own did, which changes nothing where all has been done. Returns `false` while
 * another attempt holds one.
 */
const finishTaken = async (rows: readonly LedgerRow[], mail: WaitingMail, world: SendWorld) => {
  const taken = rows.filter((row) => !isSettled(row) && !waitsFor(mail)(row))
  const finished = await allSettled(taken.map(({ message }) => sendNotice(message, world)))
  return finished.every(Boolean)
}

/** Takes a notice out of the mail, into a later one. */
const move = async (telling: Telling, later: Later, world: SendWorld): Promise<void> => {
  if (!(await putOff(telling, later, world))) throw new Error('a notice changed while it was put off')
}

/** Looks again at one that has waited; settles it, or puts it off, unless it is to be told now. */
const judge = async (row: LedgerRow, mail: WaitingMail, world: SendWorld): Promise<Telling[]> => {
  // By a clock that is behind, quiet hours would end at the very time of this mail, which takes no more.
  const [, now = mail.at] = [world.now(), mail.at].sort()
  const { verdict, preferences, task } = await gather(row.message, world.facts, now)
  const suppress = async (why: string): Promise<Telling[]> => {
    await settle(row, { state: 'suppressed', why }, waitsFor(mail), world)
    return []
  }
  if (isSeen(row)) return suppress('read in the inbox')
  if (!verdict.send) return suppress(verdict.why)
  const occasion = { kind: row.kind, task, preferences, zone: verdict.recipient.zone, now }
  const plan = planAfterWaiting(occasion).mail
  const telling = { row, verdict, occasion }
  if (plan.when === 'never') return suppress(plan.why)
  if (plan.when === 'now') return [telling]
  await move(telling, plan, world)
  return []
}

/** One that fails does not end the attempt while others are between their row and the mail they are put off to. */
const judgeAll = async (rows: readonly LedgerRow[], mail: WaitingMail, world: SendWorld) =>
  (await allSettled(rows.map((row) => judge(row, mail, world)))).flat()

const isListed = (notice: MailNotice): notice is TaskNotice | BulkNotice =>
  'task' in notice || notice.kind === 'bulk'

/** A mail of several tells of tasks only: what is about something else leaves by itself, a moment later. */
const together = async (all: readonly Telling[], { at }: WaitingMail, world: SendWorld) => {
  const ofTasks = all.filter(({ verdict }) => isListed(verdict.notice))
  const staying = ofTasks.length > 0 ? ofTasks : all.slice(0, 1)
  for (const telling of all.filter((one) => !staying.includes(one))) {
    await move(telling, { when: 'later', at: justAfter(at), why: String(telling.row.mail.why) }, world)
  }
  return staying
}

/** The notice itself where it is alone, else one of them all. */
const noticeOf = async (
  { workspaceId, userId, at }: WaitingMail,
  all: readonly Telling[],
  { facts }: SendWorld,
): Promise<MailNotice | undefined> => {
  const [first, ...others] = all
  if (others.length === 0) return first?.verdict.notice
  const workspace = await facts.workspaces.workspace(workspaceId)
  return {
    kind: 'several',
    id: makeId('notification', Date.parse(at), derivedSeed('several', workspaceId, userId, at)),
    workspaceId,
    workspaceName: workspace?.name ?? '',
    notices: all
      .map(({ verdict }) => verdict.notice)
      .filter(isListed)
      .slice(0, mostShown),
    count: all.length,
  }
}

const answerOf = async (mail: WaitingMail, all: readonly Telling[], world: SendWorld): Promise<Answered> => {
  const noticeIds = all.map(({ row }) => row.id)
  const notice = await noticeOf(mail, all, world)
  const recipient = all[0]?.verdict.recipient
  if (notice === undefined || recipient === undefined)
    return { state: 'suppressed', why: 'nothing is left to be told', messageId: null, noticeIds }
  return { ...(await deliver(notice, recipient, world.mailer)), noticeIds }
}

/** Tells the notices of a mail what became of it. */
const conclude = async (mail: WaitingMail, world: SendWorld): Promise<void> => {
  const { noticeIds = [], ...outcome } = mail.answered ?? {}
  const rows = await rowsOf(mail, noticeIds, world)
  const sent = { state: 'sent' as const, ...outcome }
  await Promise.all(rows.filter(waitsFor(mail)).map((row) => settle(row, sent, waitsFor(mail), world)))
  await world.waiting.write({ ...mail, stage: stages.done, version: mail.version + 1 })
}

/**
 * Sends what has waited for a time as one mail: claims it, looks at each of its notices again, sends, notes the answer,
 * settles the notices. Returns `false` while another attempt holds it: to be tried again later.
 */
export const sendWaiting = async (message: WaitingMessage, world: SendWorld): Promise<boolean> => {
  const seen = await world.waiting.mail(message)
  if (seen === undefined || seen.stage === stages.done) return true
  if (seen.stage === stages.answered) {
    await conclude(seen, world)
    return true
  }
  if (seen.stage === stages.claimed && String(seen.claimedUntil) > world.now()) return false
  const mine = await claim(seen, world)
  if (mine === undefined) return false
  const rows = await rowsOf(mine, mine.noticeIds, world)
  if (!(await finishTaken(rows, mine, world))) return false
  const told = await together(await judgeAll(rows.filter(waitsFor(mine)), mine, world), mine, world)
  const answered = await answerOf(mine, told, world)
  // From the service's answer to this write lies the one window in which a crash can send a mail twice.
  const next: WaitingMail = { ...mine, stage: stages.answered, answered, version: mine.version + 1 }
  const written = await world.waiting.write(next)
  if (written.won) await conclude(next, world)
  return written.won
}
