import type { Priority, Reminder, Status, TaskReply, TaskRow } from '../../api/schemas/task.ts'
import type { ZonedMoment } from '../../api/schemas/time.ts'
import { allowedActions } from '../access/permissions.ts'
import type { Member } from '../workspaces/workspace.ts'

/** What people edit. Each of these has a version of its own, so that disjoint edits merge. */
export interface TaskFields {
  readonly title: string
  readonly description: string
  readonly status: Status
  readonly priority: Priority
  readonly due: ZonedMoment | null
  readonly start: ZonedMoment | null
  readonly estimateMinutes: number | null
  readonly assigneeIds: readonly string[]
  readonly tags: readonly string[]
  readonly reminders: readonly Reminder[]
}
export type TaskField = keyof TaskFields
export const taskFields = [
  'title',
  'description',
  'status',
  'priority',
  'due',
  'start',
  'estimateMinutes',
  'assigneeIds',
  'tags',
  'reminders',
] as const satisfies readonly TaskField[]

/** Marks a write as the effect of one Idempotency-Key; both parts are hashes. */
export interface RequestMark {
  readonly key: string
  readonly payload: string
}

export interface Task extends TaskFields {
  readonly id: string
  readonly workspaceId: string
  readonly projectId: string
  /** Human id, `OPS-42`. */
  readonly key: string
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly completedAt: string | null
  /** Set while in the trash. */
  readonly trashedAt: string | null
  /** Grows with every change that people see; the ETag. */
  readonly version: number
  /** Grows with every write, also those of the machinery; guards each of them. */
  readonly revision: number
  /** Version that last changed the field; absent: as created. */
  readonly fieldVersions: Readonly<Partial<Record<TaskField, number>>>
  /** Reminders up to this instant have fired or never will. */
  readonly remindedUntil: string
  /** The next reminder; `null`: none. */
  readonly remindAt: string | null
  readonly dueAt: string | null
  /** The request that made it. */
  readonly origin: RequestMark | null
  /** The latest requests that changed it, oldest first. */
  readonly marks: readonly (RequestMark & { readonly version: number })[]
}

/** People for whom rule `own` holds. */
export const ownersOf = (task: Task): readonly string[] => [task.createdBy, ...task.assigneeIds]

const daysInTrash = 30

/** When a task that went into the trash at `trashedAt` is dropped for good. */
export const purgeAt = (trashedAt: string): string =>
  new Date(Date.parse(trashedAt) + daysInTrash * 86_400_000).toISOString()

export const isClosed = (status: Status): boolean => status === 'done' || status === 'cancelled'

export const rowOf = (task: TaskRow): TaskRow => ({
  id: task.id,
  workspaceId: task.workspaceId,
  projectId: task.projectId,
  key: task.key,
  title: task.title,
  status: task.status,
  priority: task.priority,
  due: task.due,
  dueAt: task.dueAt,
  assigneeIds: [...task.assigneeIds],
  tags: [...task.tags],
  createdAt: task.createdAt,
  completedAt: task.completedAt,
})

/** The representation that a member of the workspace sees. */
export const present = (task: Task, member: Member): TaskReply => ({
  ...rowOf({ ...task, assigneeIds: [...task.assigneeIds], tags: [...task.tags] }),
  description: task.description,
  start: task.start,
  estimateMinutes: task.estimateMinutes,
  reminders: [...task.reminders],
  createdBy: task.createdBy,
  updatedAt: task.updatedAt,
  updatedBy: task.updatedBy,
  version: task.version,
  allowedActions: allowedActions(member.role, 'task', ownersOf(task).includes(member.userId)),
})
