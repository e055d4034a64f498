import type { TaskOfNotice } from '../../mail/notice.ts'
import { may } from '../access/target.ts'
import type { Person } from '../account/person.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'
import { type Facts, isActive } from './facts.ts'

/** May this person still see this task? */
const maySee = (task: Task, member: Member): boolean => may(member, 'task.read', aboutTask(task))

export interface Subject {
  readonly task: Task
  readonly person: Person
  readonly member: Member
  readonly shown: TaskOfNotice
}

/** Task, person and what a notice shows of the task; a sentence that says why the person is not to be told. */
export const subjectOf = async (
  message: { readonly workspaceId: string; readonly taskId: string; readonly userId: string },
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
