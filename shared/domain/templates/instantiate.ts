import type { Through } from '../../api/schemas/record.ts'
import type { TaskCreate } from '../../api/schemas/task.ts'
import type { TemplateTask } from '../../api/schemas/templates.ts'
import { derivedSeed } from '../ids.ts'
import { firstRank } from '../order/rank.ts'
import type { Project } from '../projects/project.ts'
import { pathUnder } from '../structure/hierarchy.ts'
import { fieldsOf, newTask } from '../tasks/draft.ts'
import type { RequestMark, Task } from '../tasks/task.ts'
import { inTask } from './inTask.ts'
import { momentAfter } from './relative.ts'
import type { Template } from './template.ts'

/** The body with which a task of a template would be created by hand. */
const bodyOf = (task: TemplateTask, startDate: string, zone: string): TaskCreate => {
  const { checklist, parent: _, due, start, ...fields } = task
  return {
    ...fields,
    status: 'open',
    due: momentAfter(startDate, due, zone),
    start: momentAfter(startDate, start, zone),
    watcherIds: [],
    parentId: null,
    metadata: {},
    checklist: checklist.map((text) => ({ text, done: false })),
  }
}

export interface Making {
  readonly userId: string
  readonly now: string
  /** Of the workspace, for moments that name none. */
  readonly zone: string
  /** RFC 3339 `full-date`. */
  readonly startDate: string
}

/**
 * The fields of each task of a template, begun on a day.
 * @throws Failure `invalid-request` with pointers into the template, for a recurrence without a date, or one that
 * never happens
 */
export const contents = (tasks: readonly TemplateTask[], { startDate, zone, ...maker }: Making) =>
  tasks.map((task, index) => inTask(index, () => fieldsOf(bodyOf(task, startDate, zone), { ...maker, zone })))

interface Births {
  readonly template: Pick<Template, 'id' | 'workspaceId' | 'tasks'>
  readonly project: Pick<Project, 'id' | 'key'>
  readonly ids: readonly string[]
  readonly lastNumber: number
  readonly mark: RequestMark | null
  readonly through: Through
}

/** New tasks, in the order of the template, each below the one that it stands below there. */
export const instantiate = (births: Births, making: Making): Task[] => {
  const { template, project, ids, lastNumber, mark, through } = births
  const { userId, now } = making
  const made: Task[] = []
  for (const [index, fields] of contents(template.tasks, making).entries()) {
    const id = ids[index] as string
    const parent = template.tasks[index]?.parent ?? null
    const above = parent === null ? undefined : made[parent]
    const birth = {
      id,
      workspaceId: template.workspaceId,
      project,
      number: lastNumber + 1 + index,
      userId,
      now,
      origin: mark,
      through,
      cause: { kind: 'template', templateId: template.id } as const,
    }
    const place = above ? { parentId: above.id, ancestorIds: pathUnder(above) } : {}
    const ranks = { [project.id]: firstRank(Date.parse(now) + index, derivedSeed(id)) }
    made.push(newTask(birth, { ...fields, ranks, parentId: null, ancestorIds: [], ...place }))
  }
  return made
}
