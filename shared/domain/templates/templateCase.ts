import type { TemplateReply, TemplateTask } from '../../api/schemas/templates.ts'
import { inProject, may, type Target } from '../access/target.ts'
import { existing, invalidField } from '../failure.ts'
import type { Stores } from '../ports.ts'
import { type Declared, fieldsIn } from '../tasks/customFields.ts'
import { checkPeople, peopleIn } from '../tasks/people.ts'
import type { Ask, Outcome } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { inTask } from './inTask.ts'
import { present, type Template, type Templates } from './template.ts'

/** What the routes of templates have in common. */
export type TemplateStores = Stores & { readonly templates: Templates }
interface TemplateParams {
  readonly workspaceId: string
  readonly templateId: string
}
export type TemplateAsk<Body = unknown> = Ask<TemplateParams, unknown, Body>

export const load = ({ params }: TemplateAsk, { templates }: TemplateStores): Promise<Template | undefined> =>
  templates.template(params.workspaceId, params.templateId)

export const about = (template: Template | undefined): Target => ({ owners: [existing(template).createdBy] })

export const answer = (template: Template, member: Member): Outcome<TemplateReply> => ({
  body: present(template, member),
  version: template.version,
})

export type Members = Awaited<ReturnType<typeof peopleIn>>

/** Everybody whom these tasks name, as members and groups of the workspace or not. */
export const peopleOf = (
  tasks: readonly TemplateTask[],
  workspaceId: string,
  { workspaces }: Pick<Stores, 'workspaces'>,
): Promise<Members> => {
  const assigneeIds = tasks.flatMap((task) => task.assigneeIds)
  const assigneeGroupIds = tasks.flatMap((task) => task.assigneeGroupIds)
  return peopleIn({ assigneeIds, assigneeGroupIds }, workspaceId, workspaces)
}

/** Different people and custom fields that one body may name: each is looked up. */
const namedLimit = 200

export interface Named {
  readonly members: Members
  readonly declared: Declared
}

/** Everybody and every custom field that the tasks of a body name, there or not. */
export const namedIn = async (
  tasks: readonly TemplateTask[],
  workspaceId: string,
  stores: Pick<Stores, 'workspaces' | 'projects'>,
): Promise<Named> => {
  const names = tasks.flatMap(({ assigneeIds, assigneeGroupIds, customFields }) => [
    ...assigneeIds,
    ...assigneeGroupIds,
    ...Object.entries(customFields).flat(),
  ])
  if (new Set(names).size > namedLimit) {
    throw invalidField('/tasks', `must name at most ${namedLimit} different people, groups and custom fields`)
  }
  const [members, declared] = await Promise.all([
    peopleOf(tasks, workspaceId, stores),
    fieldsIn(tasks, workspaceId, stores),
  ])
  return { members, declared }
}

/**
 * Custom fields must be of some project that the caller may read; those that stand in the template already may stay.
 */
export const checkFields = (
  tasks: readonly TemplateTask[],
  { fields }: Declared,
  caller: Member,
  present: readonly TemplateTask[] = [],
): void => {
  const kept = new Set(present.flatMap(({ customFields }) => Object.keys(customFields)))
  const isKnown = (id: string): boolean => {
    const field = fields.get(id)
    return field !== undefined && may(caller, 'project.read', inProject(field.projectId))
  }
  for (const [index, { customFields }] of tasks.entries()) {
    const strange = Object.keys(customFields).find((id) => !isKnown(id) && !kept.has(id))
    if (strange !== undefined) {
      throw invalidField(
        `/tasks/${index}/customFields/${strange}`,
        'must be a custom field of a project of this workspace',
      )
    }
  }
}

/** Everybody whom these tasks name must be of the workspace. */
export const checkMembers = (tasks: readonly TemplateTask[], members: Members, caller: Member): void => {
  for (const [index, { assigneeIds, assigneeGroupIds }] of tasks.entries()) {
    inTask(index, () => checkPeople({ assigneeIds, assigneeGroupIds }, members, caller))
  }
}
