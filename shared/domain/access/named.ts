import type { Action } from '../../api/actions.ts'
import { Failure } from '../failure.ts'
import type { Project } from '../projects/project.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'
import { inProject, may } from './target.ts'

/** A task that a request names beside its target: not there for whoever may not read it. */
export const readable = (task: Task | undefined, member: Member): Task | undefined =>
  task !== undefined && may(member, 'task.read', aboutTask(task)) ? task : undefined

/**
 * A project that a request names beside its target, for an action there.
 * @param absent what is answered where there is none, or none that the caller may know of
 * @throws Failure `forbidden` to whoever may see the project, and no more
 */
export const projectFor = (
  project: Project | undefined,
  member: Member,
  action: Action,
  absent: () => Failure,
): Project => {
  if (project === undefined || !may(member, 'project.read', inProject(project.id))) throw absent()
  if (!may(member, action, inProject(project.id))) throw new Failure('forbidden')
  return project
}
