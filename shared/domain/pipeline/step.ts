import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { remembering } from '../groups/everybody.ts'
import type { Groups } from '../groups/ports.ts'
import type { Projects, WorkspacesByKey } from '../ports.ts'
import { escalatedTo } from '../projects/escalatedTo.ts'
import { escalationTime } from '../projects/escalation.ts'
import type { Project } from '../projects/project.ts'
import { nextOccurrence, type Occurrence, occurrencesIn, recipientsOf } from '../tasks/reminders.ts'
import type { Task } from '../tasks/task.ts'

export interface ToldWorld {
  readonly groups: Pick<Groups, 'places'>
  readonly projects: Pick<Projects, 'project'>
  readonly workspaces: Pick<WorkspacesByKey, 'member' | 'members'>
}

/** What a sweep asks for once, however many tasks need it. */
export interface Known {
  readonly inGroup: ReturnType<typeof remembering>
  readonly project: (workspaceId: string, projectId: string) => Promise<Project | undefined>
  /** Who is told of overdue tasks of a project. */
  readonly escalatedTo: (project: Project) => Promise<readonly string[]>
}

const once = <Value>(ask: () => Promise<Value>, key: string, known: Map<string, Promise<Value>>) => {
  const value = known.get(key) ?? ask()
  known.set(key, value)
  return value
}

export const knownOf = ({ groups, projects, workspaces }: ToldWorld): Known => {
  const read = new Map<string, Promise<Project | undefined>>()
  const told = new Map<string, Promise<readonly string[]>>()
  return {
    inGroup: remembering(groups),
    project: (workspaceId, projectId) =>
      once(() => projects.project(workspaceId, projectId), `${workspaceId} ${projectId}`, read),
    escalatedTo: (project) =>
      once(() => escalatedTo(project, workspaces), `${project.workspaceId} ${project.id}`, told),
  }
}

/** Where a task goes in the time index. */
export type Advance = Pick<Task, 'remindedUntil' | 'remindAt' | 'escalateAt'>

interface Step {
  readonly messages: readonly NoticeMessage[]
  readonly to: Advance
}

const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString()

/**
 * When an escalation is due, by the project as it is now: settled once the task has become overdue, and looked at again
 * when its time has come, so that one that is off, or further away by now, is not told.
 */
const settledEscalation = (
  task: Task,
  due: readonly Occurrence[],
  project: Project | undefined,
  now: string,
) => {
  const wanted = task.dueAt && escalationTime(project?.escalation ?? null, task.dueAt)
  const isNew = due.some(({ kind }) => kind === 'lapsed')
  return isNew || wanted === null || wanted > now ? wanted : task.escalateAt
}

const looksAtProject = ({ kind }: Occurrence): boolean => kind === 'lapsed' || kind === 'escalated'

/**
 * The state that a sweep tells of: with its escalation settled, and as far as that. What a message says must stand in
 * the task before the message is judged: of an escalation that is settled now and due already, the next sweep tells.
 */
const settled = async (task: Task, now: string, known: Known): Promise<{ task: Task; until: string }> => {
  const due = occurrencesIn(task, task.remindedUntil, now)
  if (!due.some(looksAtProject)) return { task, until: now }
  const project = await known.project(task.workspaceId, task.projectId)
  const escalateAt = settledEscalation(task, due, project, now)
  const isHeld = escalateAt !== null && escalateAt !== task.escalateAt && escalateAt <= now
  return { task: { ...task, escalateAt }, until: isHeld ? justBefore(escalateAt) : now }
}

/** People told by something that a task has to say; nobody by what is only noted. */
const toldOf = async (one: Occurrence, task: Task, known: Known): Promise<readonly string[]> => {
  if (one.kind === 'lapsed') return []
  if (one.kind === 'escalated') {
    const project = await known.project(task.workspaceId, task.projectId)
    return project === undefined ? [] : known.escalatedTo(project)
  }
  const inGroups = await Promise.all(task.assigneeGroupIds.map((id) => known.inGroup(task.workspaceId, id)))
  return recipientsOf(one.kind === 'reminder' ? one.reminder : { userId: null }, task, inGroups.flat())
}

const messagesOf = async (one: Occurrence, task: Task, known: Known): Promise<NoticeMessage[]> => {
  const common = { workspaceId: task.workspaceId, taskId: task.id, at: one.at }
  const { kind } = one
  if (kind === 'lapsed') return []
  const told = await toldOf(one, task, known)
  return told.map((userId) =>
    kind === 'reminder'
      ? { kind, ...common, reminderId: one.reminder.id, userId }
      : { kind, ...common, userId },
  )
}

/** What a task has to say at `now`, to whom, and where it goes in the time index once that was handed on. */
export const stepOf = async (seen: Task, now: string, known: Known): Promise<Step> => {
  const { task, until } = await settled(seen, now, known)
  const due = occurrencesIn(task, task.remindedUntil, until)
  const messages: NoticeMessage[] = []
  for (const one of due) messages.push(...(await messagesOf(one, task, known)))
  return {
    messages,
    to: { remindedUntil: until, remindAt: nextOccurrence(task, until), escalateAt: task.escalateAt },
  }
}
