import type { ScheduledReminder } from '../../api/schemas/reminders.ts'
import { may } from '../access/target.ts'
import type { LinkOwner } from '../ports.ts'
import { type Occurrence, occurrences } from '../tasks/reminders.ts'
import { aboutTask, isClosed, lifeOf, type Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'

const kept = [
  ...(['id', 'workspaceId', 'projectId', 'key', 'title', 'status', 'due', 'start', 'reminders'] as const),
  ...(['assigneeIds', 'assigneeGroupIds', 'shares', 'ranks', 'createdBy'] as const),
  ...(['trashedAt', 'archivedAt'] as const),
]
/** What a list of reminders keeps of a task: its times, and who may read it. */
export type ScheduledTask = Pick<Task, (typeof kept)[number]>

/** The compiler does not know that these names are all that the type has. */
export const scheduledOf = (task: ScheduledTask): ScheduledTask =>
  Object.fromEntries(kept.map((name) => [name, task[name]])) as unknown as ScheduledTask

/** Whom a task tells by its date and by reminders for all: people and groups it is assigned to, else its creator. */
const everybodyOf = ({
  assigneeIds,
  assigneeGroupIds,
  createdBy,
}: Pick<Task, 'assigneeIds' | 'assigneeGroupIds' | 'createdBy'>): string[] =>
  assigneeIds.length + assigneeGroupIds.length > 0 ? [...assigneeIds, ...assigneeGroupIds] : [createdBy]

/** People and groups in whose lists of reminders a task stands while it is open and has a date or reminders. */
export const remindedOwners = (task: ScheduledTask): Extract<LinkOwner, { remindedId: string }>[] => {
  if (isClosed(task.status) || lifeOf(task) !== 'active') return []
  if (task.due === null && task.reminders.length === 0) return []
  const personal = task.reminders.flatMap(({ userId }) => userId ?? [])
  return [...new Set([...everybodyOf(task), ...personal])].map((remindedId) => ({ remindedId }))
}

const isKind = (one: Occurrence): one is Occurrence & { kind: ScheduledReminder['kind'] } =>
  ['reminder', 'dueSoon', 'due', 'overdue'].includes(one.kind)

/** What a task will tell a member after an instant, if they may read it. */
const scheduledFor = (member: Member, task: ScheduledTask, after: string): ScheduledReminder[] => {
  if (!may(member, 'task.read', aboutTask(task))) return []
  const { id, key, title, due } = task
  const mine = [member.userId, ...(member.groupIds ?? [])]
  const isForAll = everybodyOf(task).some((one) => mine.includes(one))
  // Who else is to know of a task that is late is no reminder of one's own.
  return occurrences({ ...task, escalateAt: null })
    .filter((one) => one.at > after)
    .filter(isKind)
    .flatMap((one) => {
      const of = { at: one.at, kind: one.kind, task: { id, key, title, due } }
      if (one.kind !== 'reminder') return isForAll ? of : []
      const { id: reminderId, userId } = one.reminder
      const isMine = userId === null ? isForAll : userId === member.userId
      return isMine ? { ...of, reminderId } : []
    })
}

/** A text that sorts as the list does; no two entries have the same. */
export const placeOf = ({ at, kind, task, reminderId = '' }: ScheduledReminder): string =>
  `${at}#${task.id}#${kind}#${reminderId}`

/** What tasks will tell a member after an instant, soonest first; each task once, however often it is given. */
export const scheduled = (
  member: Member,
  tasks: readonly ScheduledTask[],
  after: string,
): ScheduledReminder[] =>
  [...new Map(tasks.map((task) => [task.id, task])).values()]
    .flatMap((task) => scheduledFor(member, task, after))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
