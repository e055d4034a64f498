import type { MailNotice } from '../../../mail/notice.ts'
import { occurrences } from '../../tasks/reminders.ts'
import { type Judge, no, recipientOf } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'
import { subjectOf } from '../subject.ts'
import { isLate, isToldOf } from '../told.ts'

export const reminder: Judge<'reminder'> = async (message, facts, now) => {
  const subject = await subjectOf(message, facts)
  if (typeof subject === 'string') return no(subject)
  const { task, person, shown } = subject
  const stands = occurrences(task).find(
    (one) => one.kind === 'reminder' && one.reminder.id === message.reminderId && one.at === message.at,
  )
  if (stands?.kind !== 'reminder') return no('the reminder was moved, or the task is closed')
  if (!(await isToldOf(subject, stands.reminder.userId, facts)))
    return no('the reminder is not for this person any more')
  const notice: MailNotice = {
    kind: 'reminder',
    id: noticeIdOf(message),
    task: shown,
    remindAt: message.at,
    sentAt: now,
    late: isLate(message.at, now),
  }
  return { send: true, notice, recipient: recipientOf(person) }
}
