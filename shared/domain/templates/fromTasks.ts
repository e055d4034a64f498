import type { TemplateTask } from '../../api/schemas/templates.ts'
import { Failure } from '../failure.ts'
import type { Tasks } from '../ports.ts'
import { mostTogether } from '../tasks/createMany.ts'
import { checklistOf } from '../tasks/present.ts'
import type { Task } from '../tasks/task.ts'
import { dateOf, relativeTo } from './relative.ts'

const mostDays = 3_650

/** The earliest date of all, from which the others are counted. */
const startOf = (tasks: readonly Task[]): string =>
  tasks
    .flatMap(({ start, due }) => [start, due])
    .flatMap((moment) => (moment === null ? [] : dateOf(moment)))
    .sort()[0] ?? '2000-01-01'

/** Reminders that go with a date; those of other people stay with them. */
const remindersOf = ({ reminders }: Task, userId: string): TemplateTask['reminders'] =>
  reminders.flatMap((reminder) => {
    if (!('relativeTo' in reminder) || (reminder.userId !== null && reminder.userId !== userId)) return []
    const { relativeTo, minutesBefore } = reminder
    return [{ relativeTo, minutesBefore, for: reminder.userId === null ? 'assignees' : 'me' } as const]
  })

/** The rule alone: dates that are left out are of one series. */
const ruleOf = ({ recurrence }: Task): TemplateTask['recurrence'] => {
  if (recurrence === null) return null
  const { rule, from, catchUp, monthEnd } = recurrence
  return { rule, from, catchUp, monthEnd, exclude: [] }
}

/** Each behind the one above it, those of one parent in the order they came in. */
const inOrder = (tasks: readonly Task[]): readonly Task[] => {
  const ids = new Set(tasks.map(({ id }) => id))
  const below = (parentId: string | null): readonly Task[] =>
    tasks
      .filter(
        (task) => (task.parentId !== null && ids.has(task.parentId) ? task.parentId : null) === parentId,
      )
      .flatMap((task) => [task, ...below(task.id)])
  return below(null)
}

/**
 * Tasks as a template has them: dates as days after the earliest, who is assigned, what is to be done. Neither time,
 * files, links nor history.
 * @throws Failure `conflict` when dates lie more than ten years apart
 */
export const templateOf = (tasks: readonly Task[], userId: string): TemplateTask[] => {
  const all = inOrder(tasks)
  const startDate = startOf(all)
  const made = all.map((task): TemplateTask => {
    const parent = all.findIndex(({ id }) => id === task.parentId)
    return {
      title: task.title,
      description: task.description,
      priority: task.priority,
      estimateMinutes: task.estimateMinutes,
      tags: [...task.tags],
      checklist: checklistOf(task).map(({ text }) => text),
      due: relativeTo(startDate, task.due),
      start: relativeTo(startDate, task.start),
      reminders: remindersOf(task, userId),
      recurrence: ruleOf(task),
      assigneeIds: [...task.assigneeIds],
      assigneeGroupIds: [...task.assigneeGroupIds],
      customFields: task.customFields,
      parent: parent < 0 ? null : parent,
    }
  })
  if (made.some(({ due, start }) => (due?.inDays ?? 0) > mostDays || (start?.inDays ?? 0) > mostDays)) {
    throw new Failure('conflict', `The dates of these tasks lie more than ${mostDays} days apart.`)
  }
  return made
}

/**
 * The open tasks of a project, in its order.
 * @throws Failure `conflict` beyond 100
 */
export const openTasksOf = async (
  workspaceId: string,
  projectId: string,
  tasks: Tasks,
): Promise<readonly Task[]> => {
  const { rows, more } = await tasks.list({
    workspaceId,
    of: { projectId },
    life: 'active',
    statuses: ['open', 'in_progress', 'blocked'],
    sort: 'rank',
    descending: false,
    limit: mostTogether,
  })
  if (more) throw new Failure('conflict', `The project has more than ${mostTogether} open tasks.`)
  const read = await Promise.all(rows.map(({ row }) => tasks.task(workspaceId, row.id)))
  return read.filter((task) => task !== undefined).filter((task) => task.projectId === projectId)
}
