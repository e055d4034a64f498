import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { accountMessages } from '../account/accountMessages.ts'
import { mfaNotices } from '../account/mfaNotices.ts'
import type { FileObjects } from '../attachments/ports.ts'
import { dropFiles } from '../attachments/removed.ts'
import { auditOf } from '../audit/auditOf.ts'
import { commentEvents } from '../comments/events.ts'
import { followDigests } from '../digests/follow.ts'
import type { Digests } from '../digests/ports.ts'
import type { Groups } from '../groups/ports.ts'
import { bulkGroupNotices, bulkNotices, jobMessages } from '../jobs/notices.ts'
import type { JobQueue } from '../jobs/ports.ts'
import { followPreferences } from '../notices/followPreferences.ts'
import { toPeople } from '../notices/groupNotices.ts'
import type { NoticeQueue } from '../notices/ledger.ts'
import type { LeftPreferences } from '../notices/preferences.ts'
import { strongest } from '../notices/strongest.ts'
import type { AllStores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import { renumber } from '../tasks/createTask.ts'
import type { Task } from '../tasks/task.ts'
import { followUpkeep, type Upkeeps } from '../upkeep/upkeep.ts'
import { webhookMessages } from '../webhooks/fromStream.ts'
import type { WebhookQueue } from '../webhooks/ports.ts'
import { webhookNotices } from '../webhooks/webhookNotices.ts'
import { followComments } from './comments.ts'
import { consequencesOf } from './consequences.ts'
import { followDeparture } from './departures.ts'
import type { Derived, Numbered } from './derived.ts'
import { settleFamily } from './family.ts'
import { followDeletion } from './groupMoves.ts'
import { followPurge } from './purge.ts'
import { followRanks } from './ranks.ts'
import type { Record } from './record.ts'
import { followSeries } from './series.ts'
import { freeTimers } from './timers.ts'
import { followLinks } from './unlink.ts'

export interface ConsumerWorld {
  readonly derived: Derived
  readonly stores: AllStores
  readonly groups: Groups
  readonly digests: Digests
  readonly preferences: LeftPreferences
  readonly upkeeps: Upkeeps
  readonly queue: NoticeQueue
  readonly jobs: JobQueue
  readonly webhooks: WebhookQueue
  readonly objects: Pick<FileObjects, 'remove'>
}

const projectKeyOf = (task: Task): Project['key'] => task.key.slice(0, task.key.lastIndexOf('-'))

const numberOf = ({ key }: Task): number => Number(key.slice(key.lastIndexOf('-') + 1))

/**
 * Links a human id to its task; one whose claim was lost and never settled gets a number of its own first.
 * A number that nobody holds is claimed here: the claim of the route may still be under way, or was cut off.
 */
const settleKey = async (task: Task, { derived, stores }: ConsumerWorld): Promise<void> => {
  const isHeld = (await derived.holdsNumber(task)) || (await stores.tasks.claimNumber(task, numberOf(task)))
  if (isHeld) await derived.linkKey(task)
  else await renumber(task, projectKeyOf(task), stores.tasks)
}

const settleKeys = async (records: readonly Record[], world: ConsumerWorld): Promise<void> => {
  const tasks = records.flatMap((record) =>
    record.kind === 'task' && record.after !== undefined && record.before?.key !== record.after.key
      ? record.after
      : [],
  )
  await Promise.all(tasks.map((task) => settleKey(task, world)))
}

/** What follows for other tasks: one after the other, so that a task that moved twice is followed in that order. */
const followTasks = async (records: readonly Record[], { derived, stores }: ConsumerWorld): Promise<void> => {
  const { tasks } = stores
  for (const record of records) {
    if (record.kind !== 'task') continue
    await settleFamily(record, stores)
    await followSeries(record, stores)
    await followPurge(record, tasks)
    await followLinks(record, tasks)
    await followRanks(record, { tasks, derived })
    await freeTimers(record, derived)
  }
}

const followMembers = async (records: readonly Record[], world: ConsumerWorld): Promise<void> => {
  for (const record of records) {
    if (record.kind === 'member') await followDeparture(record, world)
    if (record.kind === 'groupDeletion') await followDeletion(record, world)
  }
}

/** Copies names that have changed, as they are now: a record that comes late or again undoes nothing. */
const copyNames = async (records: readonly Record[], { derived, stores }: ConsumerWorld): Promise<void> => {
  for (const record of records) {
    if (record.kind !== 'person' && record.kind !== 'workspace') continue
    if (record.before === undefined || record.after === undefined || record.before.name === record.after.name)
      continue
    if (record.kind === 'person') {
      await derived.copyPersonName((await stores.people.person(record.after.id)) ?? record.after)
    } else {
      await derived.copyWorkspaceName((await stores.workspaces.workspace(record.after.id)) ?? record.after)
    }
  }
}

/** Notices that follow from items other than tasks, and from tasks as parts of a bulk change. */
const otherNotices = (record: Record): NoticeMessage[] => {
  if (record.kind === 'person' && record.before?.state !== 'active' && record.after?.state === 'active') {
    return [{ kind: 'welcome', userId: record.after.id, at: record.after.updatedAt }]
  }
  if (record.kind === 'person') return mfaNotices(record.before, record.after)
  if (record.kind === 'invitation' && record.before === undefined && record.after !== undefined) {
    const { workspaceId, id: invitationId, createdAt: at } = record.after
    return [{ kind: 'invited', workspaceId, invitationId, at }]
  }
  return bulkNotices(record)
}

const dropLeftFiles = async (records: readonly Record[], world: ConsumerWorld): Promise<void> => {
  const around = { tasks: world.stores.tasks, objects: world.objects }
  for (const record of records) if (record.kind === 'task') await dropFiles(record, around)
}

const eventsOfComment = (record: Record | undefined) =>
  record?.kind === 'comment' ? commentEvents(record) : []

const byWorkspace = (all: readonly Numbered[]): Map<string, Numbered[]> => {
  const groups = new Map<string, Numbered[]>()
  for (const one of all) {
    const { workspaceId } = one.event
    groups.set(workspaceId, [...(groups.get(workspaceId) ?? []), one])
  }
  return groups
}

/**
 * Everything that follows from records of the table's stream, in their order. May be cut off anywhere and run
 * again: what was done is found done, and notices that go out twice meet one ledger row.
 */
export const consume = async (records: readonly Record[], world: ConsumerWorld): Promise<void> => {
  const consequences = records.map((record) =>
    record.kind === 'task' ? (consequencesOf(record.before, record.after) ?? []) : [],
  )
  const audits = await auditOf(records, world.stores.workspaces)
  const all = consequences.flatMap((some, n) => [
    ...[some].flat(),
    ...(audits[n] ?? []).map((event) => ({ event })),
    ...eventsOfComment(records[n]).map((event) => ({ event })),
  ])
  for (const [workspaceId, some] of byWorkspace(all)) await world.derived.apply(workspaceId, some)
  await settleKeys(records, world)
  const ofComments = await followComments(records, world.stores)
  await followTasks(records, world)
  await followMembers(records, world)
  await followPreferences(records, world)
  await followDigests(records, world)
  await followUpkeep(records, world.upkeeps)
  await copyNames(records, world)
  const toGroups = [
    ...[...consequences.flat(), ...ofComments].flatMap(({ groupNotices }) => groupNotices),
    ...records.flatMap(bulkGroupNotices),
  ]
  const notices = strongest([
    ...[...consequences.flat(), ...ofComments].flatMap(({ notices }) => notices),
    ...records.flatMap(otherNotices),
    ...(await toPeople(toGroups, world.groups)),
    ...(await Promise.all(records.map((one) => webhookNotices(one, world.stores.workspaces)))).flat(),
  ])
  if (notices.length > 0) await world.queue.send(notices)
  const work = records.flatMap((record) => [...jobMessages(record), ...accountMessages(record)])
  if (work.length > 0) await world.jobs.send(work)
  const told = records.flatMap(webhookMessages)
  if (told.length > 0) await world.webhooks.send(told)
  await dropLeftFiles(records, world)
}
