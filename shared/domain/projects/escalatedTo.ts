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

/** Whom a project names to be told; nobody once that person has left, or is suspended. */
export const namedIn = async (
  { workspaceId, escalation }: Project,
  workspaces: Pick<WorkspacesByKey, 'member'>,
): Promise<string | undefined> => {
  const userId = escalation?.userId ?? null
  return userId === null ? undefined : (await workspaces.member(workspaceId, userId))?.userId
}

/**
 * Who is told of the overdue tasks of a project: the person it names, else those who were given the project to manage,
 * else who created it.
 */
export const escalatedTo = async (
  project: Project,
  workspaces: Pick<WorkspacesByKey, 'member' | 'members'>,
): Promise<readonly string[]> => {
  if (project.escalation === null) return []
  const named = await namedIn(project, workspaces)
  if (named !== undefined) return [named]
  const managers = await managersOf(project, workspaces)
  return managers.length > 0 ? managers : [project.createdBy]
}
