import type { MailNotice } from '../../../mail/notice.ts'
import { isAssignee } from '../../tasks/assignees.ts'
import { type Judge, no, recipientOf } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'
import { type Subject, subjectOf } from '../subject.ts'

const concerns = ({ task, member }: Subject): boolean =>
  task.createdBy === member.userId || task.watcherIds.includes(member.userId) || isAssignee(member, task)

export const status: Judge<'status'> = async (message, facts) => {
  const [subject, by] = await Promise.all([
    subjectOf(message, facts),
    facts.workspaces.member(message.workspaceId, message.by),
  ])
  if (typeof subject === 'string') return no(subject)
  if (!concerns(subject)) return no('the task does not concern the person any more')
  const { from, to } = message
  const notice: MailNotice = {
    kind: 'status',
    id: noticeIdOf(message),
    task: subject.shown,
    by: by?.name ?? '',
    from,
    to,
  }
  return { send: true, notice, recipient: recipientOf(subject.person) }
}
