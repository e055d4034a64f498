import type { TemplateReply, TemplateTask } from '../../api/schemas/templates.ts'
import { notFound } from '../failure.ts'
import type { Stores } from '../ports.ts'
import { checkPeople, peopleIn } from '../tasks/people.ts'
import type { Ask, Outcome } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { inTask } from './inTask.ts'
import { present, type Template, type Templates } from './template.ts'

/** What the routes of templates have in common. */
export type TemplateStores = Stores & { readonly templates: Templates }
export interface TemplateParams {
  readonly workspaceId: string
  readonly templateId: string
}
export type TemplateAsk<Body = unknown> = Ask<TemplateParams, unknown, Body>

export const load = ({ params }: TemplateAsk, { templates }: TemplateStores): Promise<Template | undefined> =>
  templates.template(params.workspaceId, params.templateId)

export const existing = (template: Template | undefined): Template => {
  if (template === undefined) throw notFound()
  return template
}

export const owners = (template: Template | undefined): readonly string[] => [existing(template).createdBy]

export const answer = (template: Template, member: Member): Outcome<TemplateReply> => ({
  body: present(template, member),
  version: template.version,
})

export type Members = Awaited<ReturnType<typeof peopleIn>>

/** Everybody whom these tasks name, as members of the workspace or not. */
export const peopleOf = (
  tasks: readonly TemplateTask[],
  workspaceId: string,
  { workspaces }: Pick<Stores, 'workspaces'>,
): Promise<Members> => {
  const assigneeIds = tasks.flatMap((task) => task.assigneeIds)
  return peopleIn({ assigneeIds }, workspaceId, workspaces)
}

/** Everybody whom these tasks name must be a member. */
export const checkMembers = (tasks: readonly TemplateTask[], members: Members): void => {
  for (const [index, { assigneeIds }] of tasks.entries()) {
    inTask(index, () => checkPeople({ assigneeIds }, members))
  }
}
