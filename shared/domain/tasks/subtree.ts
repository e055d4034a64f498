import { readable } from '../access/named.ts'
import { Failure } from '../failure.ts'
import { pagesOf } from '../pages.ts'
import type { Tasks } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'
import { mostTogether } from './createMany.ts'
import type { Task } from './task.ts'

const tooMany = (): Failure =>
  new Failure('conflict', `The task and all below it are more than ${mostTogether}: too many to do at once.`)

const placeOf = ({ ranks, projectId, id }: Task): string => `${ranks[projectId]}#${id}`

/** All tasks right below one that a member may read and that are not in the trash, in the order people gave them. */
const childrenOf = async (
  { workspaceId, id: parentId }: Task,
  member: Member,
  tasks: Tasks,
): Promise<readonly Task[]> => {
  const found: Task[] = []
  const page = (after?: string) => tasks.children(workspaceId, parentId, mostTogether, after)
  for await (const ids of pagesOf(page, (id) => id)) {
    const read = await Promise.all(ids.map((id) => tasks.task(workspaceId, id)))
    found.push(
      ...read
        .flatMap((task) => readable(task, member) ?? [])
        .filter((task) => task.parentId === parentId && task.trashedAt === null && task.purge === null),
    )
    if (found.length >= mostTogether) throw tooMany()
  }
  return found.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}

/**
 * A task and everything below it that the member may read and that is not in the trash, each behind the one above it. Reads one level after the
 * other; the lists of subtasks follow the writes by a moment.
 * @throws Failure `conflict` beyond 100 tasks
 */
export const subtreeOf = async (root: Task, member: Member, tasks: Tasks): Promise<readonly Task[]> => {
  const all = [root]
  let level: readonly Task[] = [root]
  while (level.length > 0) {
    level = (await Promise.all(level.map((task) => childrenOf(task, member, tasks)))).flat()
    all.push(...level)
    if (all.length > mostTogether) throw tooMany()
  }
  return all
}
