import { Failure } from '../failure.ts'
import type { Tasks } from '../ports.ts'
import { mostTogether } from './createMany.ts'
import type { Task } from './task.ts'

const tooMany = (): Failure =>
  new Failure('conflict', `The task and all below it are more than ${mostTogether}: too many to do at once.`)

/**
 * A task and everything below it that is not in the trash, each behind the one above it. Reads one level after the
 * other; the lists of subtasks follow the writes by a moment.
 * @throws Failure `conflict` beyond 100 tasks
 */
export const subtreeOf = async (root: Task, tasks: Tasks): Promise<readonly Task[]> => {
  const { workspaceId } = root
  const all = [root]
  let level: readonly Task[] = [root]
  while (level.length > 0) {
    const slices = await Promise.all(level.map(({ id }) => tasks.children(workspaceId, id, mostTogether)))
    const ids = slices.flatMap(({ items }) => items)
    if (slices.some(({ more }) => more) || all.length + ids.length > mostTogether) throw tooMany()
    const read = await Promise.all(ids.map((id) => tasks.task(workspaceId, id)))
    const above = new Set(level.map(({ id }) => id))
    level = read.filter(
      (task): task is Task =>
        task !== undefined && task.trashedAt === null && task.parentId !== null && above.has(task.parentId),
    )
    all.push(...level)
  }
  return all
}
