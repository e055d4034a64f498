import type { MailNotice } from '../../../mail/notice.ts'
import { isAssignee } from '../../tasks/assignees.ts'
import { type Judge, no, recipientOf } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'
import { readerOf } from '../reader.ts'
import { subjectOf } from '../subject.ts'

export const assigned: Judge<'assigned'> = async (message, facts) => {
  const [subject, by] = await Promise.all([
    subjectOf(message, facts),
    facts.workspaces.member(message.workspaceId, message.by),
  ])
  if (typeof subject === 'string') return no(subject)
  const { task, person, member, shown } = subject
  if (!isAssignee(member, task)) return no('the person is not assigned any more')
  const notice: MailNotice = { kind: 'assigned', id: noticeIdOf(message), task: shown, by: by?.name ?? '' }
  return { send: true, notice, recipient: recipientOf(person) }
}

export const bulk: Judge<'bulk'> = async (message, facts) => {
  const { workspaceId, count } = message
  const [reader, by] = await Promise.all([
    readerOf(message, facts),
    facts.workspaces.member(workspaceId, message.by),
  ])
  if (typeof reader === 'string') return no(reader)
  const notice: MailNotice = {
    kind: 'bulk',
    id: noticeIdOf(message),
    workspaceId,
    workspaceName: reader.workspaceName,
    by: by?.name ?? '',
    count,
  }
  return { send: true, notice, recipient: recipientOf(reader.person) }
}
