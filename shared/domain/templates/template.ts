import type { TemplateReply, TemplateRow, TemplateTask, templateKinds } from '../../api/schemas/templates.ts'
import { allowedActions } from '../access/permissions.ts'
import { invalidField } from '../failure.ts'
import type { Created, Slice, Written } from '../ports.ts'
import { isTooDeep } from '../structure/hierarchy.ts'
import type { RequestMark } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'

export interface Template {
  readonly id: string
  readonly workspaceId: string
  /** One task with what is below it, or what stands in a project. */
  readonly kind: (typeof templateKinds)[number]
  readonly name: string
  readonly description: string
  /** Each behind the one above it. */
  readonly tasks: readonly TemplateTask[]
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly version: number
}

export interface Templates {
  template(workspaceId: string, templateId: string): Promise<Template | undefined>
  templates(workspaceId: string, limit: number, after?: string): Promise<Slice<Template>>
  add(template: Template, mark: RequestMark | null): Promise<Created<Template>>
  edit(template: Template): Promise<Written<Template>>
  /** Loses to any write since the state it was read in. */
  remove(template: Template): Promise<Written<Template>>
}

const mostBytes = 200_000
export const isTooLarge = (tasks: readonly TemplateTask[]): boolean =>
  Buffer.byteLength(JSON.stringify(tasks)) > mostBytes

const levelsOf = (tasks: readonly TemplateTask[]): string[][] => {
  const paths: string[][] = []
  for (const [index, { parent }] of tasks.entries()) {
    if (parent !== null && parent >= index) {
      throw invalidField(`/tasks/${index}/parent`, 'must be the position of a task that comes before')
    }
    paths.push(parent === null ? [] : [...(paths[parent] ?? []), String(parent)])
  }
  return paths
}

/**
 * Tasks that fit together and into one item.
 * @throws Failure `invalid-request`
 */
export const checkTree = (kind: Template['kind'], tasks: readonly TemplateTask[]): void => {
  for (const [index, ancestorIds] of levelsOf(tasks).entries()) {
    const { parent } = tasks[index] as TemplateTask
    if (parent !== null && isTooDeep({ ancestorIds: ancestorIds.slice(1) })) {
      throw invalidField(`/tasks/${index}/parent`, 'tasks nest at most eight levels deep')
    }
    if (kind === 'task' && (parent === null) !== (index === 0)) {
      throw invalidField(
        `/tasks/${index}/parent`,
        'a template of kind task has one task at the top, the first',
      )
    }
  }
  if (isTooLarge(tasks)) {
    throw invalidField('/tasks', `must be at most ${mostBytes} bytes of JSON`)
  }
}

export const rowOf = (template: Template, { role, userId }: Member): TemplateRow => ({
  id: template.id,
  workspaceId: template.workspaceId,
  kind: template.kind,
  name: template.name,
  description: template.description,
  count: template.tasks.length,
  createdAt: template.createdAt,
  createdBy: template.createdBy,
  updatedAt: template.updatedAt,
  version: template.version,
  allowedActions: allowedActions(role, 'template', template.createdBy === userId),
})

export const present = (template: Template, member: Member): TemplateReply => ({
  ...rowOf(template, member),
  tasks: [...template.tasks],
})
