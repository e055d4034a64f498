import type { MailNotice } from '../../../mail/notice.ts'
import { isAssignee } from '../../tasks/assignees.ts'
import { isActive, type Judge, no, recipientOf } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'
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

export const bulk: Judge<'bulk'> = async (message, { people, workspaces }) => {
  const { workspaceId, userId, count } = message
  const [person, member, workspace, by] = await Promise.all([
    people.person(userId),
    workspaces.member(workspaceId, userId),
    workspaces.workspace(workspaceId),
    workspaces.member(workspaceId, message.by),
  ])
  if (!isActive(person)) return no('the account is not open')
  if (member === undefined || workspace === undefined) return no('the person is no member any more')
  const notice: MailNotice = {
    kind: 'bulk',
    id: noticeIdOf(message),
    workspaceId,
    workspaceName: workspace.name,
    by: by?.name ?? '',
    count,
  }
  return { send: true, notice, recipient: recipientOf(person) }
}
