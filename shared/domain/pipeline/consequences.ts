import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { HistoryEntry } from '../../api/schemas/record.ts'
import { changedFields } from '../tasks/edit.ts'
import { purgeAt, type Task, taskFields } from '../tasks/task.ts'

type EventDraft = Omit<HistoryEntry, 'sequence'> & { readonly workspaceId: string }

/** Counters to add to, by their names in `data`: `total`, and one for each status and priority. */
export interface Tally {
  readonly total: number
  readonly status: Readonly<Record<string, number>>
  readonly priority: Readonly<Record<string, number>>
}

/** Everything that follows from one change of a task. */
export interface Consequences {
  readonly event: EventDraft
  readonly tally: Tally
  readonly projectId: string
  /** The task as lists show it from now on; `null` once it is out of them. */
  readonly listed: Task | null
  /** Whose lists it leaves. */
  readonly unassigned: readonly string[]
  readonly notices: readonly NoticeMessage[]
}

const isListed = (task: Task | undefined): task is Task => task !== undefined && task.trashedAt === null

const typeOf = (before: Task | undefined, after: Task | undefined): HistoryEntry['type'] => {
  if (after === undefined) return 'task.purged'
  if (before === undefined) return 'task.created'
  return isListed(before) && !isListed(after) ? 'task.deleted' : 'task.changed'
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Typed changes, `null` standing for what was or became empty. `completedAt` goes along, so that a state can be taken back. */
const changesOf = (before: Task | undefined, after: Task | undefined): HistoryEntry['changes'] => {
  if (after === undefined) return []
  if (before === undefined) {
    const filled = taskFields.filter((field) => !isEmpty(after[field]))
    return filled.map((field) => ({ field, from: null, to: after[field] }))
  }
  const changes = changedFields(before, after).map((field) => ({
    field,
    from: before[field],
    to: after[field],
  }))
  if (before.completedAt === after.completedAt) return changes
  return [...changes, { field: 'completedAt', from: before.completedAt, to: after.completedAt }]
}

const count = (into: Record<string, number>, name: string, amount: number): void => {
  into[name] = (into[name] ?? 0) + amount
}

const tallyOf = (before: Task | undefined, after: Task | undefined): Tally => {
  const status: Record<string, number> = {}
  const priority: Record<string, number> = {}
  let total = 0
  for (const [task, amount] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (!isListed(task)) continue
    total += amount
    count(status, task.status, amount)
    count(priority, task.priority, amount)
  }
  return { total, status, priority }
}

/** One notice for each person who has just been assigned; never for the one who did it. */
const assignmentNotices = (before: Task | undefined, after: Task | undefined): NoticeMessage[] => {
  if (!isListed(after)) return []
  const { workspaceId, id: taskId, updatedBy: by, version } = after
  return after.assigneeIds
    .filter((userId) => userId !== by && !(before?.assigneeIds.includes(userId) ?? false))
    .map((userId) => ({ kind: 'assigned', workspaceId, taskId, userId, by, version }))
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
  const listed = isListed(after) ? after : null
  const assignees = listed?.assigneeIds ?? []
  return {
    event: {
      workspaceId: task.workspaceId,
      type: typeOf(before, after),
      taskId: task.id,
      taskVersion: after?.version ?? task.version + 1,
      at: after === undefined && task.trashedAt !== null ? purgeAt(task.trashedAt) : task.updatedAt,
      by: after === undefined ? null : task.updatedBy,
      changes: changesOf(before, after),
    },
    tally: tallyOf(before, after),
    projectId: task.projectId,
    listed,
    unassigned: isListed(before) ? before.assigneeIds.filter((userId) => !assignees.includes(userId)) : [],
    notices: assignmentNotices(before, after),
  }
}
