import type { TemplateCreate, TemplateReply, TemplateTask } from '../../api/schemas/templates.ts'
import { readable } from '../access/named.ts'
import { inProject, may } from '../access/target.ts'
import { made } from '../edited.ts'
import { Failure, invalidField } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Stores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import { subtreeOf } from '../tasks/subtree.ts'
import type { Task } from '../tasks/task.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import { openTasksOf, templateOf } from './fromTasks.ts'
import { contents } from './instantiate.ts'
import { checkTree, isTooLarge, type Template } from './template.ts'
import {
  answer,
  checkFields,
  checkMembers,
  type Named,
  namedIn,
  type TemplateStores,
} from './templateCase.ts'

type CreateAsk = Ask<{ workspaceId: string }, unknown, TemplateCreate>
interface Loaded {
  readonly task: Task | undefined
  readonly project: Project | undefined
  readonly named: Named
}

type Content = Pick<Template, 'kind' | 'tasks'>

/**
 * Tasks as somebody wrote them down: each could be made today.
 * @param present tasks that the template has already
 */
export const checkContent = (
  { kind, tasks }: { readonly kind: Template['kind']; readonly tasks: readonly TemplateTask[] },
  { members, declared }: Named,
  { ask: { userId, now }, member }: Pick<Call, 'ask' | 'member'>,
  present: readonly TemplateTask[] = [],
): void => {
  checkTree(kind, tasks)
  checkMembers(tasks, members, member)
  checkFields(tasks, declared, member, present)
  contents(tasks, { userId, now, zone: 'UTC', startDate: now.slice(0, 10) })
}

const fromTasks = (kind: Content['kind'], all: readonly Task[], userId: string): Content => {
  if (all.length === 0) throw new Failure('conflict', 'The project has no open task.')
  const tasks = templateOf(all, userId)
  if (isTooLarge(tasks)) throw new Failure('conflict', 'The tasks take more than a template holds: 200 KB.')
  checkTree(kind, tasks)
  return { kind, tasks }
}

const contentOf = async (
  call: Call<CreateAsk>,
  { task: seen, project, named }: Loaded,
  { tasks }: Stores,
): Promise<Content> => {
  const { ask, member } = call
  const { body, userId, params } = ask
  if ('tasks' in body) {
    checkContent(body, named, call)
    return { kind: body.kind, tasks: body.tasks }
  }
  if ('fromTaskId' in body) {
    const task = readable(seen, member)
    if (task === undefined || task.trashedAt !== null || task.purge !== null) {
      throw invalidField('/fromTaskId', 'must be a task of this workspace')
    }
    // What the task itself stands below is not part of it.
    return fromTasks('task', await subtreeOf(task, member, tasks), userId)
  }
  if (project === undefined || !may(member, 'project.read', inProject(project.id))) {
    throw invalidField('/fromProjectId', 'must be a project of this workspace')
  }
  return fromTasks('project', await openTasksOf(params.workspaceId, project.id, tasks), userId)
}

const unexpected = (): Failure => new Failure('conflict', 'Another template has this id. Try again.')

export const createTemplate: UseCase<CreateAsk, TemplateStores, Loaded, TemplateReply> = {
  load: async ({ params: { workspaceId }, body }, stores) => {
    const [task, project, named] = await Promise.all([
      'fromTaskId' in body ? stores.tasks.task(workspaceId, body.fromTaskId) : undefined,
      'fromProjectId' in body ? stores.projects.project(workspaceId, body.fromProjectId) : undefined,
      namedIn('tasks' in body ? body.tasks : [], workspaceId, stores),
    ])
    return { task, project, named }
  },
  run: async (call, loaded, stores) => {
    const { ask, member } = call
    const { now, userId, params, body, mark } = ask
    const template: Template = {
      ...(await contentOf(call, loaded, stores)),
      id: makeId('template', Date.parse(now), randomSeed()),
      workspaceId: params.workspaceId,
      name: body.name,
      description: body.description,
      createdAt: now,
      createdBy: userId,
      updatedAt: now,
      updatedBy: userId,
      version: 1,
    }
    const created = made(await stores.templates.add(template, mark), template, mark, unexpected)
    return {
      ...answer(created, member),
      location: `/v1/workspaces/${created.workspaceId}/templates/${created.id}`,
    }
  },
}
