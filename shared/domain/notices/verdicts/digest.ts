import type { NoticeAbout } from '../../../api/schemas/notice.ts'
import type { TaskRow } from '../../../api/schemas/task.ts'
import type { Person } from '../../account/person.ts'
import {
  completedBy,
  isCompletedIn,
  isOpen,
  listed,
  lookAgain,
  openTasksOf,
  shownOf,
} from '../../digests/assigned.ts'
import { dateOf, dayOf } from '../../recurrence/days.ts'
import { instantOf } from '../../time/instants.ts'
import { justAfter } from '../../time/justAfter.ts'
import type { Member } from '../../workspaces/workspace.ts'
import { isIn } from '../entry.ts'
import { type Facts, type Judge, no, recipientOf } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'
import type { LedgerRow } from '../ledger.ts'
import { readerOf } from '../reader.ts'

const dateAfter = (date: string, days: number): string => dateOf(dayOf(date) + days)

/** The beginning of a day by the clocks of somebody. */
const beginning = (date: string, { zone }: Person): string => instantOf(`${date}T00:00`, zone)

/** Whether a task is due before the midnight with which a day ends: one of that day ends with it, one at it does not. */
const isDueBy = (midnight: string, { dueAt, due }: TaskRow): boolean =>
  dueAt !== null && (dueAt < midnight || (dueAt === midnight && due !== null && 'date' in due))

const isOverdue = ({ dueAt }: TaskRow, now: string): boolean => dueAt !== null && dueAt <= now

/** Notices that a digest counts, and looks at, at most. */
const mostUnread = { limit: 100, read: 200 }

const unreadOf = async (
  { workspaceId, userId }: NoticeAbout<'digest'>,
  { inbox }: Facts,
  now: string,
): Promise<number> => {
  const where = (row: LedgerRow) => isIn('unread', row, now)
  return (await inbox.page({ workspaceId, userId, ...mostUnread, where })).rows.length
}

/** From now on. */
interface Ahead {
  readonly now: string
  readonly midnight: string
}

/** What is overdue at an instant, and what else is due by a midnight. */
const dueOf = (rows: readonly TaskRow[], { now, midnight }: Ahead) => ({
  overdue: rows.filter((row) => isOverdue(row, now)),
  coming: rows.filter((row) => !isOverdue(row, now) && isDueBy(midnight, row)),
})

/** The same of open tasks; those that a mail shows are looked at again. */
const openOf = async (
  rows: readonly TaskRow[],
  { ahead, shows }: { readonly ahead: Ahead; readonly shows: readonly ('overdue' | 'coming')[] },
  { member, tasks }: { readonly member: Member; readonly tasks: Facts['tasks'] },
) => {
  const due = dueOf(rows, ahead)
  const shown = shows.flatMap((list) => shownOf(due[list]))
  const looked = await lookAgain({ rows, shown }, { member, is: isOpen }, tasks)
  return { looked, ...dueOf(looked.rows, ahead) }
}

export const digest: Judge<'digest'> = async (message, facts, now) => {
  const reader = await readerOf(message, facts)
  if (typeof reader === 'string') return no(reader)
  const { person, member, workspaceName } = reader
  const { date, workspaceId } = message
  const midnight = beginning(dateAfter(date, 1), person)
  const [, until = now] = [midnight, now].sort()
  // Bounds of a list are exclusive.
  const rows = await openTasksOf(member, facts.tasks, justAfter(until))
  const wanted = { ahead: { now, midnight }, shows: ['overdue', 'coming'] } as const
  const { looked, overdue, coming: dueToday } = await openOf(rows, wanted, { member, tasks: facts.tasks })
  if (overdue.length + dueToday.length === 0) return no('the person has nothing that is due')
  return {
    send: true,
    notice: {
      kind: 'digest',
      id: noticeIdOf(message),
      workspaceId,
      workspaceName,
      date,
      overdue: listed(overdue, looked),
      overdueCount: overdue.length,
      dueToday: listed(dueToday, looked),
      dueTodayCount: dueToday.length,
      unreadCount: await unreadOf(message, facts, now),
    },
    recipient: recipientOf(person),
  }
}

export const weekly: Judge<'weekly'> = async (message, facts, now) => {
  const reader = await readerOf(message, facts)
  if (typeof reader === 'string') return no(reader)
  const { person, member, workspaceName } = reader
  const { date: to, workspaceId } = message
  const span = {
    from: beginning(dateAfter(to, -6), person),
    before: beginning(dateAfter(to, 1), person),
  }
  const { tasks } = facts
  const [open, done] = await Promise.all([openTasksOf(member, tasks), completedBy(member, tasks, span)])
  const ahead = { now, midnight: beginning(dateAfter(to, 8), person) }
  const isCompleted = isCompletedIn(span)
  const [{ looked, overdue, coming: next }, completed] = await Promise.all([
    openOf(open, { ahead, shows: ['coming'] }, { member, tasks }),
    lookAgain({ rows: done, shown: shownOf(done) }, { member, is: isCompleted }, tasks),
  ])
  if (looked.rows.length + completed.rows.length === 0) return no('the person has no tasks')
  return {
    send: true,
    notice: {
      kind: 'weekly',
      id: noticeIdOf(message),
      workspaceId,
      workspaceName,
      from: dateAfter(to, -6),
      to,
      completed: listed(completed.rows, completed),
      completedCount: completed.rows.length,
      openCount: looked.rows.length,
      overdueCount: overdue.length,
      next: listed(next, looked),
      nextCount: next.length,
    },
    recipient: recipientOf(person),
  }
}
