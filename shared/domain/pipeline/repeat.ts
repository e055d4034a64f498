import type { Stores, Tasks } from '../ports.ts'
import { repeatedSubtask } from '../tasks/successor.ts'
import type { Task } from '../tasks/task.ts'
import { addOnce } from './addOnce.ts'

/** As many subtasks as come again with a task; what goes beyond stays with the occurrence that was completed. */
const mostRepeated = 100

/** Subtasks right below a task that come again with it: those that recur have a series of their own. */
const repeatable = async (parent: Task, tasks: Tasks): Promise<Task[]> => {
  const { items } = await tasks.children(parent.workspaceId, parent.id, mostRepeated)
  const children = await Promise.all(items.map((id) => tasks.task(parent.workspaceId, id)))
  return children.filter(
    (child): child is Task =>
      child !== undefined &&
      child.parentId === parent.id &&
      child.trashedAt === null &&
      child.recurrence === null,
  )
}

/** Puts what stands below the completed task under the next occurrence as well. Doing it again meets what is there. */
export const repeatSubtree = async (
  done: Task,
  next: Task,
  stores: Pick<Stores, 'tasks' | 'records'>,
): Promise<void> => {
  const { tasks } = stores
  let nth = 0
  let level = [{ original: done, copy: next }]
  while (level.length > 0) {
    const below: typeof level = []
    for (const { original, copy: parent } of level) {
      for (const child of await repeatable(original, tasks)) {
        if (++nth > mostRepeated) return
        const number = (await tasks.lastNumber(child.workspaceId, child.projectId)) + nth
        const copy = repeatedSubtask(child, { done, next, parent, number, nth })
        if ((await addOnce(copy, stores)) !== undefined) below.push({ original: child, copy })
      }
    }
    level = below
  }
}
