import { managesProject, namedIn } from '../../projects/escalatedTo.ts'
import type { Project } from '../../projects/project.ts'
import type { DueKind } from '../../tasks/dueTimes.ts'
import { occurrences } from '../../tasks/reminders.ts'
import type { Task } from '../../tasks/task.ts'
import type { Member } from '../../workspaces/workspace.ts'
import { type Facts, type Judge, no, recipientOf } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'
import { subjectOf } from '../subject.ts'
import { isLate, isToldOf } from '../told.ts'

/** Whether the due date still puts that there. */
const stands = (kind: DueKind, at: string, task: Task): boolean =>
  occurrences(task).some((one) => one.kind === kind && one.at === at)

const moved = 'the due date was moved, or the task is closed'

/** Judges what is told to those whose task it is. */
export const ofDue =
  (kind: 'dueSoon' | 'due' | 'overdue'): Judge<typeof kind> =>
  async (message, facts, now) => {
    const subject = await subjectOf(message, facts)
    if (typeof subject === 'string') return no(subject)
    const { task, person, shown } = subject
    const { at } = message
    if (!stands(kind, at, task)) return no(moved)
    if (!(await isToldOf(subject, null, facts))) return no('the task is not of this person any more')
    return {
      send: true,
      notice: { kind, id: noticeIdOf(message), task: shown, at, sentAt: now, late: isLate(at, now) },
      recipient: recipientOf(person),
    }
  }

/** Whether somebody is still to be told of the overdue tasks of a project. */
const isEscalatedTo = async (member: Member, project: Project, { workspaces }: Facts): Promise<boolean> => {
  if (project.escalation === null) return false
  const named = await namedIn(project, workspaces)
  if (named !== undefined) return named === member.userId
  return project.createdBy === member.userId || managesProject(member, project.id)
}

/** Names of the people and groups whose task it is; without those who are gone. */
const namesOf = async (
  { workspaceId, assigneeIds, assigneeGroupIds }: Task,
  { workspaces }: Facts,
): Promise<string[]> => {
  const all = await Promise.all([
    ...assigneeIds.map((id) => workspaces.member(workspaceId, id)),
    ...assigneeGroupIds.map((id) => workspaces.group(workspaceId, id)),
  ])
  return all.flatMap((one) => one?.name ?? [])
}

export const escalated: Judge<'escalated'> = async (message, facts) => {
  const subject = await subjectOf(message, facts)
  if (typeof subject === 'string') return no(subject)
  const { task, person, member, shown } = subject
  if (!stands('escalated', message.at, task) || task.dueAt === null) return no(moved)
  const [project, assignees] = await Promise.all([
    facts.projects.project(task.workspaceId, task.projectId),
    namesOf(task, facts),
  ])
  if (project === undefined || !(await isEscalatedTo(member, project, facts)))
    return no('the person is not told of overdue tasks of the project any more')
  return {
    send: true,
    notice: {
      kind: 'escalated',
      id: noticeIdOf(message),
      task: shown,
      overdueSince: task.dueAt,
      assignees,
    },
    recipient: recipientOf(person),
  }
}
