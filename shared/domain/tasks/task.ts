import type { ShareLevel } from '../../api/schemas/access.ts'
import type { Metadata } from '../../api/schemas/metadata.ts'
import type { Cause, Through } from '../../api/schemas/record.ts'
import type { Recurrence } from '../../api/schemas/recurrence.ts'
import type { CustomValue, LifeState, LinkKind, Priority, Reminder, Status } from '../../api/schemas/task.ts'
import type { ZonedMoment } from '../../api/schemas/time.ts'
import type { Target } from '../access/target.ts'
import { daysAfter } from '../time/daysAfter.ts'

/** What people edit with a patch. Each of these has a version of its own, so that disjoint edits merge. */
export interface TaskFields {
  readonly title: string
  readonly description: string
  readonly status: Status
  readonly priority: Priority
  readonly due: ZonedMoment | null
  readonly start: ZonedMoment | null
  readonly estimateMinutes: number | null
  readonly assigneeIds: readonly string[]
  /** Whoever is in one of these groups at the time is an assignee as well; groups that are gone have nobody. */
  readonly assigneeGroupIds: readonly string[]
  readonly watcherIds: readonly string[]
  readonly tags: readonly string[]
  readonly reminders: readonly Reminder[]
  readonly recurrence: Recurrence | null
  readonly metadata: Metadata
  readonly customFields: Readonly<Record<string, CustomValue>>
}

export interface ChecklistItem {
  readonly text: string
  readonly done: boolean
  /** Order key (`domain/order`). */
  readonly rank: string
}

export interface TimeEntry {
  readonly userId: string
  readonly startedAt: string
  /** `null` while it runs. */
  readonly minutes: number | null
  readonly note: string
}

export interface Attachment {
  readonly name: string
  readonly mediaType: string
  /** Bytes. */
  readonly size: number
  readonly uploadedBy: string
  readonly uploadedAt: string
}

/** Occurrence of a series as it stands in the rule, where an edit of this one alone has made it another. */
export type SeriesFields = Partial<Omit<TaskFields, 'status' | 'recurrence'>>

/** What has routes of its own. Maps are told apart entry by entry: two people may edit two entries. */
export interface TaskState {
  readonly projectId: string
  /** Human id, `OPS-42`. */
  readonly key: string
  readonly parentId: string | null
  /** From the top of the hierarchy down to the parent. */
  readonly ancestorIds: readonly string[]
  /** By id of the other task. */
  readonly links: Readonly<Record<string, LinkKind>>
  /** Order key in each project the task stands in, its own among them. */
  readonly ranks: Readonly<Record<string, string>>
  /** Column on the board of a project; none: the first column of the status. */
  readonly columns: Readonly<Record<string, string>>
  readonly checklist: Readonly<Record<string, ChecklistItem>>
  readonly timeEntries: Readonly<Record<string, TimeEntry>>
  readonly attachments: Readonly<Record<string, Attachment>>
  /** By person: what the task alone lets them do, whatever their role. */
  readonly shares: Readonly<Record<string, ShareLevel>>
  readonly completedAt: string | null
  readonly archivedAt: string | null
  /** The task whose archiving took this one along; its own id when it went by itself. */
  readonly archivedWith: string | null
  /** Set while in the trash. */
  readonly trashedAt: string | null
  /** The task whose deletion took this one along; its own id when it went by itself. */
  readonly trashedWith: string | null
  /** The next occurrence, once this one is done. */
  readonly successorId: string | null
  /** What the following occurrences take instead of this one's fields. */
  readonly series: SeriesFields
}

/** Marks a write as the effect of one Idempotency-Key; both parts are hashes. */
export interface RequestMark {
  readonly key: string
  readonly payload: string
}

export interface Task extends TaskFields, TaskState {
  readonly id: string
  readonly workspaceId: string
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  /** What made the latest change, when it was no edit of this task alone. */
  readonly cause: Cause
  /** By what door the latest change came. */
  readonly through: Through
  /** Who purged it and when; it is gone to everybody, and the stream consumer drops it. */
  readonly purge: { readonly by: string; readonly at: string; readonly through: Through } | null
  /** Grows with every change that people see; the ETag. */
  readonly version: number
  /** Grows with every write, also those of the machinery; guards each of them. */
  readonly revision: number
  /** Version that last changed what lies at a path (`paths.ts`); absent: as created. */
  readonly fieldVersions: Readonly<Record<string, number>>
  /** What it had to say up to this instant, of reminders and due date, was told or never will be. */
  readonly remindedUntil: string
  /** When it has something to say again; `null`: never. */
  readonly remindAt: string | null
  /** Since when, or from when on, it is overdue. */
  readonly dueAt: string | null
  /** When somebody else is to know that it is overdue; `null`: that is not settled, or nobody is. */
  readonly escalateAt: string | null
  /** The request that made it. */
  readonly origin: RequestMark | null
  /** The latest requests that changed it, oldest first. */
  readonly marks: readonly (RequestMark & { readonly version: number })[]
}

/** Whose own a task is and where it stands. */
export const aboutTask = (
  task: Pick<Task, 'createdBy' | 'assigneeIds' | 'assigneeGroupIds' | 'shares' | 'projectId' | 'ranks'>,
): Target => ({
  owners: [task.createdBy, ...task.assigneeIds],
  groupIds: task.assigneeGroupIds,
  shares: task.shares,
  projectIds: [...new Set([task.projectId, ...Object.keys(task.ranks)])],
})

/** How long a task stays in the trash. */
export const daysInTrash = 30

/** When a task that went into the trash at `trashedAt` is dropped for good. */
export const purgeAt = (trashedAt: string): string => daysAfter(trashedAt, daysInTrash)

export const isClosed = (status: Status): boolean => status === 'done' || status === 'cancelled'

/** Which lists show it: those of the trash, of the archive, or the ordinary ones. */
export const lifeOf = (task: Pick<Task, 'trashedAt' | 'archivedAt'>): LifeState => {
  if (task.trashedAt !== null) return 'trashed'
  return task.archivedAt === null ? 'active' : 'archived'
}
