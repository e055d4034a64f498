import type { Reminder, ReminderInput } from '../../api/schemas/task.ts'
import type { ZonedMoment } from '../../api/schemas/time.ts'
import { invalidField } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import { anchorOf, instantOf, minutesBefore } from '../time/instants.ts'
import { type DueOccurrence, dueOccurrences } from './dueTimes.ts'
import { isClosed, type Task } from './task.ts'

export type Scheduled = Pick<
  Task,
  'due' | 'start' | 'reminders' | 'status' | 'trashedAt' | 'archivedAt' | 'escalateAt'
>

/** One reminder at its time. */
interface ReminderOccurrence {
  readonly kind: 'reminder'
  readonly reminder: Reminder
  readonly at: string
}

/** What a task has to say, at its time. */
export type Occurrence = ReminderOccurrence | DueOccurrence

const instantOfReminder = (
  reminder: Reminder,
  task: { due: ZonedMoment | null; start: ZonedMoment | null },
) => {
  if ('dateTime' in reminder) return instantOf(reminder.dateTime, reminder.zone)
  const anchor = task[reminder.relativeTo]
  return anchor === null ? undefined : minutesBefore(anchorOf(anchor), reminder.minutesBefore)
}

const reminderOccurrences = (task: Scheduled): ReminderOccurrence[] =>
  task.reminders.flatMap((reminder) => {
    const at = instantOfReminder(reminder, task)
    return at === undefined ? [] : { kind: 'reminder', reminder, at }
  })

/**
 * Every time at which the task has something to say, of its reminders and of its due date, earliest first; none while
 * it is closed, archived or in the trash.
 */
export const occurrences = (task: Scheduled): Occurrence[] => {
  if (isClosed(task.status) || task.trashedAt !== null || task.archivedAt !== null) return []
  return [...reminderOccurrences(task), ...dueOccurrences(task)].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  )
}

/** Whether two states of a task say the same thing at the same time. */
export const isSameOccurrence = (a: Occurrence, b: Occurrence): boolean =>
  a.at === b.at &&
  a.kind === b.kind &&
  (a.kind === 'reminder' && b.kind === 'reminder' ? a.reminder.id === b.reminder.id : true)

/** The next of them after an instant, or `null`. */
export const nextOccurrence = (task: Scheduled, after: string): string | null =>
  occurrences(task).find(({ at }) => at > after)?.at ?? null

/** Those that lie in (`after`, `until`]: what a sweep at `until` has to tell. */
export const occurrencesIn = (task: Scheduled, after: string, until: string): Occurrence[] =>
  occurrences(task).filter(({ at }) => at > after && at <= until)

/**
 * Whom a task tells of itself: the person of a reminder that has one, else the assignees, else the creator.
 * @param inGroups everybody in the groups that the task is assigned to
 */
export const recipientsOf = (
  { userId }: Pick<Reminder, 'userId'>,
  task: Pick<Task, 'assigneeIds' | 'createdBy'>,
  inGroups: readonly string[],
): readonly string[] => {
  if (userId !== null) return [userId]
  const assignees = [...new Set([...task.assigneeIds, ...inGroups])]
  return assignees.length > 0 ? assignees : [task.createdBy]
}

type Content<Kind> = Kind extends Reminder ? Omit<Kind, 'id'> : never

/** What a reminder says, whichever it is. */
const contentOf = (reminder: Content<Reminder>): string =>
  JSON.stringify(
    'dateTime' in reminder
      ? [reminder.userId, reminder.dateTime, reminder.zone]
      : [reminder.userId, reminder.relativeTo, reminder.minutesBefore],
  )

/**
 * Gives new reminders their ids and owners; kept ones must exist. One that says the same as one the task has is
 * that one: asking twice for the same changes nothing, and what is due and not yet sent stays due.
 */
export const resolveReminders = (
  wanted: readonly ReminderInput[],
  present: readonly Reminder[],
  caller: { userId: string; now: number },
): Reminder[] => {
  const named = new Set(wanted.flatMap((input) => ('id' in input ? input.id : [])))
  const free = present.filter(({ id }) => !named.has(id))
  return wanted.map((input, index) => {
    if ('id' in input) {
      const kept = present.find(({ id }) => id === input.id)
      if (kept === undefined) throw invalidField(`/reminders/${index}/id`, 'must be a reminder of this task')
      return kept
    }
    const { for: whom, ...rest } = input
    const fresh = { userId: whom === 'me' ? caller.userId : null, ...rest }
    const same = free.findIndex((reminder) => contentOf(reminder) === contentOf(fresh))
    const [found] = same < 0 ? [] : free.splice(same, 1)
    return found ?? { id: makeId('reminder', caller.now, randomSeed()), ...fresh }
  })
}
