import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { Reminder } from '../../api/schemas/task.ts'
import type { MailNotice, Recipient } from '../../mail/notice.ts'
import { may } from '../access/target.ts'
import type { Person } from '../account/person.ts'
import type { Groups } from '../groups/ports.ts'
import type { AllStores } from '../ports.ts'
import { isAssignee } from '../tasks/assignees.ts'
import { occurrences } from '../tasks/reminders.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import { isOpen, type Member, mayInvite } from '../workspaces/workspace.ts'
import { noticeIdOf } from './notices.ts'

/** Where the facts of a notice are read, at the moment it is sent. */
export type Facts = Pick<AllStores, 'people' | 'workspaces' | 'projects' | 'tasks'> & {
  readonly groups: Pick<Groups, 'places'>
}

export type Verdict =
  | { readonly send: true; readonly notice: MailNotice; readonly recipient: Recipient }
  | { readonly send: false; readonly why: string }

const no = (why: string): Verdict => ({ send: false, why })

/** A reminder that leaves this much after its time says so. */
const lateAfterMs = 90_000

const recipientOf = ({ email, name, language, zone }: Person): Recipient => ({
  address: email,
  name,
  language,
  zone,
})

const isActive = (person: Person | undefined): person is Person => person?.state === 'active'

type About<Kind extends NoticeMessage['kind']> = Extract<NoticeMessage, { kind: Kind }>

const welcome = async (message: About<'welcome'>, { people }: Facts): Promise<Verdict> => {
  const person = await people.person(message.userId)
  if (!isActive(person)) return no('the account is not open')
  return { send: true, notice: { kind: 'welcome', id: noticeIdOf(message) }, recipient: recipientOf(person) }
}

/** Told whatever has changed since: each change may have been somebody else's. */
const mfaChanged = async (message: About<'mfa'>, { people }: Facts): Promise<Verdict> => {
  const person = await people.person(message.userId)
  if (!isActive(person)) return no('the account is not open')
  const { kind, change, at, codesLeft } = message
  return {
    send: true,
    notice: { kind, id: noticeIdOf(message), change, at, codesLeft },
    recipient: recipientOf(person),
  }
}

/** The one notice that goes to an account which is not open any more. */
const farewell = async (message: About<'farewell'>, { people }: Facts): Promise<Verdict> => {
  const person = await people.person(message.userId)
  if (person?.state !== 'deleting') return no('the account is not being deleted')
  return { send: true, notice: { kind: 'farewell', id: noticeIdOf(message) }, recipient: recipientOf(person) }
}

const invited = async (message: About<'invited'>, { workspaces }: Facts, now: string): Promise<Verdict> => {
  const { workspaceId, invitationId } = message
  const [invitation, workspace] = await Promise.all([
    workspaces.invitation(workspaceId, invitationId),
    workspaces.workspace(workspaceId),
  ])
  if (invitation === undefined || workspace === undefined) return no('the invitation is gone')
  const { email, role, invitedBy, invitedByName, expiresAt } = invitation
  if (email === null || !isOpen(invitation, now)) return no('the invitation is not open any more')
  if (!mayInvite(await workspaces.member(workspaceId, invitedBy)))
    return no('the person who invited may not do so any more')
  const notice: MailNotice = {
    kind: 'invited',
    id: noticeIdOf(message),
    invitationId,
    workspaceId,
    workspaceName: workspace.name,
    by: invitedByName,
    role,
    expiresAt,
  }
  // Nothing is known of the person yet: not even whether the address has an account.
  return { send: true, notice, recipient: { address: email, name: '', language: 'en', zone: workspace.zone } }
}

/** May this person still see this task? */
const maySee = (task: Task, member: Member): boolean => may(member, 'task.read', aboutTask(task))

interface Subject {
  readonly task: Task
  readonly person: Person
  readonly member: Member
  readonly shown: Extract<MailNotice, { kind: 'assigned' }>['task']
}

const subjectOf = async (
  message: About<'assigned' | 'reminder'>,
  facts: Facts,
): Promise<Subject | string> => {
  const { workspaceId, taskId, userId } = message
  const [task, person, member, workspace] = await Promise.all([
    facts.tasks.task(workspaceId, taskId),
    facts.people.person(userId),
    facts.workspaces.member(workspaceId, userId),
    facts.workspaces.workspace(workspaceId),
  ])
  if (task === undefined || task.trashedAt !== null || workspace === undefined) return 'the task is gone'
  if (!isActive(person)) return 'the account is not open'
  if (member === undefined || !maySee(task, member)) return 'the person may not see the task any more'
  const project = await facts.projects.project(workspaceId, task.projectId)
  const { id, key, title, due } = task
  const about = {
    id,
    key,
    title,
    workspaceId,
    workspaceName: workspace.name,
    projectName: project?.name ?? key,
  }
  return { task, person, member, shown: due === null ? about : { ...about, due } }
}

const assigned = async (message: About<'assigned'>, facts: Facts): Promise<Verdict> => {
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

const bulk = async (message: About<'bulk'>, { people, workspaces }: Facts): Promise<Verdict> => {
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

const reminder = async (message: About<'reminder'>, facts: Facts, now: string): Promise<Verdict> => {
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

/** Whether somebody is still to be told, judged by the state at the moment of sending, and what the mail says. */
export const verdictOn = async (message: NoticeMessage, facts: Facts, now: string): Promise<Verdict> => {
  switch (message.kind) {
    case 'welcome':
      return welcome(message, facts)
    case 'mfa':
      return mfaChanged(message, facts)
    case 'farewell':
      return farewell(message, facts)
    case 'invited':
      return invited(message, facts, now)
    case 'assigned':
      return assigned(message, facts)
    case 'bulk':
      return bulk(message, facts)
    case 'reminder':
      return reminder(message, facts, now)
  }
}
