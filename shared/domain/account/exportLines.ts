import { may } from '../access/target.ts'
import type { Comment } from '../comments/comment.ts'
import { inParallel } from '../jobs/inParallel.ts'
import type { LedgerRow } from '../notices/ledger.ts'
import type { Preferences } from '../notices/preferences.ts'
import type { Comments, Event, Records, Tasks } from '../ports.ts'
import { present } from '../tasks/present.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import type { Token } from '../tokens/token.ts'
import { masked } from '../workspaces/masked.ts'
import type { Invitation, Member } from '../workspaces/workspace.ts'
import { deviceOf } from './device.ts'
import type { Person, Session } from './person.ts'
import { profileOf } from './profile.ts'

/** One line of an export: JSON with its `kind` first. Secrets and their hashes are in none. */
export type Line = { readonly kind: string } & Readonly<Record<string, unknown>>

/** Histories that are read at once. */
const width = 10

export const profileLine = (person: Person): Line => ({ kind: 'profile', ...profileOf(person) })

export const sessionLine = ({
  id,
  createdAt,
  lastUsedAt = createdAt,
  expiresAt,
  endedAt,
  userAgent,
}: Session): Line => ({
  kind: 'session',
  ...{ id, createdAt, lastUsedAt, expiresAt, endedAt },
  ...deviceOf(userAgent),
  userAgent,
})

export const tokenLine = ({ id, name, scopes, workspaceId, createdAt, expiresAt }: Token): Line => ({
  kind: 'token',
  ...{ id, name, scopes, workspaceId, createdAt, expiresAt },
})

/** Of a notice that tells of a task no more than which it is: what the person sees of it stands in a line of its own. */
export const noticeLine = (row: LedgerRow): Line => {
  const { id, kind, workspaceId, message, inbox, mail, story, readAt, snoozedUntil, archivedAt } = row
  return {
    kind: 'notice',
    about: kind,
    ...(workspaceId !== null && { workspaceId }),
    ...('taskId' in message && { taskId: message.taskId }),
    ...{ id, at: message.at, inbox: inbox.state, mail: mail.state, why: mail.why },
    ...{ story, readAt, snoozedUntil, archivedAt },
  }
}

export const preferencesLine = ({ workspaceId, own, updatedAt }: Preferences): Line => ({
  kind: 'preferences',
  ...{ workspaceId, own, updatedAt },
})

export const membershipLine = ({
  workspaceId,
  workspaceName,
  role,
  projectRoles,
  joinedAt,
}: Member): Line => ({
  kind: 'membership',
  ...{ workspaceId, workspaceName, role, projectRoles: projectRoles ?? {}, joinedAt },
})

/** Of the address no more than who invited is shown elsewhere. */
export const invitationLine = (invitation: Invitation): Line => ({
  kind: 'invitation',
  workspaceId: invitation.workspaceId,
  id: invitation.id,
  address: invitation.email === null ? null : masked(invitation.email),
  role: invitation.role,
  createdAt: invitation.createdAt,
  expiresAt: invitation.expiresAt,
  acceptedAt: invitation.acceptedAt,
})

const changeLine = (event: Event): Line => {
  const { workspaceId, sequence, type, taskId, taskVersion, at, through, changes, cause } = event
  return { kind: 'change', workspaceId, sequence, type, taskId, taskVersion, at, through, changes, cause }
}

const commentLine = (comment: Comment): Line => {
  const { workspaceId, taskId, id, replyTo, body, createdAt, editedAt, resolvedAt } = comment
  return { kind: 'comment', workspaceId, taskId, id, replyTo, body, createdAt, editedAt, resolvedAt }
}

/** Of a task that is the person's own all that they see, but for what others added to it; of any other which it is. */
const taskLine = (task: Task, member: Member): Line => {
  const { userId } = member
  const { timeEntries, attachments, allowedActions: _, ...shown } = present(task, member)
  const added = {
    timeEntries: timeEntries.filter((one) => one.userId === userId),
    attachments: attachments.filter(({ uploadedBy }) => uploadedBy === userId),
  }
  const isOwn = task.createdBy === userId || task.assigneeIds.includes(userId)
  if (isOwn) return { kind: 'task', ...shown, ...added }
  const { workspaceId, id, key, title } = shown
  return { kind: 'task', ...{ workspaceId, id, key, title }, ...added }
}

interface World {
  readonly tasks: Tasks
  readonly records: Records
  readonly comments: Pick<Comments, 'all'>
}

const linesOfTask = async (
  task: Task | undefined,
  member: Member,
  { records, comments }: World,
): Promise<readonly Line[]> => {
  if (task === undefined || task.purge !== null || !may(member, 'task.read', aboutTask(task))) return []
  const { userId } = member
  const [events, all] = await Promise.all([
    records.changesFrom(task.workspaceId, task.id, 1),
    comments.all(task.workspaceId, task.id),
  ])
  const said = all.filter(({ createdBy, deletedAt }) => createdBy === userId && deletedAt === null)
  const changes = events.filter(({ by }) => by === userId).map(changeLine)
  const line = taskLine(task, member)
  const isMine =
    task.createdBy === userId ||
    task.assigneeIds.includes(userId) ||
    changes.length > 0 ||
    said.length > 0 ||
    Object.values(task.timeEntries).some((one) => one.userId === userId) ||
    Object.values(task.attachments).some(({ uploadedBy }) => uploadedBy === userId)
  return isMine ? [line, ...changes, ...said.map(commentLine)] : []
}

/** Lines of those of the tasks that the member may read now and has had a hand in. */
export const linesOfTasks = async (
  taskIds: readonly string[],
  member: Member,
  world: World,
): Promise<readonly Line[]> => {
  const { workspaceId } = member
  const tasks = await Promise.all(taskIds.map((id) => world.tasks.task(workspaceId, id)))
  return (await inParallel(tasks, width, (task) => linesOfTask(task, member, world))).flat()
}
