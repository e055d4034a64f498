import type { TaskCreate } from '../../api/schemas/task.ts'
import { readable } from '../access/named.ts'
import { notFound } from '../failure.ts'
import type { Projects, Tasks, WorkspacesByKey } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import type { Ask, Call } from '../useCase.ts'
import { checkCustomFields, type Declared, fieldsIn, requireFields } from './customFields.ts'
import { fieldsOf, newTask } from './draft.ts'
import { placeOfNew } from './parents.ts'
import { checkPeople, type Everybody, peopleIn } from './people.ts'
import type { Task } from './task.ts'

/** What a new task depends on. */
export interface DraftParts {
  readonly project: Project | undefined
  readonly zone: string
  readonly members: Everybody
  readonly declared: Declared
  readonly parent: Task | undefined
}

interface DraftStores {
  readonly projects: Pick<Projects, 'project' | 'field'>
  readonly workspaces: Pick<WorkspacesByKey, 'workspace' | 'member' | 'group'>
  readonly tasks: Pick<Tasks, 'task'>
}

/** Reads all of it in one turn. */
export const draftParts = async (
  body: TaskCreate,
  { workspaceId, projectId }: { readonly workspaceId: string; readonly projectId: string },
  { projects, workspaces, tasks }: DraftStores,
): Promise<DraftParts> => {
  const [project, workspace, members, declared, parent] = await Promise.all([
    projects.project(workspaceId, projectId),
    workspaces.workspace(workspaceId),
    peopleIn(body, workspaceId, workspaces),
    fieldsIn([body], workspaceId, { projects, workspaces }),
    body.parentId === null ? undefined : tasks.task(workspaceId, body.parentId),
  ])
  return { project, zone: workspace?.zone ?? 'UTC', members, declared, parent }
}

/**
 * The task that a body asks for.
 * @throws Failure `not-found` without a project, `invalid-request` for what does not fit it
 */
export const drafted = (
  { ask, member }: Pick<Call<Ask<unknown, unknown, TaskCreate>>, 'ask' | 'member'>,
  { project, zone, members, declared, parent }: DraftParts,
  { id, number }: Pick<Task, 'id'> & { readonly number: number },
): Task => {
  if (project === undefined) throw notFound()
  const { body, userId, now, through, mark: origin } = ask
  checkPeople(body, members, member)
  checkCustomFields(body, declared, { projectId: project.id })
  requireFields(body, project)
  const birth = { id, workspaceId: project.workspaceId, project, number, userId, now, origin, through }
  const place = placeOfNew(body.parentId, readable(parent, member))
  return newTask(birth, { ...fieldsOf(body, { userId, now, zone }), ...place })
}
