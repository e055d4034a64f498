import type { NoticeAbout } from '../../../api/schemas/notice.ts'
import type { TaskRow } from '../../../api/schemas/task.ts'
import type { Person } from '../../account/person.ts'
import { completedBy, listed, openTasksOf } from '../../digests/assigned.ts'
import { dateOf, dayOf } from '../../recurrence/days.ts'
import { instantOf } from '../../time/instants.ts'
import { justAfter } from '../../time/justAfter.ts'
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

export const digest: Judge<'digest'> = async (message, facts, now) => {
  const reader = await readerOf(message, facts)
  if (typeof reader === 'string') return no(reader)
  const { person, member, workspaceName } = reader
  const { date, workspaceId } = message
  const midnight = beginning(dateAfter(date, 1), person)
  const [, until = now] = [midnight, now].sort()
  // Bounds of a list are exclusive.
  const rows = await openTasksOf(member, facts.tasks, justAfter(until))
  const overdue = rows.filter((row) => isOverdue(row, now))
  const dueToday = rows.filter((row) => !isOverdue(row, now) && isDueBy(midnight, row))
  if (overdue.length + dueToday.length === 0) return no('the person has nothing that is due')
  return {
    send: true,
    notice: {
      kind: 'digest',
      id: noticeIdOf(message),
      workspaceId,
      workspaceName,
      date,
      overdue: listed(overdue),
      overdueCount: overdue.length,
      dueToday: listed(dueToday),
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
  const [open, completed] = await Promise.all([
    openTasksOf(member, facts.tasks),
    completedBy(member, facts.tasks, span),
  ])
  if (open.length + completed.length === 0) return no('the person has no tasks')
  const end = beginning(dateAfter(to, 8), person)
  const next = open.filter((row) => !isOverdue(row, now) && isDueBy(end, row))
  return {
    send: true,
    notice: {
      kind: 'weekly',
      id: noticeIdOf(message),
      workspaceId,
      workspaceName,
      from: dateAfter(to, -6),
      to,
      completed: listed(completed),
      completedCount: completed.length,
      openCount: open.length,
      overdueCount: open.filter((row) => isOverdue(row, now)).length,
      next: listed(next),
      nextCount: next.length,
    },
    recipient: recipientOf(person),
  }
}
