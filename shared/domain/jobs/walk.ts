import { type LifeState, statuses } from '../../api/schemas/task.ts'
import type { Projects, Tasks } from '../ports.ts'

const pageSize = 100

/** A place on the walk through all tasks of a workspace: project by project, list by list. */
export interface Place {
  /** The project under way, or the last one that is through. */
  readonly projectId: string | null
  readonly isThrough: boolean
  /** Which of the lists of that project, and the position in it. */
  readonly nthList: number
  readonly position: string | null
}

export const start: Place = { projectId: null, isThrough: false, nthList: 0, position: null }

export interface Walk {
  readonly workspaceId: string
  /** The lists of each project that count. */
  readonly lists: readonly LifeState[]
  /** Tasks that were made later are left out. */
  readonly until: string
}

interface World {
  readonly tasks: Tasks
  readonly projects: Projects
}

/** The next project in the order of their ids; `undefined` behind the last one. */
const nextProject = async (
  { projectId }: Place,
  { workspaceId }: Walk,
  { projects }: World,
): Promise<Place | undefined> => {
  const { items } = await projects.projects(workspaceId, 1, projectId ?? undefined)
  const [project] = items
  return project && { ...start, projectId: project.id }
}

const behind = (place: Place, position: string | undefined, { lists }: Walk): Place => {
  if (position !== undefined) return { ...place, position }
  const nthList = place.nthList + 1
  return { ...place, nthList, position: null, isThrough: nthList === lists.length }
}

/** One page of the list under way, and where the next page begins. */
const readPage = async (place: Place, walk: Walk, { tasks }: World) => {
  const { rows, more } = await tasks.list({
    workspaceId: walk.workspaceId,
    of: { projectId: String(place.projectId) },
    life: walk.lists[place.nthList] ?? 'active',
    statuses,
    sort: 'created',
    descending: false,
    position: place.position ?? undefined,
    limit: pageSize,
  })
  const old = rows.filter(({ row }) => row.createdAt <= walk.until)
  const isEnd = !more || old.length < rows.length
  // A task that stands in several projects counts in its own.
  const own = old.filter(({ row }) => row.projectId === place.projectId)
  return {
    taskIds: own.map(({ row }) => row.id),
    next: behind(place, isEnd ? undefined : rows.at(-1)?.position, walk),
  }
}

/**
 * Goes on to the next page that has any tasks, over as many empty lists and projects as it takes; `undefined` when
 * there is none.
 */
export const nextPage = async (from: Place, walk: Walk, world: World) => {
  for (let place: Place | undefined = from; ; ) {
    if (place.projectId === null || place.isThrough) place = await nextProject(place, walk, world)
    if (place === undefined) return undefined
    const { taskIds, next } = await readPage(place, walk, world)
    if (taskIds.length > 0) return { taskIds, next }
    place = next
  }
}
