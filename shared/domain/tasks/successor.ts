import type { Reminder } from '../../api/schemas/task.ts'
import type { ZonedMoment } from '../../api/schemas/time.ts'
import { derivedSeed, makeId } from '../ids.ts'
import type { Project } from '../projects/project.ts'
import { nextRecurrence } from '../recurrence/recurrence.ts'
import { pathUnder } from '../structure/hierarchy.ts'
import { dayMs, daysAfter } from '../time/daysAfter.ts'
import { newTask } from './draft.ts'
import { zoneOfSeries } from './recurring.ts'
import type { Task, TaskFields } from './task.ts'

/** Days from one wall value to another. */
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / dayMs)

/** A wall value so many days later, at the same time of day. */
const later = (wall: string, days: number): string =>
  daysAfter(wall.slice(0, 10), days).slice(0, 10) + wall.slice(10)

const laterMoment = (moment: ZonedMoment | null, days: number): ZonedMoment | null => {
  if (moment === null) return null
  return 'date' in moment
    ? { ...moment, date: later(moment.date, days) }
    : { ...moment, dateTime: later(moment.dateTime, days) }
}

const laterReminder = (reminder: Reminder, days: number): Reminder =>
  'dateTime' in reminder ? { ...reminder, dateTime: later(reminder.dateTime, days) } : reminder

const momentOf = (wall: string, zone: string): ZonedMoment =>
  wall.length === 10 ? { date: wall, zone } : { dateTime: wall, zone }

const resetChecklist = (checklist: Task['checklist']): Task['checklist'] =>
  Object.fromEntries(Object.entries(checklist).map(([id, item]) => [id, { ...item, done: false }]))

/** The fields of a task as they are some days later. */
const fieldsLater = (fields: TaskFields, days: number): TaskFields => ({
  ...fields,
  due: laterMoment(fields.due, days),
  start: laterMoment(fields.start, days),
  reminders: fields.reminders.map((reminder) => laterReminder(reminder, days)),
})

/** What of a task is the task itself, and neither its state nor its past. */
export const ownFields = (task: Task): TaskFields => ({
  title: task.title,
  description: task.description,
  status: task.status,
  priority: task.priority,
  due: task.due,
  start: task.start,
  estimateMinutes: task.estimateMinutes,
  assigneeIds: task.assigneeIds,
  assigneeGroupIds: task.assigneeGroupIds,
  watcherIds: task.watcherIds,
  tags: task.tags,
  reminders: task.reminders,
  recurrence: task.recurrence,
  metadata: task.metadata,
  customFields: task.customFields,
})

/**
 * The next occurrence of a task that was completed: what the series has, on the next date of the rule, nothing done
 * yet. Determined by the completed task alone, so that making it again makes the same.
 * @param number provisional number in the project; `settleKey` settles it
 */
export const successorOf = (task: Task, projectKey: Project['key'], number: number): Task => {
  const { recurrence, due, completedAt, successorId } = task
  if (recurrence === null || due === null || completedAt === null || successorId === null) {
    throw new Error('only a completed task that recurs has a successor')
  }
  const zone = zoneOfSeries(task.series, due)
  const next = nextRecurrence(recurrence, zone, completedAt)
  if (next === undefined) throw new Error('a series that has ended names no successor')
  const days = daysBetween(recurrence.occurrence, next.occurrence)
  const birth = {
    id: successorId,
    workspaceId: task.workspaceId,
    project: { id: task.projectId, key: projectKey },
    number,
    userId: task.updatedBy,
    now: completedAt,
    origin: null,
    cause: { kind: 'recurrence', taskId: task.id },
  } as const
  const made = newTask(birth, {
    ...fieldsLater({ ...ownFields(task), ...task.series }, days),
    status: 'open',
    due: momentOf(next.occurrence, zone),
    recurrence: next,
    parentId: task.parentId,
    ancestorIds: task.ancestorIds,
    checklist: resetChecklist(task.checklist),
    ranks: task.ranks,
  })
  return { ...made, createdBy: task.createdBy }
}

/** A subtask of the completed task, as it comes again under the next occurrence: as many days later, not done yet. */
export const repeatedSubtask = (
  child: Task,
  { done, next, parent, number, nth }: { done: Task; next: Task; parent: Task; number: number; nth: number },
): Task => {
  const [was, is] = [done.recurrence?.occurrence, next.recurrence?.occurrence]
  const days = was === undefined || is === undefined ? 0 : daysBetween(was, is)
  const birth = {
    id: makeId('task', Date.parse(next.createdAt), derivedSeed('occurrence', next.id, child.id)),
    workspaceId: child.workspaceId,
    project: { id: child.projectId, key: child.key.slice(0, child.key.lastIndexOf('-')) },
    number,
    nth,
    userId: next.updatedBy,
    now: next.createdAt,
    origin: null,
    cause: { kind: 'recurrence', taskId: child.id },
  } as const
  const made = newTask(birth, {
    ...fieldsLater(ownFields(child), days),
    status: 'open',
    parentId: parent.id,
    ancestorIds: pathUnder(parent),
    checklist: resetChecklist(child.checklist),
    ranks: child.ranks,
  })
  return { ...made, createdBy: child.createdBy }
}
