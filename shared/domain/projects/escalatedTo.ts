import { allOf } from '../pages.ts'
import type { WorkspacesByKey } from '../ports.ts'
import { isActive, type Member } from '../workspaces/workspace.ts'
import type { Project } from './project.ts'

const pageSize = 250

/** Whether somebody was given the project to manage. */
export const managesProject = ({ projectRoles }: Member, projectId: string): boolean =>
  projectRoles?.[projectId] === 'manager'

const managersOf = async (
  { workspaceId, id }: Project,
  workspaces: Pick<WorkspacesByKey, 'members'>,
): Promise<string[]> => {
  const page = (after?: string) => workspaces.members(workspaceId, pageSize, after)
  const all = await allOf(page, ({ userId }) => userId)
  return all.filter((one) => isActive(one) && managesProject(one, id)).map(({ userId }) => userId)
}

/**
 * Who is told of the overdue tasks of a project: the person it names, else those who were given the project to manage,
 * else who created it.
 */
export const escalatedTo = async (
  project: Project,
  workspaces: Pick<WorkspacesByKey, 'members'>,
): Promise<readonly string[]> => {
  if (project.escalation === null) return []
  if (project.escalation.userId !== null) return [project.escalation.userId]
  const managers = await managersOf(project, workspaces)
  return managers.length > 0 ? managers : [project.createdBy]
}
