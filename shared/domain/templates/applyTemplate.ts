import type { TemplateMade, TemplateTask, TemplateUse } from '../../api/schemas/templates.ts'
import { projectFor } from '../access/named.ts'
import { may } from '../access/target.ts'
import { existing, Failure, invalidField } from '../failure.ts'
import type { Stores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import { createProject } from '../projects/useProject.ts'
import { addTogether, idsFor, madeAlready } from '../tasks/createMany.ts'
import { rowOf } from '../tasks/present.ts'
import type { Task } from '../tasks/task.ts'
import type { Call, UseCase } from '../useCase.ts'
import { instantiate } from './instantiate.ts'
import type { Template } from './template.ts'
import { load, type Members, peopleOf, type TemplateAsk, type TemplateStores } from './templateCase.ts'

type ApplyAsk = TemplateAsk<TemplateUse>
interface Loaded {
  readonly template: Template | undefined
  readonly project: Project | undefined
  readonly zone: string
  readonly lastNumber: number
  /** The first task that an earlier run of the request made. */
  readonly made: Task | undefined
}

/** Where the tasks go: exactly one place. */
const checkPlace = ({ ask, member }: Call<ApplyAsk>, template: Template): void => {
  const { projectId, newProject } = ask.body
  if ((projectId === undefined) === (newProject === undefined)) {
    throw invalidField('/projectId', 'must be given, or else newProject')
  }
  if (newProject === undefined) return
  if (template.kind !== 'project') {
    throw invalidField('/newProject', 'is for templates of kind project: name a projectId')
  }
  if (!may(member, 'project.create', {})) throw new Failure('forbidden')
}

/** The tasks as they are called this time. */
const titled = (tasks: readonly TemplateTask[], titles: TemplateUse['titles']): TemplateTask[] => {
  const stray = Object.keys(titles).find((position) => tasks[Number(position)] === undefined)
  if (stray !== undefined) throw invalidField(`/titles/${stray}`, 'must be the position of a task')
  return tasks.map((task, index) => ({ ...task, title: titles[index] ?? task.title }))
}

/** Without people who have left and groups that are gone, and without custom fields of other projects. */
const fitted = (
  tasks: readonly TemplateTask[],
  members: Members,
  { customFields }: Pick<Project, 'customFields'>,
): TemplateTask[] => {
  const known = new Set(customFields.map(({ id }) => id))
  return tasks.map((task) => ({
    ...task,
    assigneeIds: task.assigneeIds.filter((id) => members.get(id) !== undefined),
    assigneeGroupIds: task.assigneeGroupIds.filter((id) => members.get(id) !== undefined),
    customFields: Object.fromEntries(Object.entries(task.customFields).filter(([id]) => known.has(id))),
  }))
}

/** The new project; the one that it already made when the request ran before. */
const founded = async (
  { ask, ...caller }: Call<ApplyAsk>,
  fields: NonNullable<TemplateUse['newProject']>,
  stores: Stores,
): Promise<Pick<Project, 'id' | 'key'>> => {
  const { workspaceId } = ask.params
  const call = { ...caller, ask: { ...ask, params: { workspaceId }, body: { ...fields, escalation: null } } }
  return (await createProject.run(call, undefined, stores)).body
}

/** The tasks, at home where the first of them is: in a new project, or among others. */
const reply = ({ params: { workspaceId }, body }: ApplyAsk, tasks: readonly Task[]) => {
  const projectId = String(tasks[0]?.projectId)
  const made = body.newProject === undefined ? `tasks/${tasks[0]?.id}` : `projects/${projectId}`
  return {
    body: { projectId, items: tasks.map(rowOf) },
    location: `/v1/workspaces/${workspaceId}/${made}`,
  }
}

/** Makes the tasks of a template: all of them or none. */
export const applyTemplate: UseCase<ApplyAsk, TemplateStores, Loaded, TemplateMade> = {
  load: async (ask, stores) => {
    const { workspaceId } = ask.params
    const { projectId } = ask.body
    const [first = ''] = idsFor(1, ask)
    const [template, project, workspace, lastNumber, made] = await Promise.all([
      load(ask, stores),
      projectId === undefined ? undefined : stores.projects.project(workspaceId, projectId),
      stores.workspaces.workspace(workspaceId),
      projectId === undefined ? 0 : stores.tasks.lastNumber(workspaceId, projectId),
      ask.mark === null ? undefined : stores.tasks.madeAs(workspaceId, first),
    ])
    return { template, project, zone: workspace?.zone ?? 'UTC', lastNumber, made }
  },
  run: async (call, { template: loaded, project, zone, lastNumber, made }, stores) => {
    const { ask } = call
    const { params, body, userId, now, mark, through } = ask
    if (made !== undefined) return reply(ask, await madeAlready(ask, params.workspaceId, stores))
    const template = existing(loaded)
    checkPlace(call, template)
    const absent = () => invalidField('/projectId', 'must be a project of this workspace')
    if (body.projectId !== undefined) projectFor(project, call.member, 'task.create', absent)
    const members = await peopleOf(template.tasks, params.workspaceId, stores)
    const tasks = titled(fitted(template.tasks, members, project ?? { customFields: [] }), body.titles)
    const ids = idsFor(tasks.length, ask)
    const making = { userId, now, zone, startDate: body.startDate }
    const drawn = (into: Pick<Project, 'id' | 'key'>) =>
      instantiate({ template: { ...template, tasks }, project: into, ids, lastNumber, mark, through }, making)
    // Whatever would be refused is refused before a project is made for it.
    const into = body.newProject === undefined ? project : undefined
    const draft = drawn(into ?? { id: template.id, key: 'NEW' })
    if (into !== undefined) return reply(ask, await addTogether(draft, stores.tasks))
    const fresh = await founded(call, body.newProject as NonNullable<typeof body.newProject>, stores)
    return reply(ask, await addTogether(drawn(fresh), stores.tasks))
  },
}
