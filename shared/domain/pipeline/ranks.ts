import { maxRankLength } from '../order/rank.ts'
import { inTransactions } from '../order/rebalance.ts'
import { firstReach, windowFor } from '../order/window.ts'
import type { Tasks } from '../ports.ts'
import type { Task } from '../tasks/task.ts'
import type { Derived } from './derived.ts'
import { inProject, type Neighbour, stretchAround } from './neighbours.ts'
import type { TaskChange } from './record.ts'

interface Around {
  readonly tasks: Tasks
  readonly derived: Pick<Derived, 'rerank' | 'placeLinks'>
}

/** Windows that one record is followed by; should others win every race, the next long rank goes on. */
const turns = 10

/** The window to rank anew around a task; `undefined` when more neighbours than one can read would be needed. */
const windowAround = async (at: Neighbour, projectId: string, tasks: Tasks) => {
  let seen = 0
  for (let reach = firstReach; ; reach *= 4) {
    const stretch = await stretchAround(at, projectId, reach, tasks)
    const window = windowFor(stretch)
    if (window !== undefined || stretch.items.length <= seen) return window
    seen = stretch.items.length
  }
}

/** Ranks one window anew; whatever somebody else changes meanwhile stays as it is, and what is behind it waits. */
const rerankAround = async (
  at: Neighbour,
  projectId: string,
  { tasks, derived }: Around,
): Promise<boolean> => {
  const window = await windowAround(at, projectId, tasks)
  if (window === undefined) return false
  const taskOf = new Map((window.items as readonly Neighbour[]).map(({ id, task }) => [id, task]))
  for (const changes of inTransactions(window.items, window.ranks)) {
    const all = changes.map(({ id, rank }) => ({ task: taskOf.get(id) as Task, rank }))
    if (!(await derived.rerank(projectId, all))) break
  }
  return true
}

const isLong = (at: Neighbour | undefined): at is Neighbour =>
  at !== undefined && at.rank.length > maxRankLength

const shorten = async ({ workspaceId, id }: Task, projectId: string, around: Around): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) {
    const at = inProject(await around.tasks.task(workspaceId, id), projectId)
    if (!isLong(at) || !(await rerankAround(at, projectId, around))) return
  }
}

/**
 * Shortens the ranks around one that has grown long, in every project where this change has made one; and where the
 * machinery has given a task another rank, moves its links along. Neither is a change that people see.
 */
export const followRanks = async ({ before, after }: TaskChange, around: Around): Promise<void> => {
  if (after === undefined) return
  const changed = Object.keys(after.ranks).filter((id) => after.ranks[id] !== before?.ranks[id])
  for (const projectId of changed) {
    if (isLong(inProject(after, projectId))) await shorten(after, projectId, around)
  }
  // Links of a version are written with its history line.
  if (changed.length > 0 && before?.version === after.version) await around.derived.placeLinks(after, changed)
}
