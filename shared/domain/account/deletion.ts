import type { JobQueue } from '../jobs/ports.ts'
import { type SendWorld, sendNotice } from '../notices/send.ts'
import type { People, Workspaces } from '../ports.ts'
import { revoked } from '../workspaces/workspace.ts'
import type { Accounts, Deletions } from './deletionPorts.ts'
import type { ExportParts, ExportStore } from './exportPorts.ts'
import { leaveAll } from './leaving.ts'
import type { Person } from './person.ts'

export interface DeletionWorld {
  readonly people: People
  readonly workspaces: Workspaces
  readonly deletions: Deletions
  readonly accounts: Accounts
  readonly exports: ExportStore
  readonly parts: ExportParts
  /** How the last mail is sent. */
  readonly mail: SendWorld
  readonly queue: JobQueue
  /** RFC 3339. */
  readonly now: () => string
}

/** A mail that cannot be sent holds a deletion up for so long, and no longer. */
const mailPatienceMs = 15 * 60_000
/** Longer than any request lasts that was under way when the account was given up. */
const lateSeconds = 60

const since = (instant: string, now: string): number => Date.parse(now) - Date.parse(instant)

/** Sends the last mail, as long as the address is known. False while another attempt is at it. */
const tell = async (person: Person, world: DeletionWorld): Promise<boolean> => {
  const { id, deletion } = person
  if (deletion === undefined || deletion.toldAt !== null) return true
  try {
    if (!(await sendNotice({ kind: 'farewell', userId: id, at: deletion.at }, world.mail))) return false
  } catch (error) {
    if (since(deletion.at, world.now()) < mailPatienceMs) throw error
  }
  await world.deletions.noteTold(person, world.now())
  return true
}

/** Those sent since to whoever has the address now are none of this person's. */
const dropInvitations = async ({ email, deletion }: Person, world: DeletionWorld): Promise<void> => {
  const all = await world.deletions.invitationsTo(email)
  const old = all.filter(({ createdAt }) => deletion === undefined || createdAt <= deletion.at)
  await Promise.all(old.map((one) => world.workspaces.revoke(revoked(one, null, world.now()))))
}

const dropExports = async (userId: string, { exports, parts }: DeletionWorld): Promise<void> => {
  for (const { id: exportId, parts: sizes } of (await exports.exports(userId))?.all ?? []) {
    // One more than is noted: the worker of exports may be between the file and its note.
    for (let number = 1; number <= sizes.length + 1; number++)
      await parts.remove({ userId, exportId, number })
  }
}

/** Whatever can be found by the id alone. */
const dropOwn = async (userId: string, world: DeletionWorld): Promise<void> => {
  await dropExports(userId, world)
  await leaveAll(userId, world.workspaces, world.now())
  await world.deletions.wipe(userId)
}

/**
 * Forgets somebody whose account is given up, address and name last. May be cut off anywhere and run again: what is
 * done is found done. Some time later it goes over what requests of the last moment may have left behind.
 * False: not now.
 */
export const runDeletion = async (userId: string, world: DeletionWorld): Promise<boolean> => {
  const person = await world.people.person(userId)
  if (person?.state === 'deleted') await dropOwn(userId, world)
  if (person?.state !== 'deleting') return true
  if (!(await tell(person, world))) return false
  await world.accounts.remove(userId)
  await dropInvitations(person, world)
  await dropOwn(userId, world)
  await world.deletions.bury(userId, world.now())
  await world.queue.send([{ kind: 'deletion', userId }], lateSeconds)
  return true
}
