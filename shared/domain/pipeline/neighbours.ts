import { lifeStates, statuses } from '../../api/schemas/task.ts'
import { compareRanked, type Ranked } from '../order/rank.ts'
import type { Stretch } from '../order/window.ts'
import type { Tasks } from '../ports.ts'
import type { Task } from '../tasks/task.ts'

/** A task as it stands in the list of one project. */
export interface Neighbour extends Ranked {
  readonly task: Task
}

export const inProject = (task: Task | undefined, projectId: string): Neighbour | undefined => {
  const rank = task?.ranks[projectId]
  return task === undefined || rank === undefined ? undefined : { id: task.id, rank, task }
}

const positionOf = ({ rank, id }: Ranked): string => `${rank}#${id}`

interface Side {
  readonly ids: readonly string[]
  /** Where the part that is known ends; `undefined`: the list does. */
  readonly end: string | undefined
}

/**
 * Ids on one side of a task, from the index. A list that people see is of some states, yet all states share one
 * order: what comes out of the archive or the trash stands again where it stood.
 */
const sideOf = async (
  { task: { workspaceId }, ...ranked }: Neighbour,
  projectId: string,
  { descending, reach, tasks }: { descending: boolean; reach: number; tasks: Tasks },
): Promise<Side> => {
  const position = positionOf(ranked)
  const range = { workspaceId, of: { projectId }, statuses, sort: 'rank', position, limit: reach } as const
  const pages = await Promise.all(lifeStates.map((life) => tasks.list({ ...range, life, descending })))
  const ends = pages.filter(({ more }) => more).map(({ rows }) => rows.at(-1)?.position ?? position)
  ends.sort()
  const ids = pages.flatMap(({ rows }) => rows.map(({ row }) => row.id))
  return { ids, end: descending ? ends.at(-1) : ends[0] }
}

/**
 * The stretch of a project's list around a task: at least `reach` on either side, as far as the list goes. The index
 * says who they are; their ranks come from the tasks themselves, read strongly. The index follows the writes by a
 * moment, so one that moved here just now may be missing, and end up beside where it was put.
 */
export const stretchAround = async (
  at: Neighbour,
  projectId: string,
  reach: number,
  tasks: Tasks,
): Promise<Stretch & { readonly items: readonly Neighbour[] }> => {
  const [before, behind] = await Promise.all([
    sideOf(at, projectId, { descending: true, reach, tasks }),
    sideOf(at, projectId, { descending: false, reach, tasks }),
  ])
  const ids = new Set([...before.ids, at.id, ...behind.ids])
  const read = await Promise.all([...ids].map((id) => tasks.task(at.task.workspaceId, id)))
  const isKnown = (one: Neighbour): boolean => {
    const position = positionOf(one)
    return position >= (before.end ?? '') && (behind.end === undefined || position <= behind.end)
  }
  const items = read
    .flatMap((task) => inProject(task, projectId) ?? [])
    .filter(isKnown)
    .sort(compareRanked)
  return { items, isStart: before.end === undefined, isEnd: behind.end === undefined }
}
