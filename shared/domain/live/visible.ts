import type * as z from 'zod/mini'
import type { Hidden, LiveEvent } from '../../api/schemas/changes.ts'
import type { change } from '../../api/schemas/record.ts'
import { may, mayAlways, type Target } from '../access/target.ts'
import { type AuditEvent, isAuditEvent, type NumberedEvent } from '../audit/event.ts'
import { withValue } from '../tasks/paths.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'

type TaskEvent = Exclude<NumberedEvent, AuditEvent>
type Changes = readonly z.infer<typeof change>[]

/** What of a task says who may read it. Those named, and those with a role in one of its projects: each by itself. */
const decisive = ['assigneeIds', 'assigneeGroupIds', 'shares', 'projectId', 'ranks']
const isDecisive = (path: string): boolean => decisive.includes(path.split('/')[0] ?? '')

/** Lists that were empty are told as nothing. */
const told = (path: string, value: unknown): unknown =>
  value === null && (path === 'assigneeIds' || path === 'assigneeGroupIds') ? [] : value

/** Where a task stood before these changes, as far as it matters to who may read it. */
const targetBefore = (task: Task, changes: Changes): Target =>
  aboutTask(
    changes
      .filter(({ field }) => isDecisive(field))
      .reduce((state, { field, from }) => withValue(state, field, told(field, from)), task),
  )

const isGone = (task: Task | undefined): task is undefined => task === undefined || task.purge !== null

const hiddenOf = ({ sequence, taskId }: TaskEvent): Hidden => ({ type: 'task.hidden', sequence, taskId })

/** Without what chains it to others, some of which the reader may not see. */
const shownOf = (event: TaskEvent): LiveEvent => {
  const { workspaceId: _, previousHash: __, hash: ___, ...shown } = event
  if ('commentId' in shown) {
    const { id: ____, ...comment } = shown
    return comment
  }
  const { readers: _____, ...change } = shown
  return change
}

/** Who could read a task that is gone, as far as an event tells: by its end, or by what it took. */
const readersBefore = (event: TaskEvent): Target => {
  if ('readers' in event && event.readers !== undefined) return event.readers
  const taken = event.changes.filter(({ from }) => from !== null)
  const lists = (field: string) => taken.filter((one) => one.field === field).flatMap(({ from }) => from)
  const ids = (field: string) =>
    taken.flatMap((one) => (one.field.startsWith(`${field}/`) ? one.field.slice(field.length + 1) : []))
  return {
    owners: lists('assigneeIds').map(String),
    groupIds: lists('assigneeGroupIds').map(String),
    shares: Object.fromEntries(ids('shares').map((id) => [id, 'view'])),
    projectIds: [...lists('projectId').map(String), ...ids('ranks')],
  }
}

/** Where no project is known, no role of the workspace counts: it may have been weaker there. */
const couldRead = (member: Member, before: Target): boolean =>
  may(before.projectIds?.length ? member : { ...member, role: 'guest' }, 'task.read', before)

const ofGone = (member: Member, event: TaskEvent): LiveEvent | undefined => {
  if (mayAlways(member, 'task.read')) return event.type === 'task.purged' ? shownOf(event) : hiddenOf(event)
  return couldRead(member, readersBefore(event)) ? hiddenOf(event) : undefined
}

/**
 * A task that can be read now tells what happened to it. One that this very change has taken from the reader tells
 * that it is to be forgotten, and no more; so does the end of one, to those who could read it until then.
 */
const ofTask = (member: Member, event: TaskEvent, task: Task | undefined): LiveEvent | undefined => {
  if (isGone(task)) return ofGone(member, event)
  if (may(member, 'task.read', aboutTask(task))) return shownOf(event)
  return may(member, 'task.read', targetBefore(task, event.changes)) ? hiddenOf(event) : undefined
}

/** What changes what somebody may see. */
const accessTypes: readonly AuditEvent['type'][] = [
  'member.joined',
  'member.roleChanged',
  'member.projectRolesChanged',
  'member.suspended',
  'member.reinstated',
  'workspace.handedOver',
  'group.memberAdded',
  'group.memberRemoved',
]

const isAbout = ({ about, changes }: AuditEvent, userId: string): boolean =>
  about.kind === 'member'
    ? about.id === userId
    : changes.some(({ field, from, to }) => field === 'members' && (from === userId || to === userId))

const ofAudit = (member: Member, event: AuditEvent): LiveEvent | undefined => {
  if (may(member, 'audit.read', {})) return event
  const { type, sequence } = event
  return accessTypes.includes(type) && isAbout(event, member.userId)
    ? { type: 'access.changed', sequence }
    : undefined
}

/**
 * What a member sees of an event, judged by what they may now; `undefined`: nothing.
 * @param task the one that the event is about, as it is now, if it is about one
 */
export const visible = (
  member: Member,
  event: NumberedEvent,
  task: Task | undefined,
): LiveEvent | undefined => (isAuditEvent(event) ? ofAudit(member, event) : ofTask(member, event, task))
