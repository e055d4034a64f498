import type { InboxState, NotificationReply } from '../../api/schemas/notifications.ts'
import { readable } from '../access/named.ts'
import type { Tasks, WorkspacesByKey } from '../ports.ts'
import type { Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { LedgerRow } from './ledger.ts'

export interface EntryWorld {
  readonly tasks: Pick<Tasks, 'task'>
  readonly workspaces: WorkspacesByKey
}

const isSnoozed = ({ snoozedUntil }: LedgerRow, now: string): boolean =>
  snoozedUntil !== null && snoozedUntil > now

/** Whether a notice stands in the inbox right now: what was snoozed is back once its time has passed. */
const isInInbox = (row: LedgerRow, now: string): boolean => row.archivedAt === null && !isSnoozed(row, now)

const shows: Readonly<Record<InboxState, (row: LedgerRow, now: string) => boolean>> = {
  unread: (row, now) => isInInbox(row, now) && row.readAt === null,
  all: isInInbox,
  snoozed: (row, now) => row.archivedAt === null && isSnoozed(row, now),
  archived: ({ archivedAt }) => archivedAt !== null,
}

/** Whether a notice is in such a state; those that are withheld from the inbox are in none. */
export const isIn = (state: InboxState, row: LedgerRow, now: string): boolean =>
  row.inbox.state === 'delivered' && shows[state](row, now)

/** What messages of various kinds tell. */
interface Details {
  readonly at: string
  readonly taskId?: string
  readonly commentId?: string
  readonly reminderId?: string
  readonly webhookId?: string
  readonly by?: string
  readonly from?: string
  readonly to?: string
  readonly count?: number
}
const detailsOf = ({ message }: Pick<LedgerRow, 'message'>): Details => message

/** Of a task that the person may not read any more nothing is shown, nor what happened to it. */
const contentOf = (details: Details, task: Task | undefined, by: Member | undefined) => {
  const { taskId, commentId, reminderId, webhookId, from, to, count } = details
  if (taskId !== undefined && task === undefined) return {}
  return {
    ...(task && {
      task: { id: task.id, key: task.key, title: task.title, projectId: task.projectId },
    }),
    ...(by && { by: { id: by.userId, name: by.name } }),
    ...(commentId !== undefined && { commentId }),
    ...(reminderId !== undefined && { reminderId }),
    ...(webhookId !== undefined && { webhookId }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(count !== undefined && { count }),
  }
}

interface About {
  /** If the person may read it. */
  readonly task: Task | undefined
  readonly by: Member | undefined
}

/** What a notice is about, as it is now; what several are about is read together. */
export const aboutOf = async (
  row: LedgerRow,
  member: Member,
  { tasks, workspaces }: EntryWorld,
): Promise<About> => {
  const details = detailsOf(row)
  const { workspaceId } = member
  const [task, by] = await Promise.all([
    details.taskId === undefined ? undefined : tasks.task(workspaceId, details.taskId),
    details.by === undefined ? undefined : workspaces.member(workspaceId, details.by),
  ])
  return { task: task?.purge === null ? readable(task, member) : undefined, by }
}

/** An entry of the inbox as its owner sees it. */
export const entryOf = (row: LedgerRow, { task, by }: About): NotificationReply => {
  const details = detailsOf(row)
  const { id, kind, readAt, snoozedUntil, archivedAt, version } = row
  const { state, why, at, dueAt } = row.mail
  return {
    id,
    kind: kind as NotificationReply['kind'],
    at: details.at,
    ...contentOf(details, task, by),
    readAt,
    snoozedUntil,
    archivedAt,
    mail: { state, why, at, dueAt },
    version,
  }
}
