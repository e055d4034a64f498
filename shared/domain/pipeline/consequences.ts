import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { Cause, HistoryEntry } from '../../api/schemas/record.ts'
import type { Target } from '../access/target.ts'
import { isGroupId } from '../groups/everybody.ts'
import { type GroupNotice, nobody, type Told } from '../notices/groupNotices.ts'
import { statusNotices } from '../notices/statusNotices.ts'
import type { LinkOwner } from '../ports.ts'
import { scheduledOf } from '../reminders/scheduled.ts'
import { changedPaths, trackedFields, valueAt } from '../tasks/paths.ts'
import { rowOf } from '../tasks/present.ts'
import { aboutTask, lifeOf, purgeAt, type Task } from '../tasks/task.ts'
import { isToldTogether, newlyAssigned, shownCause } from '../tasks/telling.ts'
import { listOwnersOf } from './owners.ts'
import { rollupsOf, talliesOf } from './tallies.ts'

export type EventDraft = Omit<HistoryEntry, 'sequence'> & {
  readonly workspaceId: string
  /** Of a task that is gone for good: whom it was visible to. They are told, and nobody is shown this. */
  readonly readers?: Target
}

/** Everything that follows from one change of a task. */
export interface Consequences {
  readonly event: EventDraft
  readonly tallies: ReturnType<typeof talliesOf>
  readonly rollups: ReturnType<typeof rollupsOf>
  /** Lists that show the task by a link, before or after. */
  readonly owners: readonly LinkOwner[]
  /** About as many bytes as one of those links has. */
  readonly linkBytes: number
  readonly notices: readonly NoticeMessage[]
  readonly groupNotices: readonly GroupNotice[]
}

const isTrashed = (task: Task): boolean => task.trashedAt !== null

const typeOf = (before: Task | undefined, after: Task | undefined): HistoryEntry['type'] => {
  if (after === undefined) return 'task.purged'
  if (before === undefined) return 'task.created'
  if (isTrashed(before) === isTrashed(after)) return 'task.changed'
  return isTrashed(after) ? 'task.deleted' : 'task.restored'
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)

/** What a creation tells of a task: what somebody asked for, not where the machinery put it. */
const told = trackedFields.filter(
  (field) => !['key', 'projectId', 'ancestorIds', 'ranks', 'completedAt'].includes(field),
)

/** Typed changes, `null` standing for what was or became empty; from them a state can be taken back. */
const changesOf = (before: Task | undefined, after: Task | undefined): HistoryEntry['changes'] => {
  if (after === undefined) return []
  if (before === undefined) {
    const filled = told.filter((field) => !isEmpty(after[field]))
    return filled.map((field) => ({ field, from: null, to: after[field] }))
  }
  return changedPaths(before, after).map((path) => ({
    field: path,
    from: valueAt(before, path),
    to: valueAt(after, path),
  }))
}

/** When a task left for good, and by whom; nobody when its time in the trash had passed. */
const endOf = ({ purge, trashedAt, updatedAt }: Task) => ({
  at: purge?.at ?? (trashedAt === null ? updatedAt : purgeAt(trashedAt)),
  by: purge?.by ?? null,
  through: purge?.through ?? 'system',
})

/** Keys of the table and of its indexes, generously. */
const keyBytes = 1_500

/** Changes that tell nobody by themselves: a bulk tells everybody once; who had the last occurrence has the next. */
const quiet: readonly string[] = ['bulk', 'cascade', 'recurrence'] satisfies NonNullable<Cause>['kind'][]
const isQuiet = (task: Task): boolean =>
  isToldTogether(task) || (task.cause !== null && quiet.includes(task.cause.kind))

/**
 * One notice for each person who has just been assigned, by name or through a group; never for the one who did it,
 * nor for whoever was an assignee before.
 */
const assignmentNotices = (before: Task | undefined, after: Task): Told => {
  const { workspaceId, id: taskId, updatedBy: by, updatedAt: at, version } = after
  const notice = { kind: 'assigned', workspaceId, taskId, by, version, at } as const
  const assigned = newlyAssigned(before, after)
  const except = {
    userIds: [...(before?.assigneeIds ?? []), ...after.assigneeIds],
    groupIds: before?.assigneeGroupIds ?? [],
  }
  return {
    notices: assigned.flatMap((id) => (isGroupId(id) ? [] : { ...notice, userId: id })),
    groupNotices: assigned.flatMap((id) => (isGroupId(id) ? { groupId: id, notice, except } : [])),
  }
}

/** Both kinds of notices of a change; who is told twice by them, `strongest` settles. */
const noticesOf = (before: Task | undefined, after: Task | undefined): Told => {
  if (after === undefined || lifeOf(after) !== 'active' || isQuiet(after)) return nobody
  const assigned = assignmentNotices(before, after)
  const others = before === undefined ? nobody : statusNotices(before, after)
  return {
    notices: [...assigned.notices, ...others.notices],
    groupNotices: [...assigned.groupNotices, ...others.groupNotices],
  }
}

/**
 * What follows from one record of the table's stream about a task; `undefined` when people see no change
 * (reminders moved on, a number was settled).
 */
export const consequencesOf = (
  before: Task | undefined,
  after: Task | undefined,
): Consequences | undefined => {
  const task = after ?? before
  if (task === undefined || before?.version === after?.version) return undefined
  return {
    event: {
      workspaceId: task.workspaceId,
      type: typeOf(before, after),
      taskId: task.id,
      taskVersion: after?.version ?? task.version + 1,
      ...(after === undefined
        ? endOf(task)
        : { at: task.updatedAt, by: task.updatedBy, through: task.through }),
      changes: changesOf(before, after),
      cause: after === undefined ? null : shownCause(task.cause),
      ...(after === undefined && { readers: aboutTask(task) }),
    },
    tallies: talliesOf(before, after),
    rollups: rollupsOf(before, after),
    owners: [before, after].flatMap((state) => (state === undefined ? [] : listOwnersOf(state))),
    linkBytes: Buffer.byteLength(JSON.stringify({ ...rowOf(task), ...scheduledOf(task) })) + keyBytes,
    ...noticesOf(before, after),
  }
}
