import type { Reminder } from '../../../api/schemas/task.ts'
import type { MailNotice } from '../../../mail/notice.ts'
import { isAssignee } from '../../tasks/assignees.ts'
import { occurrences } from '../../tasks/reminders.ts'
import type { Task } from '../../tasks/task.ts'
import { type Facts, type Judge, no, recipientOf } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'
import { type Subject, subjectOf } from '../subject.ts'

/** A reminder that leaves this much after its time says so. */
const lateAfterMs = 90_000

/** Whether nobody at all is in the groups that a task is assigned to. */
const areEmpty = async ({ workspaceId, assigneeGroupIds }: Task, { groups }: Facts): Promise<boolean> => {
  const first = await Promise.all(assigneeGroupIds.map((id) => groups.places(workspaceId, id, 1)))
  return first.every(({ items }) => items.length === 0)
}

/** The same as `recipientsOf` of one person, without reading who else there is unless that matters. */
const isRecipient = async (reminder: Reminder, { task, member }: Subject, facts: Facts): Promise<boolean> => {
  if (reminder.userId !== null) return reminder.userId === member.userId
  if (isAssignee(member, task)) return true
  return task.assigneeIds.length === 0 && member.userId === task.createdBy && areEmpty(task, facts)
}

export const reminder: Judge<'reminder'> = async (message, facts, now) => {
  const subject = await subjectOf(message, facts)
  if (typeof subject === 'string') return no(subject)
  const { task, person, shown } = subject
  const stands = occurrences(task).find(
    ({ reminder, at }) => reminder.id === message.reminderId && at === message.at,
  )
  if (stands === undefined) return no('the reminder was moved, or the task is closed')
  if (!(await isRecipient(stands.reminder, subject, facts)))
    return no('the reminder is not for this person any more')
  const late = Date.parse(now) - Date.parse(message.at) > lateAfterMs
  const notice: MailNotice = {
    kind: 'reminder',
    id: noticeIdOf(message),
    task: shown,
    remindAt: message.at,
    sentAt: now,
    late,
  }
  return { send: true, notice, recipient: recipientOf(person) }
}
