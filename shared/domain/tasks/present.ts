import type { TaskReply, TaskRow } from '../../api/schemas/task.ts'
import { allowedOn, type Target } from '../access/target.ts'
import type { Member } from '../workspaces/workspace.ts'
import { aboutTask, purgeAt, type Task } from './task.ts'

/** Whose own a row is and where it stands, as far as a row says. */
export const aboutRow = ({ assigneeIds, assigneeGroupIds, projectId, columns }: TaskRow): Target => ({
  owners: assigneeIds,
  groupIds: assigneeGroupIds,
  projectIds: [projectId, ...Object.keys(columns)],
})

/** What a list shows of a task, or of an item that holds as much. */
export const rowOf = (
  task: Omit<TaskRow, 'assigneeIds' | 'assigneeGroupIds' | 'tags'> &
    Pick<Task, 'assigneeIds' | 'assigneeGroupIds' | 'tags'>,
): TaskRow => ({
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
  assigneeGroupIds: [...task.assigneeGroupIds],
  tags: [...task.tags],
  parentId: task.parentId,
  columns: task.columns,
  customFields: task.customFields,
  createdAt: task.createdAt,
  completedAt: task.completedAt,
  archivedAt: task.archivedAt,
  trashedAt: task.trashedAt,
})

/** The entries of a map as a list, each with its id. */
const listed = <Entry extends object>(entries: Readonly<Record<string, Entry>>): (Entry & { id: string })[] =>
  Object.entries(entries).map(([id, entry]) => ({ ...entry, id }))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Minutes of all time entries that have ended. */
export const spentMinutes = ({ timeEntries }: Pick<Task, 'timeEntries'>): number =>
  Object.values(timeEntries).reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)

/** The checklist in its order. */
export const checklistOf = ({ checklist }: Pick<Task, 'checklist'>) =>
  listed(checklist).sort((a, b) => compare(a.rank, b.rank) || compare(a.id, b.id))

/** The representation that a member of the workspace sees. */
export const present = (task: Task, member: Member): TaskReply => ({
  ...rowOf(task),
  description: task.description,
  start: task.start,
  estimateMinutes: task.estimateMinutes,
  reminders: [...task.reminders],
  watcherIds: [...task.watcherIds],
  recurrence: task.recurrence,
  successorId: task.successorId,
  metadata: task.metadata,
  checklist: checklistOf(task).map(({ id, text, done }) => ({ id, text, done })),
  timeEntries: listed(task.timeEntries).sort(
    (a, b) => compare(a.startedAt, b.startedAt) || compare(a.id, b.id),
  ),
  spentMinutes: spentMinutes(task),
  attachments: listed(task.attachments).sort((a, b) => compare(a.id, b.id)),
  shares: Object.entries(task.shares).map(([userId, level]) => ({ userId, level })),
  links: Object.entries(task.links).map(([taskId, kind]) => ({ taskId, kind })),
  projectIds: [task.projectId, ...Object.keys(task.ranks).filter((id) => id !== task.projectId)],
  ancestorIds: [...task.ancestorIds],
  purgeAt: task.trashedAt && purgeAt(task.trashedAt),
  createdBy: task.createdBy,
  updatedAt: task.updatedAt,
  updatedBy: task.updatedBy,
  version: task.version,
  allowedActions: allowedOn(member, 'task', aboutTask(task)),
})
